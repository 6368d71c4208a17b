package phalanx.agents.observe;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The findings of the packet analysis as figures: the worst of each kind at each place, as long as it is of now. One thread. */
final class WireFigures {
    /** Seconds after which what was seen last is of the past: an answer to the newest packets takes some of them. */
    static final int SECONDS = 15;

    private List<WireFinding> found = List.of();

    /** The newest answer takes the place of the one before. */
    void found(List<WireFinding> findings) {
        found = List.copyOf(findings);
    }

    void into(long second, Map<Subject, Map<Measure, Double>> figures, Map<Subject, Map<Measure, Proof>> proofs) {
        for (WireFinding one : found) {
            Measure measure = one.fault().measure();
            if (TimeUnit.NANOSECONDS.toSeconds(one.lastNanos()) + SECONDS < second) {
                continue;
            }
            Map<Measure, Double> into = figures.computeIfAbsent(one.about(), _ -> new EnumMap<>(Measure.class));
            if (one.counts() > into.getOrDefault(measure, 0.0)) {
                into.put(measure, one.counts());
                proofs.computeIfAbsent(one.about(), _ -> new HashMap<>()).put(measure, one.proof());
            }
        }
    }
}
