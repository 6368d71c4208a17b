/**
 * Where clients come in: addresses, the first octets of a connection, PROXY headers, TLS.
 *
 * <p>Reading order: {@link phalanx.proxy.listen.Listener}, {@link phalanx.proxy.listen.ListenService}. What HTTP is spoken then is the
 * business of {@code proxy.http}.
 */
@NullMarked
package phalanx.proxy.listen;

import org.jspecify.annotations.NullMarked;
