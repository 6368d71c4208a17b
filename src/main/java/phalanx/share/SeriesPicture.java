package phalanx.share;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import phalanx.diagnose.UnusualStretch;
import phalanx.explain.FactFormat;
import phalanx.explain.SeriesWords;
import phalanx.measure.SecondSeries;
import phalanx.stitch.Stitched;

/** One series over time as SVG, its unusual stretches marked. */
final class SeriesPicture {
    private static final double WIDTH = 900, HEIGHT = 132, LEFT = 84, RIGHT = 16, TOP = 26, BOTTOM = 22;

    private final Svg svg = new Svg();
    private final long[] nanos;
    private final double[] values;
    private final double most;

    private SeriesPicture(SecondSeries series) {
        nanos = series.series().nanos();
        values = series.series().values();
        most = Arrays.stream(values).filter(v -> !Double.isNaN(v)).max().orElse(0);
    }

    /** @param stretches those of this series */
    static String of(SecondSeries series, List<UnusualStretch> stretches, Stitched stitched) {
        SeriesPicture picture = new SeriesPicture(series);
        String name = SeriesWords.measured(series, stitched);
        picture.svg.text("name", LEFT, 16, "start", name);
        for (UnusualStretch stretch : stretches) {
            double from = picture.x(stretch.anomaly().first());
            picture.svg.bar(
                    "unusual",
                    from,
                    TOP,
                    Math.max(4, picture.x(stretch.anomaly().last() + 1) - from),
                    HEIGHT - TOP - BOTTOM);
        }
        picture.draw(series.quantity());
        return picture.svg.picture(WIDTH, HEIGHT, name + " over time; unusual stretches are marked");
    }

    private void draw(SecondSeries.Quantity quantity) {
        double floor = HEIGHT - BOTTOM;
        svg.line("rail", LEFT, floor, WIDTH - RIGHT, floor);
        svg.text("small", LEFT - 8, TOP + 8, "end", SeriesWords.amount(quantity, most));
        svg.text("small", LEFT - 8, floor, "end", "0");
        svg.text("small", LEFT, HEIGHT - 6, "start", FactFormat.clockTime(nanos[0]));
        svg.text("small", WIDTH - RIGHT, HEIGHT - 6, "end", FactFormat.clockTime(nanos[nanos.length - 1]) + " UTC");
        // Of the points that share a pixel the worst counts: what is marked must not vanish.
        boolean lowest = quantity == SecondSeries.Quantity.THROUGHPUT;
        int pixels = (int) (WIDTH - LEFT - RIGHT);
        int groups = Math.min(pixels, values.length);
        List<double[]> line = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            int begin = (int) ((long) group * values.length / groups);
            int end = (int) ((group + 1L) * values.length / groups);
            DoubleStream known = Arrays.stream(values, begin, end).filter(v -> !Double.isNaN(v));
            double worst = (lowest ? known.min() : known.max()).orElse(Double.NaN);
            if (!Double.isNaN(worst)) { // else the line goes on to the next point that is known
                line.add(new double[] {x(begin), floor - (most > 0 ? worst / most : 0) * (floor - TOP)});
            }
        }
        svg.polyline("series", line);
    }

    private double x(int point) {
        return LEFT + (WIDTH - LEFT - RIGHT) * point / Math.max(1, values.length);
    }
}
