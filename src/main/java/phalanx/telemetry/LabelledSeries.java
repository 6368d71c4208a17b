package phalanx.telemetry;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import phalanx.metrics.TimeSeries;

/**
 * One measure of one thing over time. Any thread.
 *
 * @param labels what it is of, by name
 * @param points with the measure's name
 */
public record LabelledSeries(Map<String, String> labels, TimeSeries points) {
    public LabelledSeries {
        labels = Map.copyOf(labels);
    }

    /** {@code up{instance="a:9090", job="web"}}, labels by name. */
    @Override
    public String toString() {
        return points.name()
                + (labels.isEmpty()
                        ? ""
                        : new TreeMap<>(labels)
                                .entrySet().stream()
                                        .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
                                        .collect(Collectors.joining(", ", "{", "}")));
    }
}
