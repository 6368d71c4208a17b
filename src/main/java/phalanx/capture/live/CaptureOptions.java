package phalanx.capture.live;

/**
 * What is captured. Immutable, any thread.
 *
 * @param device the interface's name
 * @param filter in libpcap's language, empty for everything
 * @param snaplen bytes kept of a frame, 0 for all
 * @param promiscuous whether frames to others are taken, too
 * @param bufferBytes that the kernel keeps for frames nobody has fetched yet
 */
public record CaptureOptions(String device, String filter, int snaplen, boolean promiscuous, int bufferBytes) {
    /** Whole frames. */
    public static final int WHOLE = 262_144;
    /** Some 0.2 s of a busy gigabit. */
    public static final int USUAL_BUFFER = 32 << 20;

    public CaptureOptions {
        snaplen = snaplen <= 0 ? WHOLE : Math.min(snaplen, WHOLE);
    }
}
