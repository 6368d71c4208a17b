package phalanx.stitch;

import phalanx.decode.DecodedCapture;
import phalanx.decode.PacketTable;
import phalanx.net.HopId;

/** One place on the path where packets were recorded: its name and what was read from its file. Any thread. */
public record CapturePoint(HopId hop, DecodedCapture capture, Placement placement) {
    /** A point of which nothing but its name is said. */
    public CapturePoint(HopId hop, DecodedCapture capture) {
        this(hop, capture, Placement.FOUND);
    }

    public PacketTable packets() {
        return capture.packets();
    }
}
