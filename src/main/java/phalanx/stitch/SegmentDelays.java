package phalanx.stitch;

import java.util.Arrays;
import java.util.List;
import phalanx.decode.PacketTable;

/**
 * Apparent delays from one capture point to the next on a path, each the stamp there minus the stamp here, with both clocks as
 * they are: true delay plus the difference of the clocks. Sorted by departure; immutable.
 *
 * @param from capture that packets pass first
 * @param to the next on the path
 * @param departure stamps at {@code from}
 * @param apparent stamp at {@code to} minus stamp at {@code from}, nanoseconds
 * @param rowFrom place of the packet in the file of {@code from}, which stays in order when a clock is set back
 * @param rowTo place of the packet in the file of {@code to}
 */
record SegmentDelays(int from, int to, long[] departure, long[] apparent, int[] rowFrom, int[] rowTo) {
    /** Of packets that both captures hold exactly once. */
    static SegmentDelays between(List<PacketTable> packets, PacketGroups groups, int from, int to, boolean fromClient) {
        PacketTable here = packets.get(from);
        PacketTable there = packets.get(to);
        long[] departure = new long[here.size()];
        long[] apparent = new long[here.size()];
        int[] rowFrom = new int[here.size()];
        int[] rowTo = new int[here.size()];
        int count = 0;
        for (int row = 0; row < here.size(); row++) {
            int group = groups.groupOf(from, row);
            if (group >= 0 && groups.fromClient(group) == fromClient && groups.onlyRow(group, from) == row) {
                int rowThere = groups.onlyRow(group, to);
                if (rowThere >= 0) {
                    departure[count] = here.timeNanos(row);
                    rowFrom[count] = row;
                    rowTo[count] = rowThere;
                    apparent[count++] = there.timeNanos(rowThere) - here.timeNanos(row);
                }
            }
        }
        return new SegmentDelays(
                from,
                to,
                Arrays.copyOf(departure, count),
                Arrays.copyOf(apparent, count),
                Arrays.copyOf(rowFrom, count),
                Arrays.copyOf(rowTo, count));
    }

    int samples() {
        return departure.length;
    }

    /** The same delays with the clocks corrected by what is known of them. */
    SegmentDelays corrected(ClockCorrection[] clocks) {
        long[] left = new long[samples()];
        long[] took = new long[samples()];
        for (int i = 0; i < left.length; i++) {
            left[i] = clocks[from].correct(departure[i], rowFrom[i]);
            took[i] = clocks[to].correct(departure[i] + apparent[i], rowTo[i]) - left[i];
        }
        return new SegmentDelays(from, to, left, took, rowFrom, rowTo);
    }

    long smallest() {
        return Arrays.stream(apparent).min().orElse(Long.MAX_VALUE);
    }
}
