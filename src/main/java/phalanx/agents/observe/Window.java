package phalanx.agents.observe;

import java.util.EnumMap;
import java.util.Map;

/**
 * Requests of the last seconds: how many, how they ended, how long they took. Times are counted in steps of a tenth, so that a quantile is
 * wrong by 5 % at most. One thread; nothing is made for a request.
 */
final class Window {
    /** Seconds looked at. */
    static final int SECONDS = 4;

    private static final int SLOTS = 8;
    private static final double STEP = 1.1;
    private static final double LOG_STEP = Math.log(STEP);
    /** Steps above 0.1 ms: up to about three minutes. */
    private static final int STEPS = 152;

    private static final double SMALLEST = 0.1;

    /** How a request ended. */
    enum End {
        WELL,
        FAILED,
        TIMED_OUT,
        REFUSED,
        UNRESOLVED
    }

    private final long[] second = new long[SLOTS];
    private final int[][] ends = new int[SLOTS][End.values().length];
    private final int[][] times = new int[SLOTS][STEPS];
    private final int[][] ownTimes = new int[SLOTS][STEPS];
    private final int[] ownFailures = new int[SLOTS];

    /** Notes a request of which nothing more is known. */
    void add(long atSecond, End end, double millis) {
        int slot = slot(atSecond);
        ends[slot][end.ordinal()]++;
        times[slot][step(millis)]++;
    }

    /** Notes a request. @param own milliseconds without what it waited for others  @param others whether one of those failed */
    void add(long atSecond, End end, double millis, double own, boolean others) {
        add(atSecond, end, millis);
        int slot = slot(atSecond);
        ownTimes[slot][step(own)]++;
        ownFailures[slot] += end == End.WELL || others ? 0 : 1;
    }

    private int slot(long atSecond) {
        int slot = (int) (atSecond % SLOTS);
        if (second[slot] != atSecond) {
            second[slot] = atSecond;
            ends[slot] = new int[End.values().length];
            times[slot] = new int[STEPS];
            ownTimes[slot] = new int[STEPS];
            ownFailures[slot] = 0;
        }
        return slot;
    }

    private static int step(double millis) {
        return millis <= SMALLEST ? 0 : Math.min(STEPS - 1, 1 + (int) (Math.log(millis / SMALLEST) / LOG_STEP));
    }

    private boolean within(int slot, long now) {
        return second[slot] > now - SECONDS && second[slot] <= now;
    }

    /** The figures of the seconds up to now; without requests only the rate. */
    Map<Measure, Double> measures(long now) {
        int[] ended = new int[End.values().length];
        int[] time = new int[STEPS];
        int[] own = new int[STEPS];
        int ownFailed = 0;
        for (int slot = 0; slot < SLOTS; slot++) {
            if (within(slot, now)) {
                sum(ended, ends[slot]);
                sum(time, times[slot]);
                sum(own, ownTimes[slot]);
                ownFailed += ownFailures[slot];
            }
        }
        int all = count(ended);
        Map<Measure, Double> measures = new EnumMap<>(Measure.class);
        measures.put(Measure.RATE, all / (double) SECONDS);
        if (all > 0) {
            measures.put(Measure.ERRORS, (all - ended[End.WELL.ordinal()]) / (double) all);
            measures.put(Measure.TIMEOUTS, ended[End.TIMED_OUT.ordinal()] / (double) all);
            measures.put(Measure.REFUSED, ended[End.REFUSED.ordinal()] / (double) all);
            measures.put(Measure.UNRESOLVED, ended[End.UNRESOLVED.ordinal()] / (double) all);
            measures.put(Measure.MEDIAN, quantile(time, all, 0.5));
            measures.put(Measure.P99, quantile(time, all, 0.99));
        }
        int owned = count(own);
        if (owned > 0) {
            measures.put(Measure.OWN_P99, quantile(own, owned, 0.99));
            measures.put(Measure.OWN_ERRORS, ownFailed / (double) owned);
        }
        return measures;
    }

    private static void sum(int[] into, int[] more) {
        for (int i = 0; i < into.length; i++) {
            into[i] += more[i];
        }
    }

    private static int count(int[] of) {
        int count = 0;
        for (int one : of) {
            count += one;
        }
        return count;
    }

    /** Milliseconds that such a share stays below. */
    private static double quantile(int[] steps, int all, double share) {
        long wanted = Math.max(1, (long) Math.ceil(share * all));
        long seen = 0;
        for (int step = 0; step < steps.length; step++) {
            seen += steps[step];
            if (seen >= wanted) {
                return step == 0 ? SMALLEST : SMALLEST * Math.pow(STEP, step - 0.5);
            }
        }
        return SMALLEST;
    }

    /** Whether nothing was noted for long. */
    boolean silent(long now) {
        for (long one : second) {
            if (one > now - 60) {
                return false;
            }
        }
        return true;
    }
}
