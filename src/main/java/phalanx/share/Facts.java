package phalanx.share;

import java.util.stream.Collectors;
import phalanx.explain.FactFormat;
import phalanx.measure.DelaySummary;
import phalanx.measure.SegmentCounts;
import phalanx.stitch.ClockAlignment;
import phalanx.stitch.HopPath;
import phalanx.stitch.Stitched;

/** How the reports for people write the same figures, so that they can be laid side by side. */
final class Facts {
    private Facts() {}

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
}
