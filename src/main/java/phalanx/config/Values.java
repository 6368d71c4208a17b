package phalanx.config;

import java.time.Duration;
import java.util.Optional;

/** Values as nginx writes them; empty for text that is none. Any thread. */
public final class Values {
    /** Beyond it, counting in nanoseconds ends. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Values() {}

    /** A whole number in plain digits, within bounds. */
    public static Optional<Long> number(String text, long least, long most) {
        if (!text.matches("-?[0-9]{1,18}")) {
            return Optional.empty();
        }
        long value = Long.parseLong(text);
        return value < least || value > most ? Optional.empty() : Optional.of(value);
    }

    /** A number with or without decimals, within bounds. */
    public static Optional<Double> decimal(String text, double least, double most) {
        if (!text.matches("-?[0-9]{1,15}(\\.[0-9]{1,15})?")) {
            return Optional.empty();
        }
        double value = Double.parseDouble(text);
        return value < least || value > most ? Optional.empty() : Optional.of(value);
    }

    /** On or off. */
    public static Optional<Boolean> flag(String text) {
        return switch (text) {
            case "on", "true" -> Optional.of(true);
            case "off", "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** A time: a number alone is in seconds; units ms, s, m, h, d; 100 years at most. */
    public static Optional<Duration> time(String text) {
        if (!text.matches("[0-9]{1,9}(ms|s|m|h|d)?")) {
            return Optional.empty();
        }
        long count = Long.parseLong(text.replaceAll("[a-z]", ""));
        Duration time = switch (text.replaceAll("[0-9]", "")) {
            case "ms" -> Duration.ofMillis(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case "d" -> Duration.ofDays(count);
            default -> Duration.ofSeconds(count);
        };
        return time.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(time);
    }

    /** A size in bytes; units k, m, g are powers of 1024, capital or small. */
    public static Optional<Long> bytes(String text) {
        if (!text.matches("[0-9]{1,12}[kKmMgG]?")) {
            return Optional.empty();
        }
        long count = Long.parseLong(text.replaceAll("[a-zA-Z]", ""));
        return Optional.of(
                switch (text.charAt(text.length() - 1)) {
                    case 'k', 'K' -> count << 10;
                    case 'm', 'M' -> count << 20;
                    case 'g', 'G' -> count << 30;
                    default -> count;
                });
    }
}
