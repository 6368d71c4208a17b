/**
 * HTTP as messages: heads, fields, bodies, and the connections that carry them to clients and to servers, version by version.
 *
 * <p>Reading order: {@link phalanx.proxy.http.RequestHead}, {@link phalanx.proxy.http.Exchange}, {@link phalanx.proxy.http.ClientStream}
 * and {@link phalanx.proxy.http.BackendStream} between which it stands, {@link phalanx.proxy.http.Http1ClientHandler}. Nothing here knows
 * routes, servers or configuration.
 */
@NullMarked
package phalanx.proxy.http;

import org.jspecify.annotations.NullMarked;
