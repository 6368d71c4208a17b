package phalanx.agents.cause;

import java.util.EnumMap;
import java.util.Map;

/**
 * What confidence is worth: of so many judgements made with it, this share was right. The share seen is mixed with what the Brain thinks,
 * by how many judgements there were (a beta distribution whose mean is the Brain's, worth {@value #WORTH} judgements). One thread.
 */
public final class Calibration {
    private static final double WORTH = 8;

    private final Map<Cause, int[]> outcomes = new EnumMap<>(Cause.class);

    /** The confidence in a judgement. @param raw what the Brain makes of the figures, 0..1 */
    public double confidence(Cause cause, double raw) {
        int[] seen = outcomes.get(cause);
        if (seen == null) {
            return raw;
        }
        int all = seen[0] + seen[1];
        double worth = (WORTH * raw + seen[1]) / (WORTH + all);
        return raw < 0.5 ? Math.min(raw, worth) : worth; // what looks unlikely now does not become likely by its past
    }

    /** What came of a judgement that was acted upon. */
    public void outcome(Cause cause, boolean right) {
        outcomes.computeIfAbsent(cause, _ -> new int[2])[right ? 1 : 0]++;
    }
}
