package phalanx.stitch;

import java.nio.file.Path;
import phalanx.net.HopId;

/** A capture file as the user gave it, with the name of the point where it was taken and what else the user says of it. */
public record HopFile(HopId hop, Path file, Placement placement) {
    /** A file of which nothing but the point's name is said. */
    public HopFile(HopId hop, Path file) {
        this(hop, file, Placement.FOUND);
    }
}
