/**
 * HTTP between the services of the lab: small, with bodies of a few hundred octets, over Netty.
 *
 * <p>Reading order: {@link phalanx.lab.http.HttpListener}, {@link phalanx.lab.http.Request}, {@link phalanx.lab.http.HttpCaller}.
 */
@NullMarked
package phalanx.lab.http;

import org.jspecify.annotations.NullMarked;
