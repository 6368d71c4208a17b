package phalanx.explain;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import phalanx.diagnose.Evidence;
import phalanx.measure.FlowLimits;

/**
 * How figures are written in English sentences: the same everywhere, so that text and report can be compared. The desk writes them
 * in its own {@link Language}. Any thread.
 */
public final class FactFormat {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** So many frame numbers are spelled out; the JSON document has them all. */
    private static final int FRAMES_SHOWN = 12;

    private FactFormat() {}

    /** A kind of finding as people say it: {@code latency step}. */
    public static String kind(String kind) {
        return Language.ENGLISH.kind(kind);
    }

    /** {@code 09:40:07}, UTC. */
    public static String clockTime(long nanos) {
        return Language.ENGLISH.clockTime(nanos);
    }

    /** {@code 2026-11-21 09:40:07.001250 UTC}. */
    public static String time(long nanos) {
        return TIME.format(Instant.ofEpochSecond(0, nanos)) + " UTC";
    }

    /** {@code 12, 14, 15 and 1,203 more}. */
    public static String frames(Evidence evidence) {
        String some = Arrays.stream(evidence.frames())
                .limit(FRAMES_SHOWN)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(", "));
        long more = evidence.frames().length - (long) FRAMES_SHOWN;
        return more > 0 ? some + " and " + count(more) + " more" : some;
    }

    /** {@code high (95 %)}. @param confidence 0..1 */
    public static String confidence(double confidence) {
        String word = confidence >= 0.9 ? "high" : confidence >= 0.7 ? "good" : "low";
        return String.format(Locale.ROOT, "%s (%.0f %%)", word, 100 * confidence);
    }

    /** With thousands separators: {@code 81,203}. */
    public static String count(long count) {
        return Language.ENGLISH.count(count);
    }

    /** {@code 12.4 ms}, {@code 850 µs}, {@code 1.25 s}: three significant figures. */
    public static String duration(long nanos) {
        return Language.ENGLISH.duration(nanos);
    }

    /** {@code 1.2 % (21 of 1,756)}. */
    public static String share(long part, long whole) {
        return Language.ENGLISH.share(part, whole);
    }

    /** What a sender waited for most: {@code receiver window 62 %}; empty when it waited for nothing. */
    public static String most(FlowLimits limits) {
        return Language.ENGLISH.most(limits);
    }

    /** {@code 1.2 %}; an infinitesimal share is never written as 0. */
    public static String percent(long part, long whole) {
        return Language.ENGLISH.percent(part, whole);
    }
}
