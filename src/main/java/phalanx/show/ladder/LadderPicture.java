package phalanx.show.ladder;

import java.util.List;
import java.util.function.IntFunction;
import phalanx.show.Selection;

/**
 * What the ladder shows, ready to be drawn: columns for the capture points, a rung for each packet. Immutable, any thread.
 *
 * @param columns names of the capture points, nearest to the client first
 * @param journeys the packet of each rung, by time
 * @param times {@code [rung * columns + column]} sighting on the reference clock, {@link #NOT_SEEN} where it was not seen
 * @param toServer by rung
 * @param marks by rung, bits of {@link #LOST} and so on
 * @param proof by rung, number of the packet among those that prove the selected finding, 0 for others
 * @param labels by rung, what the packet is; asked for the few that are drawn
 * @param scale where moments lie
 * @param title what the ladder is about, for people
 */
public record LadderPicture(
        List<String> columns,
        int[] journeys,
        long[] times,
        boolean[] toServer,
        byte[] marks,
        int[] proof,
        IntFunction<String> labels,
        TimeScale scale,
        String title) {
    /** No capture at that point. */
    public static final long NOT_SEEN = Long.MIN_VALUE;

    public static final byte LOST = 1, AGAIN = 2, COPY = 4, LATE = 8, ICMP = 16, UNCAPTURED = 32, MADE = 64;

    int rungs() {
        return journeys.length;
    }

    long time(int rung, int column) {
        return times[rung * columns.size() + column];
    }

    boolean has(int rung, byte mark) {
        return (marks[rung] & mark) != 0;
    }

    /** The rung of a packet, -1 when it is not shown. */
    public int rungOf(int journey) {
        for (int rung = 0; journey != Selection.NONE && rung < journeys.length; rung++) {
            if (journeys[rung] == journey) {
                return rung;
            }
        }
        return -1;
    }
}
