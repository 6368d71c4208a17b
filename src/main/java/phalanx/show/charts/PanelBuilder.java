package phalanx.show.charts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import phalanx.run.Progress;
import phalanx.show.Words;

/** Makes a panel of what was collected for a chart. One worker. */
final class PanelBuilder {
    private static final Words WORDS = Words.of("charts");
    private static final double HEADROOM = 1.1;
    /** How far a window may stretch the axis of a time-sequence graph beyond its data. */
    private static final double MOST_WINDOW = 0.6;

    private PanelBuilder() {}

    static Panel build(Collected chart, Window window, Progress progress) {
        if (!chart.empty().isEmpty()) {
            return empty(chart, chart.empty());
        }
        Thinning thinning = new Thinning(window, chart.tracks().size(), progress);
        List<Layer> layers = new ArrayList<>();
        for (Track track : chart.tracks()) {
            progress.stopIfCancelled();
            layers.addAll(thinning.layers(track));
        }
        if (layers.stream()
                .allMatch(layer ->
                        layer.points() == 0 || Arrays.stream(layer.high()).allMatch(Double::isNaN))) {
            return empty(chart, window.steps() < 2 ? WORDS.get("empty.short") : WORDS.get("empty.here"));
        }
        double[] ends = chart.chart() == Chart.SEQUENCE
                ? streamEnds(layers)
                : new double[] {Math.min(0, lowest(layers)) * HEADROOM, Math.max(0, highest(layers)) * HEADROOM};
        if (!(ends[1] > ends[0])) {
            ends[1] = ends[0] + 1;
        }
        return new Panel(
                chart.chart(), chart.title(), chart.note(), "", summary(chart, layers), layers, ends[0], ends[1]);
    }

    private static Panel empty(Collected chart, String why) {
        String summary = WORDS.get("summary.empty", chart.title(), why);
        return new Panel(chart.chart(), chart.title(), "", why, summary, List.of(), 0, 1);
    }

    private static double lowest(List<Layer> layers) {
        return layers.stream()
                .flatMapToDouble(layer -> Arrays.stream(layer.low()))
                .filter(value -> !Double.isNaN(value))
                .min()
                .orElse(0);
    }

    private static double highest(List<Layer> layers) {
        return layers.stream()
                .flatMapToDouble(layer -> Arrays.stream(layer.high()))
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(1);
    }

    /** The stretch of the stream that was sent or acknowledged here; the window is cut off when it is far away. */
    private static double[] streamEnds(List<Layer> layers) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        double window = Double.NEGATIVE_INFINITY;
        for (Layer layer : layers) {
            boolean limit = layer.ink().tone() == Ink.Tone.WARNING && layer.form() == Layer.Form.STEPS;
            for (int i = 0; i < layer.points(); i++) {
                if (limit) {
                    window = Math.max(window, layer.high()[i]);
                } else {
                    low = Math.min(low, layer.low()[i]);
                    high = Math.max(high, layer.high()[i]);
                }
            }
        }
        if (!(high >= low)) {
            low = 0;
            high = window;
        }
        double room = Math.max(high - low, 1);
        double top = Math.max(high + room * 0.12, Math.min(window + room * 0.05, high + room * MOST_WINDOW));
        return new double[] {Math.max(0, low - room * 0.05), top};
    }

    /** Smallest, median and largest of each line. */
    private static String summary(Collected chart, List<Layer> layers) {
        StringBuilder text = new StringBuilder(chart.title()).append(":");
        Unit unit = chart.chart().unit();
        for (Layer layer : layers) {
            double[] values = Arrays.stream(layer.high())
                    .filter(value -> !Double.isNaN(value))
                    .sorted()
                    .toArray();
            boolean line = layer.form() == Layer.Form.LINE || layer.form() == Layer.Form.STEPS;
            if (line && values.length > 0 && !layer.name().isEmpty()) {
                text.append(' ')
                        .append(WORDS.get(
                                "summary.line",
                                layer.name(),
                                unit.text(values[0]),
                                unit.text(values[values.length / 2]),
                                unit.text(values[values.length - 1])));
            } else if (layer.form() == Layer.Form.LETTERS) {
                text.append(' ').append(WORDS.get("summary.events", layer.name(), layer.points()));
            }
        }
        return text.toString();
    }
}
