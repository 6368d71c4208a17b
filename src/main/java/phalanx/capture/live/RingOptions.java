package phalanx.capture.live;

import java.nio.file.Path;

/**
 * Which files captured frames go to. Immutable, any thread.
 *
 * @param file the file, or with rotation what the files are named after
 * @param mostOctets of a file, 0 for no limit
 * @param mostSeconds of a file, 0 for no limit
 * @param mostFiles of the ring, of which the oldest goes; 0 for no limit
 * @param floorOctets free space that is left on the disk in any case
 */
public record RingOptions(Path file, long mostOctets, long mostSeconds, int mostFiles, long floorOctets) {
    /** As much is left free where nobody says more. */
    public static final long USUAL_FLOOR = 1L << 30;

    /** Whether there is more than one file. */
    public boolean rotates() {
        return mostOctets > 0 || mostSeconds > 0;
    }
}
