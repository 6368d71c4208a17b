package phalanx.share;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import phalanx.diagnose.Evidence;
import phalanx.explain.FactFormat;
import phalanx.measure.DelaySummary;
import phalanx.measure.SegmentCounts;
import phalanx.stitch.ClockAlignment;
import phalanx.stitch.HopPath;
import phalanx.stitch.Stitched;

/** How the reports for people write the same figures, so that they can be laid side by side. */
final class Facts {
    /** So many frame numbers are spelled out; the JSON document has them all. */
    private static final int FRAMES_SHOWN = 12;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Facts() {}

    static String time(long nanos) {
        return TIME.format(Instant.ofEpochSecond(0, nanos)) + " UTC";
    }

    static String path(HopPath path, Stitched stitched) {
        return path.captures().stream().map(stitched::hopName).collect(Collectors.joining(" > "));
    }

    static String arrow(SegmentCounts counts, Stitched stitched) {
        return stitched.hopName(counts.from()) + " > " + stitched.hopName(counts.to());
    }

    static String delay(SegmentCounts counts) {
        return counts.delay()
                .map(DelaySummary::medianNanos)
                .map(FactFormat::duration)
                .orElse("unknown");
    }

    static String clock(ClockAlignment clock) {
        if (clock.reference()) {
            return "reference";
        }
        if (!clock.known() || clock.boundNanos() == Long.MAX_VALUE) {
            return "unknown";
        }
        return signed(clock.offsetNanos()) + " +- " + FactFormat.duration(clock.boundNanos());
    }

    private static String signed(long nanos) {
        return (nanos < 0 ? "-" : "+") + FactFormat.duration(Math.abs(nanos));
    }

    static String frames(Evidence evidence) {
        String some = Arrays.stream(evidence.frames())
                .limit(FRAMES_SHOWN)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(", "));
        long more = evidence.frames().length - (long) FRAMES_SHOWN;
        return more > 0 ? some + " and " + FactFormat.count(more) + " more" : some;
    }

    static String confidence(double confidence) {
        String word = confidence >= 0.9 ? "high" : confidence >= 0.7 ? "good" : "low";
        return "%s (%.0f %%)".formatted(word, 100 * confidence);
    }
}
