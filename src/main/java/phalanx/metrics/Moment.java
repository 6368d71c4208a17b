package phalanx.metrics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.OptionalLong;

/**
 * Times as metric files write them: seconds since the epoch (or milli-, micro-, nanoseconds, told by their size), or ISO 8601
 * with a blank or a T in the middle; without a zone it is UTC.
 */
public final class Moment {
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendPattern("[ ]['T']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[ ][XXX][XX][X]")
            .toFormatter();

    /** From here on a number is no longer of seconds (year 5138), but of milliseconds, then micro-, then nanoseconds. */
    private static final BigDecimal NO_SECONDS = new BigDecimal("1e11");

    private static final long NANOS_A_SECOND = 1_000_000_000L;

    private Moment() {}

    /** Nanoseconds since the epoch; empty when the text is no time, or none between 1677 and 2262. */
    public static OptionalLong parse(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty() || trimmed.length() > 64) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(
                    trimmed.chars().allMatch(c -> c >= '0' && c <= '9' || "+-.eE".indexOf(c) >= 0)
                                    && trimmed.indexOf('-', 1) < 0
                            ? number(new BigDecimal(trimmed))
                            : iso(ISO.parseBest(trimmed, Instant::from, LocalDateTime::from, LocalDate::from)));
        } catch (DateTimeException | ArithmeticException | NumberFormatException _) {
            return OptionalLong.empty();
        }
    }

    private static long number(BigDecimal number) {
        if (number.precision() - (long) number.scale() > 20) {
            throw new ArithmeticException("no time is so large");
        }
        int digits = 9;
        for (BigDecimal limit = NO_SECONDS; digits > 0 && number.abs().compareTo(limit) >= 0; digits -= 3) {
            limit = limit.movePointRight(3);
        }
        return number.movePointRight(digits).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
    }

    private static long iso(TemporalAccessor parsed) {
        Instant instant = switch (parsed) {
            case LocalDate day -> day.atStartOfDay().toInstant(ZoneOffset.UTC);
            case LocalDateTime local -> local.toInstant(ZoneOffset.UTC);
            default -> Instant.from(parsed);
        };
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NANOS_A_SECOND), instant.getNano());
    }
}
