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
        private final NewestFrames framesAgain = new NewestFrames();
        private final NewestFrames framesOfResets = new NewestFrames();

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

    /** Counts a segment of either direction; {@link Observer#segment} has what is told of it. */
    void add(Subject way, boolean again, boolean reset, long second, String file, long frame) {
        Way known = ways.computeIfAbsent(way, _ -> new Way()); // as many as the inventory has servers
        int slot = known.slot(second);
        known.segments[slot]++;
        if (again) {
            known.again[slot]++;
            known.framesAgain.add(file, frame, second);
        }
        if (reset) {
            known.resets[slot]++;
            known.framesOfResets.add(file, frame, second);
        }
    }

    void into(long second, Map<Subject, Map<Measure, Double>> figures, Map<Subject, Map<Measure, Proof>> proofs) {
        ways.forEach((way, counts) -> {
            int segments = counts.sum(counts.segments, second);
            if (segments > 0) {
                Map<Measure, Double> into = figures.computeIfAbsent(way, _ -> new EnumMap<>(Measure.class));
                into.put(Measure.RETRANSMITTED, counts.sum(counts.again, second) / (double) segments);
                into.put(Measure.RESETS, counts.sum(counts.resets, second) / (double) Window.SECONDS);
                Map<Measure, Proof> proved = proofs.computeIfAbsent(way, _ -> new EnumMap<>(Measure.class));
                long before = second - Window.SECONDS;
                counts.framesAgain.after(before).ifPresent(proof -> proved.put(Measure.RETRANSMITTED, proof));
                counts.framesOfResets.after(before).ifPresent(proof -> proved.put(Measure.RESETS, proof));
            }
        });
    }
}
