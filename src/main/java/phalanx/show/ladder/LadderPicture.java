package phalanx.show.ladder;

import java.util.Arrays;
import java.util.List;
import phalanx.measure.PacketFates;
import phalanx.show.HostNames;
import phalanx.show.Selection;
import phalanx.stitch.Stitched;

/**
 * What the ladder shows, ready to be drawn: columns for the capture points, a rung for each packet by time. Where two conversations are
 * compared, the columns come twice, and the second one's times are shifted so that both begin together. Sightings are read from the
 * stitched captures when they are asked for, so that a rung takes some 30 bytes. Immutable, any thread.
 *
 * @param columns capture points, nearest to the client first; twice as many where conversations are compared
 * @param shifts by side: nanoseconds taken from its packets' times
 * @param beginNanos what times are counted from: where the captures begin, as in the packet list; the first packet where conversations
 *     are compared
 * @param journeys the packet of each rung
 * @param proof rungs that prove the selected finding, ascending
 * @param total packets before the display filter
 * @param names what hosts are called
 */
record LadderPicture(
        LadderScope scope,
        Stitched stitched,
        PacketFates fates,
        List<Column> columns,
        long[] shifts,
        long beginNanos,
        int[] journeys,
        TimeScale scale,
        Crossings crossings,
        int[] proof,
        int total,
        HostNames names) {
    /** No capture at that point. */
    static final long NOT_SEEN = Long.MIN_VALUE;

    /** Share of its row that an arrow takes where every packet has one. */
    private static final double EVEN_SLOPE = 0.5;

    /**
     * A capture point.
     *
     * @param side 0, or 1 for the second conversation
     * @param timed whether its clock is tied to the others, so that delays to it mean something
     */
    record Column(int capture, int side, String name, boolean timed) {}

    /** The same ladder with what was found out of it. */
    LadderPicture with(Crossings crossed, int[] proving) {
        return new LadderPicture(
                scope, stitched, fates, columns, shifts, beginNanos, journeys, scale, crossed, proving, total, names);
    }

    /** The same ladder with other names. */
    LadderPicture with(HostNames others) {
        return new LadderPicture(
                scope, stitched, fates, columns, shifts, beginNanos, journeys, scale, crossings, proof, total, others);
    }

    int rungs() {
        return journeys.length;
    }

    int perSide() {
        return columns.size() / shifts.length;
    }

    /** Gaps between columns of a side; a single column counts as one. */
    static int gaps(int perSide) {
        return Math.max(1, perSide - 1);
    }

    int fate(int rung) {
        return fates.of(journeys[rung]);
    }

    boolean has(int rung, int fate) {
        return (fate(rung) & fate) != 0;
    }

    boolean toServer(int rung) {
        return has(rung, PacketFates.TO_SERVER);
    }

    /** 0, or 1 for packets of the second conversation. */
    int side(int rung) {
        return scope.compares() && stitched.journeys().conversation(journeys[rung]) == scope.compared() ? 1 : 0;
    }

    /** The column that a rung's packet passes so many columns after its first, whether it was seen there or not. */
    int column(int rung, int passed) {
        int first = side(rung) * perSide();
        return toServer(rung) ? first + passed : first + perSide() - 1 - passed;
    }

    /** When it was seen in a column of its side, nanoseconds on the reference clock less the side's shift, or {@link #NOT_SEEN}. */
    long time(int rung, int column) {
        Column at = columns.get(column);
        int row = stitched.journeys().row(journeys[rung], at.capture);
        return row < 0 ? NOT_SEEN : stitched.commonNanos(at.capture, row) - shifts[at.side];
    }

    /**
     * Where a rung meets the columns, in rows. A point whose clock is not tied to the others says nothing of delay: there the packet
     * stays at the height it had.
     *
     * @param heights {@link #perSide()} of them, in the order in which the packet passes; NaN where it was not seen
     */
    void heights(int rung, double[] heights) {
        double before = scale.height(rung);
        int points = perSide();
        for (int passed = 0; passed < points; passed++) {
            int column = column(rung, passed);
            long time = time(rung, column);
            if (time == NOT_SEEN) {
                heights[passed] = Double.NaN;
            } else if (scale.mode() == TimeScale.Mode.EVEN) {
                heights[passed] = rung + EVEN_SLOPE * passed / Math.max(1, points - 1);
            } else {
                heights[passed] = columns.get(column).timed ? scale.height(time, rung) : before;
                before = heights[passed];
            }
        }
    }

    /** First sighting of a packet by a clock that is tied to the others; where there is none, by any. Reference clock. */
    static long start(Stitched stitched, List<Column> points, int journey) {
        long tied = Long.MAX_VALUE;
        long any = Long.MAX_VALUE;
        for (int i = 0; i < points.size(); i++) {
            Column point = points.get(i);
            int row = stitched.journeys().row(journey, point.capture);
            if (row >= 0) {
                long when = stitched.commonNanos(point.capture, row);
                any = Math.min(any, when);
                tied = point.timed ? Math.min(tied, when) : tied;
            }
        }
        return tied == Long.MAX_VALUE ? any : tied;
    }

    /** The rung of a packet, -1 when it is not shown. */
    int rungOf(int journey) {
        if (journey == Selection.NONE) {
            return -1;
        }
        boolean second = scope.compares() && stitched.journeys().conversation(journey) == scope.compared();
        long start = start(stitched, columns, journey) - shifts[second ? 1 : 0];
        int low = scale.firstSince(start);
        int high = scale.firstSince(start + 1);
        while (low < high) { // packets of one moment stand by side, then by number
            int middle = (low + high) >>> 1;
            int before = Integer.compare(side(middle), second ? 1 : 0);
            if (before < 0 || before == 0 && journeys[middle] < journey) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < rungs() && journeys[low] == journey ? low : -1;
    }

    /** Number of a rung among those that prove the finding, from 1; 0 for others. */
    int proofNumber(int rung) {
        return Math.max(0, Arrays.binarySearch(proof, rung) + 1);
    }
}
