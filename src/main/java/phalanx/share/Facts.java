package phalanx.share;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** What was taken out of the captures before, by their own words, each once with the points that say it. */
    static List<String> redactions(Stitched stitched) {
        Map<String, List<String>> points = new LinkedHashMap<>();
        for (int capture : stitched.clientFirst()) {
            String said = stitched.captures().get(capture).capture().summary().redaction();
            if (!said.isEmpty()) {
                points.computeIfAbsent(said, _ -> new ArrayList<>()).add(stitched.hopName(capture));
            }
        }
        return points.entrySet().stream()
                .map(one -> one.getValue().size() == stitched.captures().size()
                        ? one.getKey()
                        : String.join(", ", one.getValue()) + ": " + one.getKey())
                .toList();
    }
}
