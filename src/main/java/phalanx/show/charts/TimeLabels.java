package phalanx.show.charts;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** How moments are written on and beside the time axis. Any thread. */
final class TimeLabels {
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss.SSSSSS 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private TimeLabels() {}

    /** Seconds since the begin of the recording, with as many decimals as labels so far apart need. */
    static DoubleFunction<String> every(double step) {
        int decimals = Math.clamp((int) Math.ceil(-Math.log10(step) - 1e-9), 0, 9);
        return seconds -> String.format(Locale.ROOT, "%,." + decimals + "f s", seconds == 0 ? 0.0 : seconds);
    }

    /** Seconds since the begin of the recording, to the microsecond. */
    static String relative(double seconds) {
        return String.format(Locale.ROOT, "%,.6f s", seconds);
    }

    /** {@code 2026-03-01 09:40:07.123456 UTC}; only the time of day when {@code brief}. */
    static String utc(long nanos, boolean brief) {
        String whole = UTC.format(
                Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L)));
        return brief ? whole.substring(11) : whole;
    }
}
