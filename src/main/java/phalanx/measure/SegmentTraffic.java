package phalanx.measure;

/**
 * A segment's counts with the packets behind them, as journey numbers ({@link phalanx.stitch.Journeys}), each list in the order
 * of departure.
 *
 * @param delivered seen at both ends
 * @param delayNanos one-way delay of each delivered packet on the aligned clocks, same order; meaningless when the clocks of
 *     the two ends are not tied ({@code counts().delay()} is empty)
 * @param changed delivered packets whose bytes were damaged on the way
 */
public record SegmentTraffic(
        SegmentCounts counts,
        int[] delivered,
        long[] delayNanos,
        int[] lost,
        int[] duplicates,
        int[] reordered,
        int[] changed,
        int[] originated,
        int[] missingFromCapture) {}
