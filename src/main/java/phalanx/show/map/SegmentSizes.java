package phalanx.show.map;

import java.util.Optional;
import phalanx.decode.PacketTable;
import phalanx.net.TcpFlags;
import phalanx.show.Words;
import phalanx.stitch.Stitched;

/** The maximum segment sizes that SYNs announce at a capture point (RFC 9293 section 3.7.1). Any thread. */
final class SegmentSizes {
    private SegmentSizes() {}

    /** {@code 1,360} or {@code 1,360 to 1,460}; empty when no SYN with the option was recorded. Looks at every packet. */
    static Optional<String> at(Stitched stitched, int capture) {
        PacketTable packets = stitched.captures().get(capture).packets();
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (int row = 0; row < packets.size(); row++) {
            if ((packets.tcpFlags(row) & TcpFlags.SYN) != 0 && packets.maximumSegmentSize(row) > 0) {
                least = Math.min(least, packets.maximumSegmentSize(row));
                most = Math.max(most, packets.maximumSegmentSize(row));
            }
        }
        if (most == 0) {
            return Optional.empty();
        }
        return Optional.of(
                least == most
                        ? Words.language().count(most)
                        : Words.language().count(least) + " \u2013 "
                                + Words.language().count(most));
    }
}
