package phalanx.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/**
 * Measures that share their moments: a file of metrics. Any thread.
 *
 * @param moments each row's time as the source wrote it
 * @param columns all of the same length as {@code moments}, with the same times
 */
public record MetricTable(List<String> moments, List<TimeSeries> columns) {
    public MetricTable {
        moments = List.copyOf(moments);
        columns = List.copyOf(columns);
    }

    /** The rows at these times, in their order. */
    public MetricTable rows(LongPredicate when) {
        if (columns.isEmpty()) {
            return this;
        }
        long[] nanos = columns.getFirst().nanos();
        int[] kept = IntStream.range(0, nanos.length)
                .filter(row -> when.test(nanos[row]))
                .toArray();
        long[] times = Arrays.stream(kept).mapToLong(row -> nanos[row]).toArray();
        return new MetricTable(
                Arrays.stream(kept).mapToObj(moments::get).toList(),
                columns.stream()
                        .map(column -> new TimeSeries(
                                column.name(),
                                times,
                                Arrays.stream(kept)
                                        .mapToDouble(row -> column.values()[row])
                                        .toArray()))
                        .toList());
    }
}
