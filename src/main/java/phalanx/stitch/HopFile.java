package phalanx.stitch;

import java.nio.file.Path;
import phalanx.net.HopId;

/** A capture file as the user gave it, with the name of the point where it was taken. */
public record HopFile(HopId hop, Path file) {}
