/**
 * TCP and UDP passed on as they are.
 *
 * <p>Reading order: {@link phalanx.proxy.stream.StreamSettings}, {@link phalanx.proxy.stream.TcpProxy},
 * {@link phalanx.proxy.stream.UdpProxy}.
 */
@NullMarked
package phalanx.proxy.stream;

import org.jspecify.annotations.NullMarked;
