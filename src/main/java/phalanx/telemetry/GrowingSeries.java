package phalanx.telemetry;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import phalanx.metrics.TimeSeries;

/** Series that come point by point, with caps: of each the newest points are kept. One thread. */
final class GrowingSeries {
    private final int mostSeries;
    private final int mostPoints;
    private final Map<Key, Points> all = new LinkedHashMap<>();
    private long leftOut;

    private record Key(String name, Map<String, String> labels) {}

    private static final class Points {
        long[] nanos = new long[16];
        double[] values = new double[16];
        int size;

        void sort() {
            boolean sorted = IntStream.range(1, size).allMatch(i -> nanos[i - 1] <= nanos[i]);
            if (sorted) {
                return;
            }
            int[] order = IntStream.range(0, size)
                    .boxed()
                    .sorted(Comparator.comparingLong(i -> nanos[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            long[] times = Arrays.stream(order).mapToLong(i -> nanos[i]).toArray();
            double[] sortedValues =
                    Arrays.stream(order).mapToDouble(i -> values[i]).toArray();
            System.arraycopy(times, 0, nanos, 0, size);
            System.arraycopy(sortedValues, 0, values, 0, size);
        }
    }

    GrowingSeries(int mostSeries, int mostPoints) {
        this.mostSeries = mostSeries;
        this.mostPoints = mostPoints;
    }

    void add(String name, Map<String, String> labels, long when, double value) {
        Key key = new Key(name, Map.copyOf(labels));
        Points points = all.get(key);
        if (points == null) {
            if (all.size() == mostSeries) {
                leftOut++;
                return;
            }
            points = new Points();
            all.put(key, points);
        }
        if (points.size == mostPoints) { // the older half goes, so that it costs nothing a point
            int half = mostPoints / 2;
            System.arraycopy(points.nanos, half, points.nanos, 0, points.size - half);
            System.arraycopy(points.values, half, points.values, 0, points.size - half);
            points.size -= half;
            leftOut += half;
        } else if (points.size == points.nanos.length) {
            int room = Math.min(mostPoints, 2 * points.size);
            points.nanos = Arrays.copyOf(points.nanos, room);
            points.values = Arrays.copyOf(points.values, room);
        }
        points.nanos[points.size] = when;
        points.values[points.size++] = value;
    }

    /** All points of another series. */
    void add(LabelledSeries more) {
        for (int i = 0; i < more.points().size(); i++) {
            add(
                    more.points().name(),
                    more.labels(),
                    more.points().nanos()[i],
                    more.points().values()[i]);
        }
    }

    /** Points that found no room. */
    long leftOut() {
        return leftOut;
    }

    int size() {
        return all.size();
    }

    /** All of them, the points of each by time: they come as senders send them. */
    void into(Consumer<LabelledSeries> taken) {
        all.forEach((key, points) -> {
            points.sort();
            taken.accept(new LabelledSeries(
                    key.labels,
                    new TimeSeries(
                            key.name,
                            Arrays.copyOf(points.nanos, points.size),
                            Arrays.copyOf(points.values, points.size))));
        });
    }
}
