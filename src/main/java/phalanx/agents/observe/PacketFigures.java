package phalanx.agents.observe;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Figures of the ways to servers from the packets that were captured on them. One thread; nothing is made for a packet. */
final class PacketFigures {
    private static final int SLOTS = 8;

    private final Map<Subject, Way> ways = new HashMap<>();

    /** Counts by second. */
    private static final class Way {
        private final long[] second = new long[SLOTS];
        private final int[] segments = new int[SLOTS];
        private final int[] again = new int[SLOTS];
        private final int[] resets = new int[SLOTS];

        int slot(long atSecond) {
            int slot = (int) (atSecond % SLOTS);
            if (second[slot] != atSecond) {
                second[slot] = atSecond;
                segments[slot] = 0;
                again[slot] = 0;
                resets[slot] = 0;
            }
            return slot;
        }

        /** Sum of the seconds looked at. */
        int sum(int[] of, long now) {
            int sum = 0;
            for (int slot = 0; slot < SLOTS; slot++) {
                sum += second[slot] > now - Window.SECONDS && second[slot] <= now ? of[slot] : 0;
            }
            return sum;
        }
    }

    /** Counts a segment of either direction. @param again whether it was sent before  @param reset whether it resets its connection */
    void add(Subject way, boolean again, boolean reset, long second) {
        Way known = ways.computeIfAbsent(way, _ -> new Way()); // as many as the inventory has servers
        int slot = known.slot(second);
        known.segments[slot]++;
        known.again[slot] += again ? 1 : 0;
        known.resets[slot] += reset ? 1 : 0;
    }

    void into(long second, Map<Subject, Map<Measure, Double>> figures) {
        ways.forEach((way, counts) -> {
            int segments = counts.sum(counts.segments, second);
            if (segments > 0) {
                Map<Measure, Double> into = figures.computeIfAbsent(way, _ -> new EnumMap<>(Measure.class));
                into.put(Measure.RETRANSMITTED, counts.sum(counts.again, second) / (double) segments);
                into.put(Measure.RESETS, counts.sum(counts.resets, second) / (double) Window.SECONDS);
            }
        });
    }
}
