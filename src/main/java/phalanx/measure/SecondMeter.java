package phalanx.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import phalanx.decode.PacketTable;
import phalanx.metrics.TimeSeries;
import phalanx.net.Direction;
import phalanx.stitch.Journeys;
import phalanx.stitch.Stitched;

/** Measures the traffic second by second. One thread. */
final class SecondMeter {
    private final Stitched stitched;
    private final Journeys journeys;
    /** First and last stamp of each capture. */
    private final long[] first;

    private final long[] last;
    private final Steps steps;
    private final StepMedians roundTrips;
    private final StepMedians responses;

    SecondMeter(Stitched stitched) {
        this.stitched = stitched;
        journeys = stitched.journeys();
        first = new long[stitched.captures().size()];
        last = new long[first.length];
        for (int capture = 0; capture < first.length; capture++) {
            first[capture] = Long.MAX_VALUE;
            last[capture] = Long.MIN_VALUE;
            int rows = stitched.captures().get(capture).packets().size();
            for (int row = 0; row < rows; row++) {
                long when = stitched.commonNanos(capture, row);
                first[capture] = Math.min(first[capture], when);
                last[capture] = Math.max(last[capture], when);
            }
        }
        steps = Steps.between(
                Arrays.stream(first).min().orElse(Long.MAX_VALUE),
                Arrays.stream(last).max().orElse(Long.MIN_VALUE));
        roundTrips = new StepMedians(steps);
        responses = new StepMedians(steps);
    }

    /** Takes up an acknowledgment that this capture saw in this row. */
    void roundTrip(int capture, int row, long nanos) {
        roundTrips.add(stitched.commonNanos(capture, row), nanos);
    }

    /** Takes up an answer that this capture saw in this row. */
    void response(int capture, int row, long nanos) {
        responses.add(stitched.commonNanos(capture, row), nanos);
    }

    /** All series, those of segments in path order first. @param segments as measured */
    List<SecondSeries> series(List<SegmentTraffic> segments) {
        List<SecondSeries> all = new ArrayList<>();
        for (SegmentTraffic segment : segments) {
            SegmentCounts counts = segment.counts();
            if (counts.delay().isPresent()) {
                add(all, SecondSeries.Quantity.DELAY, counts, delays(segment));
            }
            add(all, SecondSeries.Quantity.LOSS, counts, losses(segment));
        }
        for (Direction direction : Direction.values()) {
            stitched.mainPath(direction).ifPresent(path -> {
                int capture = path.captures().getFirst();
                all.add(new SecondSeries(
                        SecondSeries.Quantity.THROUGHPUT, direction, capture, -1, throughput(direction, capture)));
            });
        }
        add(all, SecondSeries.Quantity.ROUND_TRIP, roundTrips);
        add(all, SecondSeries.Quantity.RESPONSE_TIME, responses);
        return all;
    }

    private static void add(
            List<SecondSeries> all, SecondSeries.Quantity quantity, SegmentCounts counts, TimeSeries series) {
        all.add(new SecondSeries(quantity, counts.direction(), counts.from(), counts.to(), series));
    }

    private static void add(List<SecondSeries> all, SecondSeries.Quantity quantity, StepMedians medians) {
        if (!medians.isEmpty()) {
            all.add(new SecondSeries(quantity, null, -1, -1, medians.series(quantity.word())));
        }
    }

    private TimeSeries delays(SegmentTraffic segment) {
        StepMedians medians = new StepMedians(steps);
        int from = segment.counts().from();
        int[] delivered = segment.delivered();
        for (int i = 0; i < delivered.length; i++) {
            medians.add(stitched.commonNanos(from, journeys.row(delivered[i], from)), segment.delayNanos()[i]);
        }
        return medians.series(SecondSeries.Quantity.DELAY.word());
    }

    private TimeSeries losses(SegmentTraffic segment) {
        int from = segment.counts().from();
        double[] lost = departures(segment.lost(), from);
        double[] arrived = departures(segment.delivered(), from);
        for (int step = 0; step < lost.length; step++) {
            double sent = lost[step] + arrived[step];
            lost[step] = sent == 0 ? Double.NaN : lost[step] / sent;
        }
        return new TimeSeries(SecondSeries.Quantity.LOSS.word(), steps.begins(), lost);
    }

    /** How many left the capture point in each step. */
    private double[] departures(int[] some, int capture) {
        double[] counts = new double[steps.count()];
        for (int journey : some) {
            int step = steps.of(stitched.commonNanos(capture, journeys.row(journey, capture)));
            if (step >= 0) {
                counts[step]++;
            }
        }
        return counts;
    }

    private TimeSeries throughput(Direction direction, int capture) {
        PacketTable packets = stitched.captures().get(capture).packets();
        double[] bits = new double[steps.count()];
        // Of a step that the capture did not record whole, nothing is known.
        for (int step = 0; step < bits.length; step++) {
            long begin = steps.firstNanos() + step * steps.lengthNanos();
            boolean whole = begin >= first[capture] && begin + steps.lengthNanos() <= last[capture];
            bits[step] = whole ? 0 : Double.NaN;
        }
        for (int journey = 0; journey < journeys.size(); journey++) {
            int row = journeys.row(journey, capture);
            int step = row >= 0 && journeys.direction(journey) == direction
                    ? steps.of(stitched.commonNanos(capture, row))
                    : -1;
            if (step >= 0) {
                bits[step] += 8.0 * packets.ipLength(row);
            }
        }
        double seconds = steps.lengthNanos() / 1e9;
        return new TimeSeries(
                SecondSeries.Quantity.THROUGHPUT.word(),
                steps.begins(),
                Arrays.stream(bits).map(all -> all / seconds).toArray());
    }
}
