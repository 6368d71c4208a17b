/**
 * A reverse proxy and load balancer for the laboratory, in this JVM. It knows nothing of forensics: it reports events, others listen.
 *
 * <p>A request's life, in order: {@code listen} accepts and tells the protocol; {@code http} reads and checks the head and makes an
 * {@link phalanx.proxy.http.Exchange}; {@link phalanx.proxy.Site} gives it an id, has {@code guard} look at it, finds its route and what
 * the route adds; {@code route} chooses an upstream's server and carries both bodies, or {@code serve} answers from files or an
 * application server; {@code admin} counts what happened.
 *
 * <p>Reading order: {@link phalanx.proxy.ProxyConfig}, {@link phalanx.proxy.ProxyServer}, {@code phalanx.proxy.Site}.
 */
@NullMarked
package phalanx.proxy;

import org.jspecify.annotations.NullMarked;
