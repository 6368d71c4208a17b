package phalanx.diagnose;

/**
 * From where on something counts as trouble.
 *
 * @param fewestLosses losses on one segment and direction below which nobody is warned; one lost packet in a capture says nothing
 *     about a link, TCP repairs it within a round trip
 * @param fewestReordered single overtakings happen on parallel queues of healthy routers (RFC 4737 section 1)
 * @param fewestDuplicates as for reordering
 * @param highLatencyNanos round trip share of one segment; ITU-T G.114 wants 150 ms one way at most for the whole path, so that a
 *     single segment with two thirds of that forth and back is worth a warning
 * @param highLatencyShare part of the whole path's round trip that this segment must account for
 * @param slowAnswerNanos a server's own time to answer; beyond this users notice (Nielsen 1993: 0.1 s feels instant, 1 s breaks
 *     the flow of thought)
 * @param zeroWindowNanos sum of the times a sender was stopped by a closed window
 * @param jitterNanos wait above the fastest packet that one in twenty must exceed; ITU-T Y.1541 allows voice 50 ms over a whole path, of
 *     which one segment should not take a fifth
 * @param latencyStepNanos rise of the smallest delay; routes through the same city differ by less
 * @param idleNanos silence after which a firewall's state may be gone; only together with a packet that it then refused
 */
public record Thresholds(
        int fewestLosses,
        int fewestReordered,
        int fewestDuplicates,
        long highLatencyNanos,
        double highLatencyShare,
        long slowAnswerNanos,
        long zeroWindowNanos,
        long jitterNanos,
        long latencyStepNanos,
        long idleNanos) {
    public static final Thresholds DEFAULT = new Thresholds(
            2, 3, 2, 100_000_000L, 0.5, 200_000_000L, 50_000_000L, 10_000_000L, 5_000_000L, 1_000_000_000L);
}
