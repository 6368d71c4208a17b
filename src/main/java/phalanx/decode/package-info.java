/**
 * Bytes to fields: views that read headers in place without allocating, and the columns that are kept of every packet.
 *
 * <p>Reading order: {@link phalanx.decode.CaptureReader}, {@link phalanx.decode.PacketTable}, {@link phalanx.decode.LinkLayer},
 * {@link phalanx.decode.IpView}, {@link phalanx.decode.TcpView}, {@link phalanx.decode.IcmpView}. Frames come from
 * {@code capture}; tables go to {@code stitch}.
 */
@NullMarked
package phalanx.decode;

import org.jspecify.annotations.NullMarked;
