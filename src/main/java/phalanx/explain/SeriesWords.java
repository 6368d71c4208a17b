package phalanx.explain;

import phalanx.diagnose.UnusualStretch;
import phalanx.measure.SecondSeries;
import phalanx.net.Direction;
import phalanx.stitch.Stitched;

/** How measures over time and their unusual stretches are called, the same everywhere; in English unless a language is named. Any thread. */
public final class SeriesWords {
    private SeriesWords() {}

    /** What a series is of: {@code delay client > edge, towards the server}. */
    public static String measured(SecondSeries series, Stitched stitched) {
        return measured(series, stitched, Language.ENGLISH);
    }

    /** As {@link #measured(SecondSeries, Stitched)}, in another language. */
    public static String measured(SecondSeries series, Stitched stitched, Language language) {
        String quantity = language.phrase(series.quantity().word());
        String told = series.from() < 0
                ? quantity
                : series.to() < 0
                        ? language.told("series.at", quantity, stitched.hopName(series.from()))
                        : quantity + " " + stitched.hopName(series.from()) + " > " + stitched.hopName(series.to());
        Direction direction = series.direction();
        return told + (direction == null ? "" : ", " + language.way(direction));
    }

    /** A value of a series with its unit. */
    public static String amount(SecondSeries.Quantity quantity, double value) {
        return amount(quantity, value, Language.ENGLISH);
    }

    /** As {@link #amount(SecondSeries.Quantity, double)}, in another language. */
    public static String amount(SecondSeries.Quantity quantity, double value, Language language) {
        return switch (quantity) {
            case LOSS -> String.format(language.locale(), "%.1f %%", 100 * value);
            case THROUGHPUT ->
                value < 1e6
                        ? String.format(language.locale(), "%.1f kbit/s", value / 1e3)
                        : String.format(language.locale(), "%.1f Mbit/s", value / 1e6);
            case DELAY, ROUND_TRIP, RESPONSE_TIME -> language.duration(Math.round(1e9 * value));
        };
    }

    /** {@code delay client > edge, towards the server: 85.2 ms, usually 20.1 ms}. */
    public static String unusual(UnusualStretch stretch, Stitched stitched) {
        return unusual(stretch, stitched, Language.ENGLISH);
    }

    /** As {@link #unusual(UnusualStretch, Stitched)}, in another language. */
    public static String unusual(UnusualStretch stretch, Stitched stitched, Language language) {
        SecondSeries.Quantity quantity = stretch.of().quantity();
        return language.told(
                "series.unusual",
                measured(stretch.of(), stitched, language),
                amount(quantity, stretch.value(), language),
                amount(quantity, stretch.usual(), language));
    }
}
