package phalanx.agents.observe;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is usual of each figure: median and interquartile range of its values while nothing was wrong. What trouble brings is not learned,
 * so that an outage does not become usual. One thread.
 */
public final class Baseline {
    /** Values kept of each figure. */
    private static final int KEPT = 120;
    /** Below so many nothing is usual yet. */
    private static final int LEAST = 10;
    /** Figures kept; those of what is new are not learned beyond that. */
    private static final int MOST = 5_000;

    /** Clients remembered: of those asked for longest ago nothing is usual any more. Whoever likes can be one, so they have a room of their own. */
    private static final int CLIENTS = 200;

    private final Map<Subject, Map<Measure, Values>> values = new HashMap<>();
    private final Map<Subject, Map<Measure, Values>> clients = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Subject, Map<Measure, Values>> eldest) {
            return size() > CLIENTS;
        }
    };
    private int count;

    private static final class Values {
        private final double[] ring = new double[KEPT];
        private int next;
        private int filled;

        void add(double value) {
            ring[next] = value;
            next = (next + 1) % KEPT;
            filled = Math.min(filled + 1, KEPT);
        }

        Figure figure(double now, double noise) {
            if (filled < LEAST) {
                return new Figure(now, Double.NaN, noise);
            }
            double[] sorted = Arrays.copyOf(ring, filled);
            Arrays.sort(sorted);
            double spread = sorted[filled * 3 / 4] - sorted[filled / 4];
            return new Figure(now, sorted[filled / 2], Math.max(noise, spread));
        }
    }

    /** A value beside what is usual. */
    public Figure figure(Subject subject, Measure measure, double now) {
        Values known = of(subject).getOrDefault(subject, Map.of()).get(measure);
        return known == null ? new Figure(now, Double.NaN, measure.noise()) : known.figure(now, measure.noise());
    }

    private Map<Subject, Map<Measure, Values>> of(Subject subject) {
        return subject.kind() == Subject.Kind.CLIENT ? clients : values;
    }

    /** Learns what is usual from a moment at which nothing is wrong. */
    public void learn(Map<Subject, Map<Measure, Double>> now) {
        now.forEach((subject, figures) -> figures.forEach((measure, value) -> {
            if (Double.isFinite(value)) {
                learn(subject, measure, value);
            }
        }));
    }

    private void learn(Subject subject, Measure measure, double value) {
        Map<Subject, Map<Measure, Values>> all = of(subject);
        Map<Measure, Values> figures = all.get(subject);
        Values known = figures == null ? null : figures.get(measure);
        if (known == null) {
            if (subject.kind() != Subject.Kind.CLIENT) {
                if (count == MOST) {
                    return;
                }
                count++;
            }
            known = new Values();
            all.computeIfAbsent(subject, _ -> new EnumMap<>(Measure.class)).put(measure, known);
        }
        known.add(value);
    }
}
