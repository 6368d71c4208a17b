package phalanx.stitch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Finds where one of two clocks was set while packets passed between them. A set clock moves the smallest apparent delays of the
 * two directions by the same amount in opposite ways; a change of route moves them independently (Paxson, SIGMETRICS 1998).
 */
final class StepDetector {
    /** Smaller steps drown in the noise of hosts' scheduling. */
    static final long SMALLEST_NANOS = 2_000_000;

    /** So many packets each way must support either side of a step. */
    private static final int SUPPORT = 8;

    private static final long NONE = Long.MAX_VALUE;

    private StepDetector() {}

    /**
     * A clock was set.
     *
     * @param atSecond stamp of the first packet after it, on the second clock
     * @param atFirst the same on the first clock
     * @param nanos how far the second clock jumped against the first
     */
    record PairStep(long atFirst, long atSecond, long nanos) {}

    /**
     * @param there packets from the first clock to the second
     * @param back packets from the second to the first
     */
    static List<PairStep> steps(SegmentDelays there, SegmentDelays back) {
        // Only in the file of the capture that stepped do all packets before the step stand before all after it.
        List<PairStep> byFirst = steps(there, back, true);
        List<PairStep> bySecond = steps(there, back, false);
        return bySecond.size() > byFirst.size() ? bySecond : byFirst;
    }

    private static List<PairStep> steps(SegmentDelays there, SegmentDelays back, boolean byFirst) {
        Sample[] samples = new Sample[there.samples() + back.samples()];
        for (int i = 0; i < there.samples(); i++) {
            long left = there.departure()[i];
            int place = byFirst ? there.rowFrom()[i] : there.rowTo()[i];
            samples[i] = new Sample(place, left, left + there.apparent()[i], true, there.apparent()[i]);
        }
        for (int i = 0; i < back.samples(); i++) {
            long left = back.departure()[i];
            int place = byFirst ? back.rowTo()[i] : back.rowFrom()[i];
            samples[there.samples() + i] =
                    new Sample(place, left + back.apparent()[i], left, false, back.apparent()[i]);
        }
        Arrays.sort(samples, (a, b) -> Integer.compare(a.place, b.place));
        List<PairStep> found = new ArrayList<>();
        search(samples, 0, samples.length, found);
        found.sort((a, b) -> Long.compare(a.atFirst, b.atFirst));
        return found;
    }

    private record Sample(int place, long atFirst, long atSecond, boolean there, long apparent) {}

    private static void search(Sample[] samples, int begin, int end, List<PairStep> found) {
        if (end - begin < 4 * SUPPORT) {
            return;
        }
        long[] beforeThere = smallestBefore(samples, begin, end, true, false);
        long[] beforeBack = smallestBefore(samples, begin, end, false, false);
        long[] afterThere = smallestAfter(samples, begin, end, true, false);
        long[] afterBack = smallestAfter(samples, begin, end, false, false);
        // All packets tell that there is a step, the ones around tell where.
        long[] nearBeforeThere = smallestBefore(samples, begin, end, true, true);
        long[] nearBeforeBack = smallestBefore(samples, begin, end, false, true);
        long[] nearAfterThere = smallestAfter(samples, begin, end, true, true);
        long[] nearAfterBack = smallestAfter(samples, begin, end, false, true);
        long best = 0;
        int bestAt = -1;
        for (int i = begin; i < end; i++) {
            int k = i - begin;
            long all = shift(beforeThere[k], beforeBack[k], afterThere[k], afterBack[k]);
            long near = shift(nearBeforeThere[k], nearBeforeBack[k], nearAfterThere[k], nearAfterBack[k]);
            long both = Long.signum(all) == Long.signum(near) ? Math.min(Math.abs(all), Math.abs(near)) : 0;
            if (both > best) {
                best = both;
                bestAt = k;
            }
        }
        if (best >= SMALLEST_NANOS) {
            Sample after = samples[begin + bestAt];
            long up = afterThere[bestAt] - beforeThere[bestAt];
            long down = beforeBack[bestAt] - afterBack[bestAt];
            found.add(new PairStep(after.atFirst, after.atSecond, (up + down) / 2));
            search(samples, begin, begin + bestAt, found);
            search(samples, begin + bestAt, end, found);
        }
    }

    /** How far both directions moved in opposite ways, the smaller of the two; 0 when they did not or one lacks support. */
    private static long shift(long thereBefore, long backBefore, long thereAfter, long backAfter) {
        if (thereBefore == NONE || backBefore == NONE || thereAfter == NONE || backAfter == NONE) {
            return 0;
        }
        long up = thereAfter - thereBefore;
        long down = backBefore - backAfter;
        if (Long.signum(up) != Long.signum(down)) {
            return 0;
        }
        return Math.abs(up) < Math.abs(down) ? up : down;
    }

    /** By index from {@code begin}: smallest of the last so many samples of that direction before it. */
    private static long[] smallestBefore(Sample[] samples, int begin, int end, boolean there, boolean near) {
        return smallest(end - begin, i -> samples[begin + i], false, there, near);
    }

    /** By index from {@code begin}: smallest of the next so many samples of that direction from it on. */
    private static long[] smallestAfter(Sample[] samples, int begin, int end, boolean there, boolean near) {
        long[] reversed = smallest(end - begin, i -> samples[end - 1 - i], true, there, near);
        long[] inOrder = new long[reversed.length];
        for (int i = 0; i < reversed.length; i++) {
            inOrder[i] = reversed[reversed.length - 1 - i];
        }
        return inOrder;
    }

    /** Running minimum in walking order, {@link #NONE} until {@link #SUPPORT} samples of the direction have been passed. */
    private static long[] smallest(
            int length, IntFunction<Sample> walk, boolean including, boolean there, boolean near) {
        long[] smallest = new long[length];
        long[] last = new long[SUPPORT];
        long ever = NONE;
        int seen = 0;
        for (int i = 0; i < length; i++) {
            Sample sample = walk.apply(i);
            if (!including) {
                smallest[i] =
                        seen < SUPPORT ? NONE : near ? Arrays.stream(last).min().orElse(NONE) : ever;
            }
            if (sample.there == there) {
                last[seen++ % SUPPORT] = sample.apparent;
                ever = Math.min(ever, sample.apparent);
            }
            if (including) {
                smallest[i] =
                        seen < SUPPORT ? NONE : near ? Arrays.stream(last).min().orElse(NONE) : ever;
            }
        }
        return smallest;
    }
}
