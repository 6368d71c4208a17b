package phalanx.diagnose;

/**
 * Packets of one capture that prove a finding.
 *
 * @param capture index into {@link phalanx.stitch.Stitched#captures()}
 * @param frames 1-based frame numbers in that file, ascending, at most {@link #MAX_FRAMES}; never empty
 * @param says what these packets show, for people
 */
public record Evidence(int capture, long[] frames, String says) {
    /** More frames than this are thinned evenly. */
    public static final int MAX_FRAMES = 10_000;

    public Evidence {
        if (frames.length == 0) {
            throw new IllegalArgumentException("evidence needs frames");
        }
    }
}
