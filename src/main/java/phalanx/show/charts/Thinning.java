package phalanx.show.charts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import phalanx.metrics.TimeSeries;
import phalanx.run.Progress;
import phalanx.show.Selection;

/**
 * Makes layers of tracks for a window: a million samples become a few points for each pixel, in which the smallest and the largest
 * are always among them. One worker.
 */
final class Thinning {
    private static final double NANOS = 1e9;
    /** Single packets are drawn up to so many in one chart. */
    private static final int MOST_DOTS = 3_000;
    /** Room for a letter. */
    private static final double LETTER_PIXELS = 9;

    private final Window window;
    private final Progress progress;
    private final int dotsATrack;

    Thinning(Window window, int tracks, Progress progress) {
        this.window = window;
        this.progress = progress;
        dotsATrack = MOST_DOTS / Math.max(1, tracks);
    }

    List<Layer> layers(Track track) {
        return switch (track) {
            case Track.Rate(var name, var ink, var of, var factor) ->
                List.of(perSecond(name, ink, of, factor, true, window));
            case Track.Count(var name, var ink, var of) -> List.of(perSecond(name, ink, of, 1, false, window));
            case Track.Share(var name, var ink, var part, var rest) ->
                List.of(share(name, ink, part, rest, window.coarse()));
            case Track.Spread(var name, var ink, var of) -> spread(name, ink, of);
            case Track.Level(var name, var ink, var of) -> List.of(level(name, ink, of));
            case Track.Line(var name, var ink, var of) -> List.of(line(name, ink, of.points()));
            case Track.Spans(var name, var ink, var begin, var end) -> List.of(spans(name, ink, begin, end));
            case Track.Events(var name, var ink, var mark, var of) -> List.of(events(name, ink, mark, of));
        };
    }

    private static Layer perSecond(String name, Ink ink, Samples of, double factor, boolean values, Window steps) {
        double[] sums = sums(of, values, steps);
        LayerBuilder points = new LayerBuilder();
        for (int step = 0; step < sums.length; step++) {
            points.add(steps.begin(step), sums[step] * factor * NANOS / steps.stepNanos());
        }
        points.gap(steps.begin(sums.length));
        return points.build(name, Layer.Form.STEPS, ink, "", false);
    }

    private static Layer share(String name, Ink ink, Samples part, Samples rest, Window steps) {
        double[] parts = sums(part, false, steps);
        double[] rests = sums(rest, false, steps);
        LayerBuilder points = new LayerBuilder();
        for (int step = 0; step < parts.length; step++) {
            double all = parts[step] + rests[step];
            points.add(steps.begin(step), all == 0 ? Double.NaN : parts[step] / all);
        }
        points.gap(steps.begin(parts.length));
        return points.build(name, Layer.Form.STEPS, ink, "", false);
    }

    private static double[] sums(Samples of, boolean values, Window steps) {
        double[] sums = new double[steps.steps()];
        long first = steps.firstStepNanos();
        int end = of.from(first + sums.length * steps.stepNanos());
        for (int i = of.from(first); i < end; i++) {
            int step = Math.clamp((of.nanos(i) - first) / steps.stepNanos(), 0, sums.length - 1);
            sums[step] += values ? of.value(i) : 1;
        }
        return sums;
    }

    /** Median line, an area up to the 95th percentile, then single packets or, for many, a stroke from least to most. */
    private List<Layer> spread(String name, Ink ink, Samples of) {
        LayerBuilder median = new LayerBuilder();
        LayerBuilder band = new LayerBuilder();
        long first = window.firstStepNanos();
        int steps = window.steps();
        double longest = (double) (window.range().toNanos() - window.range().fromNanos()) / 30;
        double last = Double.NaN;
        int begin = of.from(first);
        for (int step = 0; step < steps; step++) {
            progress.stopIfCancelled();
            int end = begin;
            long until = first + (step + 1) * window.stepNanos();
            while (end < of.size() && of.nanos(end) < until) {
                end++;
            }
            if (end > begin) {
                long[] sorted = new long[end - begin];
                for (int i = begin; i < end; i++) {
                    sorted[i - begin] = of.value(i);
                }
                Arrays.sort(sorted);
                double middle = window.begin(step) + window.stepNanos() / NANOS / 2;
                if ((middle - last) * NANOS > Math.max(longest, 2.5 * window.stepNanos())) {
                    median.gap(last);
                    band.gap(last);
                }
                double half = sorted[sorted.length / 2] / NANOS;
                median.add(middle, half);
                band.add(middle, half, sorted[(int) (sorted.length * 0.95)] / NANOS, Selection.NONE);
                last = middle;
            }
            begin = end;
        }
        PixelColumns columns = new PixelColumns(of, window, 1);
        boolean single = columns.total() <= dotsATrack;
        List<Layer> layers = new ArrayList<>();
        layers.add(single ? dots(ink, of) : extremes(ink, of, columns));
        layers.add(band.build("", Layer.Form.BAND, ink, "", false));
        layers.add(median.build(name, Layer.Form.LINE, ink, "", false));
        return layers;
    }

