package phalanx.stitch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import phalanx.decode.PacketTable;
import phalanx.net.Direction;

/**
 * Reads all clocks on one of them. Every packet from X to Y says that Y's clock is ahead of X's by at most the packet's apparent
 * delay, as no packet arrives before it left. All such bounds together enclose each offset between two shortest paths through
 * the graph of capture points; the middle is the estimate and half the width its honest error, which a difference between the two
 * directions' delays cannot exceed. One thread.
 */
final class ClockSolver {
    /** What drift may remain uncorrected over a whole capture (see {@link DriftFit}). */
    private static final long DRIFT_REST_NANOS = 50_000;

    private static final long UNKNOWN = Long.MAX_VALUE / 4;

    private final List<PacketTable> packets;
    private final List<SegmentDelays> segments;
    private final int captures;

    ClockSolver(List<PacketTable> packets, PacketGroups groups, List<HopPath> paths) {
        this.packets = packets;
        captures = packets.size();
        segments = new ArrayList<>();
        for (HopPath path : paths) {
            for (int i = 0; i + 1 < path.captures().size(); i++) {
                int from = path.captures().get(i);
                int to = path.captures().get(i + 1);
                if (segment(from, to).isEmpty()) {
                    boolean fromClient = path.direction() == Direction.CLIENT_TO_SERVER;
                    segments.add(SegmentDelays.between(packets, groups, from, to, fromClient));
                }
            }
        }
    }

    List<ClockAlignment> solve(int reference) {
        ClockCorrection[] clocks = new ClockCorrection[captures];
        for (int c = 0; c < captures; c++) {
            clocks[c] = new ClockCorrection(first(c), 0, List.of());
        }
        List<List<ClockAlignment.Step>> steps = new ClockSteps(packets, segments).find(reference);
        for (int c = 0; c < captures; c++) {
            clocks[c] = new ClockCorrection(first(c), 0, steps.get(c));
        }
        addDrift(clocks, reference);
        long[][] ahead = new long[captures][captures];
        for (int c = 0; c < captures; c++) {
            Arrays.fill(ahead[c], UNKNOWN);
            ahead[c][c] = 0;
        }
        for (SegmentDelays segment : segments) {
            if (segment.samples() > 0) {
                long smallest = segment.corrected(clocks).smallest();
                ahead[segment.from()][segment.to()] = Math.min(ahead[segment.from()][segment.to()], smallest);
            }
        }
        shortestPaths(ahead);
        List<ClockAlignment> solved = new ArrayList<>();
        for (int c = 0; c < captures; c++) {
            solved.add(align(c, reference, clocks[c], ahead[reference][c], ahead[c][reference]));
        }
        return solved;
    }

    private long first(int capture) {
        return packets.get(capture).size() == 0 ? 0 : packets.get(capture).timeNanos(0);
    }

    private static ClockAlignment align(int capture, int reference, ClockCorrection clock, long most, long least) {
        if (capture == reference) {
            return new ClockAlignment(true, true, 0, 0, 0, clock.firstNanos(), clock.steps());
        }
        boolean above = most < UNKNOWN / 2;
        boolean below = least < UNKNOWN / 2;
        // With packets one way only the clocks are set as if the fastest of them had taken no time.
        long offset = above && below ? (most - least) / 2 : above ? most : below ? -least : 0;
        long bound = above && below ? Math.max(0, (most + least + 1) / 2) + DRIFT_REST_NANOS : Long.MAX_VALUE;
        return new ClockAlignment(
                false, above || below, offset, bound, clock.driftPpm(), clock.firstNanos(), clock.steps());
    }

    /** Drift is passed on from the reference along the segments, those with traffic both ways first. */
    private void addDrift(ClockCorrection[] clocks, int reference) {
        boolean[] known = new boolean[captures];
        known[reference] = true;
        for (boolean bothWays : new boolean[] {true, false}) {
            Deque<Integer> open = new ArrayDeque<>();
            for (int c = 0; c < captures; c++) {
                if (known[c]) {
                    open.add(c);
                }
            }
            while (!open.isEmpty()) {
                int at = open.remove();
                for (int other = 0; other < captures; other++) {
                    Optional<SegmentDelays> there = segment(at, other);
                    Optional<SegmentDelays> back = segment(other, at);
                    boolean linked =
                            bothWays ? there.isPresent() && back.isPresent() : there.isPresent() || back.isPresent();
                    if (!known[other] && linked) {
                        double ppm = DriftFit.ppm(
                                there.orElse(none(at, other)).corrected(clocks),
                                back.orElse(none(other, at)).corrected(clocks));
                        clocks[other] = new ClockCorrection(first(other), ppm, clocks[other].steps());
                        known[other] = true;
                        open.add(other);
                    }
                }
            }
        }
    }

    private static SegmentDelays none(int from, int to) {
        return new SegmentDelays(from, to, new long[0], new long[0], new int[0], new int[0]);
    }

    private Optional<SegmentDelays> segment(int from, int to) {
        return segments.stream().filter(s -> s.from() == from && s.to() == to).findFirst();
    }

    /** Floyd and Warshall: {@code ahead[x][y]} becomes the tightest bound on how far y's clock is ahead of x's. */
    private static void shortestPaths(long[][] ahead) {
        for (int via = 0; via < ahead.length; via++) {
            for (int x = 0; x < ahead.length; x++) {
                for (int y = 0; y < ahead.length; y++) {
                    if (ahead[x][via] < UNKNOWN && ahead[via][y] < UNKNOWN) {
                        ahead[x][y] = Math.min(ahead[x][y], ahead[x][via] + ahead[via][y]);
                    }
                }
            }
        }
    }
}
