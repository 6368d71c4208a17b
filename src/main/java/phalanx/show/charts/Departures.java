package phalanx.show.charts;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import phalanx.measure.SegmentTraffic;
import phalanx.stitch.Stitched;
import phalanx.stitch.TimeOrder;

/**
 * Packets of a segment by the time at which they left its first point, read where they were measured, so that many segments of
 * many packets are not copied. Any thread.
 *
 * @param delayNanos of each packet; null where only the packets count
 * @param chosen indexes into {@code packets} by time; null for all
 */
record Departures(Stitched stitched, int capture, int[] packets, long @Nullable [] delayNanos, int @Nullable [] chosen)
        implements Samples {
    /** Those that arrived, with their delays. */
    static Samples delivered(Stitched stitched, SegmentTraffic segment, Scope scope) {
        return new Departures(
                        stitched,
                        segment.counts().from(),
                        segment.delivered(),
                        segment.delayNanos(),
                        chosen(stitched, segment.delivered(), scope))
                .inOrder();
    }

    /** Those that did not. */
    static Samples lost(Stitched stitched, SegmentTraffic segment, Scope scope) {
        return new Departures(
                        stitched,
                        segment.counts().from(),
                        segment.lost(),
                        null,
                        chosen(stitched, segment.lost(), scope))
                .inOrder();
    }

    /** Segments have them in the order of the file, in which stamps may run back. */
    private Departures inOrder() {
        long[] when = new long[size()];
        Arrays.setAll(when, this::nanos);
        if (TimeOrder.holds(when)) {
            return this;
        }
        int[] places = TimeOrder.of(when);
        Arrays.setAll(places, i -> place(places[i]));
        return new Departures(stitched, capture, packets, delayNanos, places);
    }

    private static int @Nullable [] chosen(Stitched stitched, int[] packets, Scope scope) {
        return scope.isEverything()
                ? null
                : IntStream.range(0, packets.length)
                        .filter(i -> scope.holds(stitched, packets[i]))
                        .toArray();
    }

    private int place(int index) {
        return chosen == null ? index : chosen[index];
    }

    @Override
    public int size() {
        return chosen == null ? packets.length : chosen.length;
    }

    @Override
    public long nanos(int index) {
        return stitched.commonNanos(capture, stitched.journeys().row(journey(index), capture));
    }

    @Override
    public long value(int index) {
        return delayNanos == null ? 1 : delayNanos[place(index)];
    }

    @Override
    public int journey(int index) {
        return packets[place(index)];
    }
}
