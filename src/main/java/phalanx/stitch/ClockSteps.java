package phalanx.stitch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import phalanx.decode.PacketTable;

/**
 * Finds the clocks that were set while their machines recorded, from pairs of captures that saw a step between them
 * ({@link StepDetector}). Captures between which packets take no time were made by one machine, whose clock steps for all of them. One
 * thread.
 */
final class ClockSteps {
    /** A step seen by two pairs is one step when the pairs date it this close together. */
    private static final long SAME_STEP_NANOS = 500_000_000L;

    /** There and back through one machine; between two, cables and interrupts take longer. */
    private static final long SAME_MACHINE_NANOS = 100_000;

    private final List<PacketTable> packets;
    private final List<SegmentDelays> segments;
    private final int[] machine;

    /** @param segments apparent delays, uncorrected */
    ClockSteps(List<PacketTable> packets, List<SegmentDelays> segments) {
        this.packets = packets;
        this.segments = segments;
        machine = IntStream.range(0, packets.size()).toArray();
        for (SegmentDelays there : segments) {
            back(there).ifPresent(back -> {
                long sum = there.smallest() + back.smallest();
                if (there.samples() > 0
                        && back.samples() > 0
                        && Math.abs(sum - SAME_MACHINE_NANOS / 2) <= SAME_MACHINE_NANOS) {
                    merge(machine[there.from()], machine[there.to()]);
                }
            });
        }
    }

    private void merge(int kept, int other) {
        for (int c = 0; c < machine.length; c++) {
            machine[c] = machine[c] == other ? kept : machine[c];
        }
    }

    private Optional<SegmentDelays> back(SegmentDelays there) {
        return segments.stream()
                .filter(s -> s.from() == there.to() && s.to() == there.from())
                .findFirst();
    }

    /** A step that a pair saw. */
    private record Sighted(int first, int second, StepDetector.PairStep step) {
        long at(int capture) {
            return capture == first ? step.atFirst() : step.atSecond();
        }

        /** How far that capture's clock jumped, if it was that one. */
        long nanos(int capture) {
            return capture == first ? -step.nanos() : step.nanos();
        }
    }

    /** By capture. */
    List<List<ClockAlignment.Step>> find(int reference) {
        List<List<ClockAlignment.Step>> steps = new ArrayList<>();
        packets.forEach(_ -> steps.add(new ArrayList<>()));
        List<Sighted> open = sighted();
        while (!open.isEmpty()) {
            Sighted seen = open.getFirst();
            int stepped = whoStepped(open, seen, reference);
            long at = seen.at(end(seen, stepped));
            long nanos = seen.nanos(end(seen, stepped));
            for (int c = 0; c < machine.length; c++) {
                if (machine[c] == stepped && packets.get(c).size() > 0) {
                    int row = rowAt(c, at, nanos);
                    PacketTable table = packets.get(c);
                    steps.get(c).add(new ClockAlignment.Step(table.timeNanos(row), nanos, table.frame(row), row));
                }
            }
            open.removeIf(other -> isSame(other, seen, stepped));
        }
        steps.forEach(list -> list.sort(Comparator.comparingInt(ClockAlignment.Step::row)));
        return steps;
    }

    private List<Sighted> sighted() {
        List<Sighted> sighted = new ArrayList<>();
        for (SegmentDelays there : segments) {
            Optional<SegmentDelays> back = back(there);
            if (there.from() < there.to() && back.isPresent() && machine[there.from()] != machine[there.to()]) {
                for (StepDetector.PairStep step : StepDetector.steps(there, back.get())) {
                    sighted.add(new Sighted(there.from(), there.to(), step));
                }
            }
        }
        return sighted;
    }

    /** The capture of that machine in a pair, -1 when it has none. */
    private int end(Sighted pair, int ofMachine) {
        return machine[pair.first] == ofMachine ? pair.first : machine[pair.second] == ofMachine ? pair.second : -1;
    }

