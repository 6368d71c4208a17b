package phalanx.anomaly;

import org.jspecify.annotations.Nullable;

/**
 * A service that may be where it began, with the metric that speaks most against it.
 *
 * @param score how much worse than usual, in units of what the metric strays in normal times, 0 when it is as usual
 * @param usual what the metric is in normal times
 * @param worst its worst value, in its own unit
 * @param worstRow of the table that was judged
 * @param because another service that explains what is wrong with this one, so that it ranks behind; null when there is none
 */
public record Suspect(
        String service,
        String indicator,
        double score,
        double usual,
        double worst,
        int worstRow,
        @Nullable Explanation because) {
    /** The same, explained by another service. */
    Suspect because(@Nullable Explanation explanation) {
        return new Suspect(service, indicator, score, usual, worst, worstRow, explanation);
    }

    /** Why a service ranks behind another one that suffers at the same time. */
    public sealed interface Explanation {
        String service();

        /** A service that it calls is about as bad: it suffers from that one. */
        record Callee(String service) implements Explanation {}

        /** It is known only as an address that others call; a service that the same ones call tells more of itself. */
        record OnlySeenFromOutside(String service) implements Explanation {}
    }
}
