/**
 * What the proxy serves without an HTTP server behind it: files, and application servers over FastCGI and uwsgi.
 *
 * <p>Reading order: {@link phalanx.proxy.serve.StaticFiles}, {@link phalanx.proxy.serve.CgiTarget}.
 */
@NullMarked
package phalanx.proxy.serve;

import org.jspecify.annotations.NullMarked;