    /** Whether two pairs saw the same step of that machine. */
    private boolean isSame(Sighted other, Sighted seen, int ofMachine) {
        int mine = end(seen, ofMachine);
        int its = end(other, ofMachine);
        return its >= 0 && Math.abs(other.at(its) - seen.at(mine)) < SAME_STEP_NANOS + Math.abs(seen.nanos(mine));
    }

    /**
     * The clock that was set is the one all of whose neighbours saw it. The last point of a path has one neighbour only, so that of two
     * the one with more witnesses is it; of two alone, the one that is not the reference.
     */
    private int whoStepped(List<Sighted> sighted, Sighted step, int reference) {
        int first = machine[step.first];
        int second = machine[step.second];
        long sawFirst = sighted.stream().filter(s -> isSame(s, step, first)).count();
        long sawSecond = sighted.stream().filter(s -> isSame(s, step, second)).count();
        boolean allOfFirst = sawFirst == neighbours(first);
        boolean allOfSecond = sawSecond == neighbours(second);
        if (allOfFirst != allOfSecond) {
            return allOfFirst ? first : second;
        }
        if (sawFirst == sawSecond) {
            return first == machine[reference] ? second : first;
        }
        return sawFirst > sawSecond ? first : second;
    }

    /** Pairs with traffic both ways that tie this machine to others. */
    private long neighbours(int ofMachine) {
        return segments.stream()
                .filter(s -> machine[s.from()] == ofMachine
                        && machine[s.to()] != ofMachine
                        && s.samples() > 0
                        && back(s).filter(b -> b.samples() > 0).isPresent())
                .count();
    }

    /**
     * The first row after a step. Pairs date it by the packets they share, a few rows off; in the file all delays before it have one
     * level and all behind it another, and where a clock was set back the stamps go back.
     */
    private int rowAt(int capture, long stamp, long nanos) {
        PacketTable table = packets.get(capture);
        int jump = -1;
        long furthest = 0;
        for (int row = 1; row < table.size(); row++) {
            long went = table.timeNanos(row) - table.timeNanos(row - 1);
            boolean near = Math.abs(table.timeNanos(row) - stamp) <= SAME_STEP_NANOS + Math.abs(nanos);
            if (nanos < 0 && near && went < furthest) {
                furthest = went;
                jump = row;
            }
        }
        return jump >= 0 ? jump : rowByLevels(capture, stamp, nanos);
    }

    /** The row that divides the delays best into those of one level and those of the other. */
    private int rowByLevels(int capture, long stamp, long nanos) {
        PacketTable table = packets.get(capture);
        int[] balance = new int[table.size() + 1];
        for (SegmentDelays segment : segments) {
            boolean leaves = segment.from() == capture;
            int other = leaves ? segment.to() : segment.from();
            if (!leaves && segment.to() != capture || machine[other] == machine[capture]) {
                continue;
            }
            // A packet that arrives later by a clock set forward seems slower, one that leaves faster.
            long change = leaves ? -nanos : nanos;
            long low = segment.smallest();
            for (int i = 0; i < segment.samples(); i++) {
                int row = leaves ? segment.rowFrom()[i] : segment.rowTo()[i];
                boolean near = Math.abs(table.timeNanos(row) - stamp) <= SAME_STEP_NANOS + 2 * Math.abs(nanos);
                boolean high = segment.apparent()[i] > low + Math.abs(nanos) / 2;
                balance[row] += !near ? 0 : high == change > 0 ? 1 : -1;
            }
        }
        int best = nearest(table, stamp);
        int sum = 0;
        int most = Integer.MIN_VALUE;
        int[] after = new int[balance.length];
        for (int row = table.size() - 1; row >= 0; row--) {
            after[row] = after[row + 1] + balance[row];
        }
        for (int row = 0; row < table.size(); row++) {
            if (balance[row] != 0 && after[row] - sum > most) {
                most = after[row] - sum;
                best = row;
            }
            sum += balance[row];
        }
        return best;
    }

    private static int nearest(PacketTable table, long stamp) {
        return IntStream.range(0, table.size())
                .boxed()
                .min(Comparator.comparingLong(row -> Math.abs(table.timeNanos(row) - stamp)))
                .orElse(0);
    }
}