    private Layer dots(Ink ink, Samples of) {
        LayerBuilder points = new LayerBuilder();
        int end = of.from(window.range().toNanos() + 1);
        for (int i = of.from(window.range().fromNanos()); i < end; i++) {
            double value = of.value(i) / NANOS;
            points.add(window.seconds(of.nanos(i)), value, value, of.journey(i));
        }
        return points.build("", Layer.Form.DOTS, ink, "", true);
    }

    private Layer extremes(Ink ink, Samples of, PixelColumns columns) {
        LayerBuilder points = new LayerBuilder();
        while (columns.next()) {
            int most = columns.largest();
            points.add(
                    window.seconds(of.nanos(most)),
                    of.value(columns.smallest()) / NANOS,
                    of.value(most) / NANOS,
                    of.journey(most));
        }
        return points.build("", Layer.Form.RANGES, ink, "", true);
    }

    /** First, smallest, largest and last of each column of pixels, in their order. */
    private Layer level(String name, Ink ink, Samples of) {
        LayerBuilder points = new LayerBuilder();
        int before = of.from(window.range().fromNanos()) - 1;
        if (before >= 0) {
            points.add(
                    window.seconds(window.range().fromNanos()), of.value(before), of.value(before), of.journey(before));
        }
        PixelColumns columns = new PixelColumns(of, window, 1);
        while (columns.next()) {
            int[] kept = {columns.first(), columns.smallest(), columns.largest(), columns.end() - 1};
            Arrays.sort(kept);
            for (int i = 0; i < kept.length; i++) {
                if (i == 0 || kept[i] != kept[i - 1]) {
                    points.add(
                            window.seconds(of.nanos(kept[i])),
                            of.value(kept[i]),
                            of.value(kept[i]),
                            of.journey(kept[i]));
                }
            }
        }
        return points.build(name, Layer.Form.STEPS, ink, "", true);
    }

    /** Smallest and largest of each column of pixels, and the points next to the window, from which lines come in and go out. */
    private Layer line(String name, Ink ink, TimeSeries of) {
        LayerBuilder points = new LayerBuilder();
        double pixel = window.pixelNanos();
        int before = -1;
        int at = 0;
        while (at < of.size() && of.nanos()[at] < window.range().fromNanos()) {
            before = at++;
        }
        if (before >= 0) {
            points.add(window.seconds(of.nanos()[before]), of.values()[before]);
        }
        while (at < of.size() && of.nanos()[at] <= window.range().toNanos()) {
            progress.stopIfCancelled();
            long column = (long) ((of.nanos()[at] - window.range().fromNanos()) / pixel);
            int least = at;
            int most = at;
            int next = at;
            while (next < of.size()
                    && (long) ((of.nanos()[next] - window.range().fromNanos()) / pixel) == column) {
                least = of.values()[next] < of.values()[least] ? next : least;
                most = of.values()[next] > of.values()[most] ? next : most;
                next++;
            }
            points.add(window.seconds(of.nanos()[Math.min(least, most)]), of.values()[Math.min(least, most)]);
            if (least != most) {
                points.add(window.seconds(of.nanos()[Math.max(least, most)]), of.values()[Math.max(least, most)]);
            }
            at = next;
        }
        if (at < of.size()) {
            points.add(window.seconds(of.nanos()[at]), of.values()[at]);
        }
        return points.build(name, Layer.Form.LINE, ink, "", false);
    }

    private Layer spans(String name, Ink ink, Samples begin, Samples end) {
        LayerBuilder points = new LayerBuilder();
        PixelColumns columns = new PixelColumns(begin, window, 1);
        boolean each = columns.total() <= MOST_DOTS;
        while (columns.next()) {
            if (each) {
                for (int i = columns.first(); i < columns.end(); i++) {
                    points.add(window.seconds(begin.nanos(i)), begin.value(i), end.value(i), begin.journey(i));
                }
            } else {
                int first = columns.first();
                long most = end.value(first);
                for (int i = first + 1; i < columns.end(); i++) {
                    most = Math.max(most, end.value(i));
                }
                points.add(
                        window.seconds(begin.nanos(first)),
                        begin.value(columns.smallest()),
                        most,
                        begin.journey(first));
            }
        }
        return points.build(name, Layer.Form.BARS, ink, "", true);
    }

    private Layer events(String name, Ink ink, String mark, Samples of) {
        LayerBuilder points = new LayerBuilder();
        PixelColumns columns = new PixelColumns(of, window, LETTER_PIXELS);
        while (columns.next()) {
            int most = columns.largest();
            points.add(window.seconds(of.nanos(most)), of.value(most), of.value(most), of.journey(most));
        }
        return points.build(name, Layer.Form.LETTERS, ink, mark, true);
    }
}
