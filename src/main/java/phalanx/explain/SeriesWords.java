package phalanx.explain;

import java.util.Locale;
import phalanx.diagnose.UnusualStretch;
import phalanx.measure.SecondSeries;
import phalanx.net.Direction;
import phalanx.stitch.Stitched;

/** How measures over time and their unusual stretches are called, the same everywhere. Any thread. */
public final class SeriesWords {
    private SeriesWords() {}

    /** What a series is of: {@code delay client > edge, c2s}. */
    public static String measured(SecondSeries series, Stitched stitched) {
        String where = series.from() < 0
                ? ""
                : series.to() < 0
                        ? " at " + stitched.hopName(series.from())
                        : " " + stitched.hopName(series.from()) + " > " + stitched.hopName(series.to());
        Direction direction = series.direction();
        return series.quantity().word() + where + (direction == null ? "" : ", " + direction.word());
    }

    /** A value of a series with its unit. */
    public static String amount(SecondSeries.Quantity quantity, double value) {
        return switch (quantity) {
            case LOSS -> String.format(Locale.ROOT, "%.1f %%", 100 * value);
            case THROUGHPUT ->
                value < 1e6
                        ? String.format(Locale.ROOT, "%.1f kbit/s", value / 1e3)
                        : String.format(Locale.ROOT, "%.1f Mbit/s", value / 1e6);
            case DELAY, ROUND_TRIP, RESPONSE_TIME -> FactFormat.duration(Math.round(1e9 * value));
        };
    }

    /** {@code delay client > edge, c2s: 85.2 ms, usually 20.1 ms}. */
    public static String unusual(UnusualStretch stretch, Stitched stitched) {
        SecondSeries.Quantity quantity = stretch.of().quantity();
        return measured(stretch.of(), stitched) + ": " + amount(quantity, stretch.value()) + ", usually "
                + amount(quantity, stretch.usual());
    }
}
