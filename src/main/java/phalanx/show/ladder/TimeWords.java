package phalanx.show.ladder;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import phalanx.stitch.ClockAlignment;

/** Moments as the ladder writes them. Any thread. */
final class TimeWords {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private TimeWords() {}

    /** Seconds since the picture's begin: {@code 12.345678}. */
    static String since(LadderPicture picture, long nanos) {
        return seconds(nanos - picture.beginNanos());
    }

    /** Seconds to the microsecond. */
    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.6f", nanos / 1e9);
    }

    /** {@code 09:40:07.123456}, UTC. */
    static String clock(long nanos) {
        return CLOCK.format(Instant.ofEpochSecond(0, nanos));
    }

    /** What a capture point's own clock showed at a moment of the reference clock. */
    static long own(ClockAlignment clock, long nanos) {
        long own = nanos + clock.offsetNanos();
        own += Math.round(clock.driftPpm() * 1e-6 * (own - clock.firstNanos()));
        for (ClockAlignment.Step step : clock.steps()) {
            own += step.atNanos() <= own + step.nanos() ? step.nanos() : 0;
        }
        return own;
    }
}
