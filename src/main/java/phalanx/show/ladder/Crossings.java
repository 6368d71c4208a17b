package phalanx.show.ladder;

import java.util.Arrays;
import phalanx.measure.PacketFates;
import phalanx.run.Progress;

/**
 * When packets cross each gap between two columns, as sorted heights: how many do so within any stretch is a difference of two places,
 * whatever the zoom. Four bytes a crossing. Immutable once sealed, any thread.
 */
final class Crossings {
    /** What is counted apart. */
    enum Kind {
        TO_SERVER,
        TO_CLIENT,
        AGAIN,
        LOST
    }

    /** Nothing crosses. */
    static final Crossings NONE = new Crossings(0, 1);

    private static final int CHUNK = 1 << 14;
    private static final double FINEST = Integer.MAX_VALUE - 1.0;

    private final double perRow;
    private final int[][] sorted;
    private final int[] sizes;

    /**
     * @param gaps gaps between columns
     * @param end greatest height, rows
     */
    private Crossings(int gaps, double end) {
        perRow = FINEST / Math.max(1, end);
        sorted = new int[gaps * Kind.values().length][0];
        sizes = new int[sorted.length];
    }

    /** @throws Progress.Cancelled when the work was given up */
    static Crossings of(LadderPicture picture, Progress progress) {
        int points = picture.perSide();
        int gaps = LadderPicture.gaps(points);
        Crossings crossings =
                new Crossings(gaps * picture.shifts().length, picture.scale().bottom());
        double[] heights = new double[points];
        for (int rung = 0; rung < picture.rungs(); rung++) {
            if (rung % CHUNK == 0) {
                progress.stopIfCancelled();
            }
            picture.heights(rung, heights);
            crossings.addRung(picture.side(rung) * gaps, gaps, picture.fate(rung), heights);
        }
        return crossings.sealed();
    }

    /** @param heights where the packet passes the points, in its order */
    private void addRung(int firstGap, int gaps, int fate, double[] heights) {
        int last = -1;
        boolean crossed = false;
        for (int passed = 0; passed < heights.length; passed++) {
            if (!Double.isNaN(heights[passed])) {
                for (int gap = last; last >= 0 && gap < passed; gap++) {
                    double share = (double) (gap - last) / (passed - last);
                    addPart(
                            firstGap,
                            gaps,
                            gap,
                            fate,
                            false,
                            heights[last] + (heights[passed] - heights[last]) * share);
                    crossed = true;
                }
                last = passed;
            }
        }
        boolean lost = (fate & PacketFates.LOST) != 0;
        if (lost || !crossed) {
            addPart(firstGap, gaps, Math.clamp(lost ? last : last - 1, 0, gaps - 1), fate, lost, heights[last]);
        }
    }

    private void addPart(int firstGap, int gaps, int passed, int fate, boolean lost, double height) {
        boolean toServer = (fate & PacketFates.TO_SERVER) != 0;
        int gap = firstGap + (toServer ? passed : gaps - 1 - passed);
        add(gap, toServer ? Kind.TO_SERVER : Kind.TO_CLIENT, height);
        if ((fate & PacketFates.AGAIN) != 0) {
            add(gap, Kind.AGAIN, height);
        }
        if (lost) {
            add(gap, Kind.LOST, height);
        }
    }

    private void add(int gap, Kind kind, double height) {
        int of = place(gap, kind);
        if (sizes[of] == sorted[of].length) {
            sorted[of] = Arrays.copyOf(sorted[of], Math.max(64, sizes[of] + sizes[of] / 2));
        }
        sorted[of][sizes[of]++] = fixed(height);
    }

    private Crossings sealed() {
        for (int of = 0; of < sorted.length; of++) {
            sorted[of] = Arrays.copyOf(sorted[of], sizes[of]);
            Arrays.sort(sorted[of]);
        }
        return this;
    }

    private static int place(int gap, Kind kind) {
        return gap * Kind.values().length + kind.ordinal();
    }

    private int fixed(double height) {
        return (int) Math.clamp(height * perRow, 0.0, FINEST);
    }

    /** Gaps that are counted apart. */
    int gaps() {
        return sorted.length / Kind.values().length;
    }

    int total(int gap, Kind kind) {
        return sorted[place(gap, kind)].length;
    }

    /**
     * Counts crossings in adjoining stretches of equal length.
     *
     * @param top height where the first stretch begins, rows
     * @param each length of a stretch, rows
     * @param counts as many as wanted; filled
     */
    void count(int gap, Kind kind, double top, double each, int[] counts) {
        int[] of = sorted[place(gap, kind)];
        int at = firstAt(of, 0, top);
        for (int i = 0; i < counts.length; i++) {
            int next = firstAt(of, at, top + (i + 1) * each);
            counts[i] = next - at;
            at = next;
        }
    }

    /** First place from {@code from} on whose height is at least the one given, looked for in growing steps. */
    private int firstAt(int[] of, int from, double height) {
        if (height * perRow > FINEST) {
            return of.length;
        }
        int wanted = fixed(height);
        int low = from;
        int step = 1;
        while (low + step <= of.length && of[low + step - 1] < wanted) {
            low += step;
            step *= 2;
        }
        int high = Math.min(of.length, low + step - 1);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (of[middle] < wanted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
