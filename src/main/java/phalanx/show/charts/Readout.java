package phalanx.show.charts;

import java.util.ArrayList;
import java.util.List;
import phalanx.show.Words;

/** What the charts say at one moment, in words. Any thread. */
final class Readout {
    private static final Words WORDS = Words.of("charts");

    private Readout() {}

    /** The values of a chart's lines; empty when there are none at that moment. */
    static String at(ChartPicture picture, Panel panel, double second) {
        double reach = picture.stepNanos() / 1e9 * 1.5;
        List<String> parts = new ArrayList<>();
        for (Layer layer : panel.layers()) {
            boolean line = layer.form() == Layer.Form.LINE || layer.form() == Layer.Form.STEPS;
            double value = line ? layer.value(second, reach) : Double.NaN;
            if (!Double.isNaN(value) && !layer.name().isEmpty()) {
                String text = panel.chart().unit().text(value);
                double upper = upper(panel, layer, second, reach);
                parts.add(
                        Double.isNaN(upper)
                                ? WORDS.get("readout.value", layer.name(), text)
                                : WORDS.get(
                                        "readout.spread",
                                        layer.name(),
                                        text,
                                        panel.chart().unit().text(upper)));
            }
        }
        return String.join("   ", parts);
    }

    /** The 95th percentile that belongs to a median. */
    private static double upper(Panel panel, Layer median, double second, double reach) {
        return panel.layers().stream()
                .filter(layer -> layer.form() == Layer.Form.BAND && layer.ink().equals(median.ink()))
                .mapToDouble(band -> band.value(second, reach))
                .findFirst()
                .orElse(Double.NaN);
    }

    /** {@code 1.250000 s   09:40:07.123456 UTC}. */
    static String time(ChartPicture picture, long nanos) {
        return TimeLabels.relative(picture.seconds(nanos)) + "   " + TimeLabels.utc(nanos, true);
    }
}
