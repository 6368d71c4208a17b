package phalanx.measure;

import org.jspecify.annotations.Nullable;

/**
 * What the headers of one conversation say. Pairs are {@code [client, server]}, each side read at the capture point nearest to it.
 *
 * @param application null when no payload gives it away
 * @param end how it went out, as far as the captures saw
 * @param resets TCP segments with RST, of both sides
 * @param zeroWindows TCP segments that closed the window
 * @param smallestWindow bytes, scaled; -1 for other protocols and where the scale was not seen
 * @param maximumSegmentSize of the SYNs, -1 where none was seen
 * @param windowScale shift counts of the SYNs, -1 where none was seen
 * @param lowestTtl TTL or hop limit, -1 for a side that sent nothing
 * @param highestTtl likewise
 * @param codepoints bit {@code n} is set when DSCP {@code n} was seen
 * @param vlans outermost ids seen at any point, at most {@link #MOST_VLANS}, in the order in which they appeared
 */
public record HeaderFacts(
        @Nullable Application application,
        End end,
        int resets,
        int zeroWindows,
        int smallestWindow,
        int[] maximumSegmentSize,
        int[] windowScale,
        int[] lowestTtl,
        int[] highestTtl,
        long codepoints,
        int[] vlans) {
    /** More VLANs than this in one conversation are not told apart. */
    public static final int MOST_VLANS = 4;

    /** How a conversation went out. */
    public enum End {
        /** Not TCP: there is no end to see. */
        NONE,
        /** A SYN without any answer. */
        UNANSWERED,
        /** A reset in answer to the SYN. */
        REJECTED,
        /** A reset. */
        RESET,
        /** FIN from both sides. */
        CLOSED,
        /** FIN from one side only. */
        HALF_CLOSED,
        /** Still open when the captures ended. */
        OPEN
    }
}
