package phalanx.show.charts;

import java.util.Arrays;
import phalanx.show.Selection;

/** Collects the points of one layer. One thread. */
final class LayerBuilder {
    private double[] seconds = new double[64];
    private double[] low = new double[64];
    private double[] high = new double[64];
    private int[] journeys = new int[64];
    private int size;

    void add(double second, double from, double to, int journey) {
        if (size == seconds.length) {
            int room = Math.addExact(size, size / 2);
            seconds = Arrays.copyOf(seconds, room);
            low = Arrays.copyOf(low, room);
            high = Arrays.copyOf(high, room);
            journeys = Arrays.copyOf(journeys, room);
        }
        seconds[size] = second;
        low[size] = from;
        high[size] = to;
        journeys[size++] = journey;
    }

    void add(double second, long from, long to, int journey) {
        add(second, (double) from, (double) to, journey);
    }

    void add(double second, double value) {
        add(second, value, value, Selection.NONE);
    }

    /** A line ends here. */
    void gap(double second) {
        add(second, Double.NaN);
    }

    Layer build(String name, Layer.Form form, Ink ink, String mark, boolean packets) {
        return new Layer(
                name,
                form,
                ink,
                mark,
                Arrays.copyOf(seconds, size),
                Arrays.copyOf(low, size),
                Arrays.copyOf(high, size),
                packets ? Arrays.copyOf(journeys, size) : new int[0]);
    }
}
