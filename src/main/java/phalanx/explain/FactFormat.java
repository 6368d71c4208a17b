package phalanx.explain;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import phalanx.diagnose.Fact;
import phalanx.measure.FlowLimits;
import phalanx.stitch.Stitched;

/** How figures are written in sentences: the same everywhere, so that screen, text and report can be compared. Any thread. */
public final class FactFormat {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private FactFormat() {}

    static String text(Fact fact, Stitched stitched) {
        return switch (fact) {
            case Fact.Count(long count) -> count(count);
            case Fact.Nanos(long nanos) -> duration(nanos);
            case Fact.Share(long part, long whole) -> share(part, whole);
            case Fact.Bytes(long bytes) -> count(bytes) + " bytes";
            case Fact.Point(int capture) -> stitched.hopName(capture);
            case Fact.Text(String text) -> text;
        };
    }

    /** A kind of finding as people say it: {@code latency step}. */
    public static String kind(String kind) {
        return kind.replace('_', ' ');
    }

    /** {@code 09:40:07}, UTC. */
    public static String clockTime(long nanos) {
        return CLOCK.format(Instant.ofEpochSecond(0, nanos));
    }

    /** With thousands separators: {@code 81,203}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code 12.4 ms}, {@code 850 µs}, {@code 1.25 s}: three significant figures. */
    public static String duration(long nanos) {
        double size = Math.abs((double) nanos);
        if (size < 999.5e3) {
            return figures(nanos / 1e3) + " µs";
        }
        return size < 999.5e6 ? figures(nanos / 1e6) + " ms" : figures(nanos / 1e9) + " s";
    }

    /** {@code 1.2 % (21 of 1,756)}. */
    public static String share(long part, long whole) {
        return percent(part, whole) + " (" + count(part) + " of " + count(whole) + ")";
    }

    /** What a sender waited for most: {@code receiver window 62 %}; empty when it waited for nothing. */
    public static String most(FlowLimits limits) {
        return limits.most()
                .map(most -> most.word() + " " + percent(limits.of(most), limits.total()))
                .orElse("");
    }

    /** {@code 1.2 %}; an infinitesimal share is never written as 0. */
    public static String percent(long part, long whole) {
        double percent = whole == 0 ? 0 : 100.0 * part / whole;
        return part > 0 && percent < 0.1
                ? String.format(Locale.ROOT, "%.2g %%", percent)
                : String.format(Locale.ROOT, percent < 10 ? "%.1f %%" : "%.0f %%", percent);
    }

    private static String figures(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }
}
