package phalanx.rules;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import phalanx.diagnose.Thresholds;

/** The names under which the built-in thresholds can be set, and the units of their values. Any thread. */
final class ThresholdNames {
    private static final Pattern TIME = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(us|µs|ms|s)");

    private enum Kind {
        COUNT,
        TIME,
        SHARE
    }

    private static final Map<String, Kind> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put("fewest-losses", Kind.COUNT);
        NAMES.put("fewest-reordered", Kind.COUNT);
        NAMES.put("fewest-duplicates", Kind.COUNT);
        NAMES.put("high-latency", Kind.TIME);
        NAMES.put("high-latency-share", Kind.SHARE);
        NAMES.put("slow-answer", Kind.TIME);
        NAMES.put("zero-window", Kind.TIME);
        NAMES.put("jitter", Kind.TIME);
        NAMES.put("latency-step", Kind.TIME);
        NAMES.put("idle", Kind.TIME);
    }

    private ThresholdNames() {}

    static Set<String> all() {
        return NAMES.keySet();
    }

    static boolean isKnown(String name) {
        return NAMES.containsKey(name);
    }

    static boolean fits(String name, String value) {
        return switch (NAMES.getOrDefault(name, Kind.COUNT)) {
            case COUNT -> value.matches("[1-9]\\d{0,6}");
            case SHARE -> value.matches("0(\\.\\d{1,6})?|1(\\.0+)?");
            case TIME -> TIME.matcher(value.toLowerCase(Locale.ROOT)).matches();
        };
    }

    private static long nanos(String value) {
        Matcher time = TIME.matcher(value.toLowerCase(Locale.ROOT));
        if (!time.matches()) {
            throw new IllegalArgumentException(value);
        }
        double unit = switch (time.group(2)) {
            case "s" -> 1e9;
            case "ms" -> 1e6;
            default -> 1e3;
        };
        return Math.round(Double.parseDouble(time.group(1)) * unit);
    }

    /** @param set values by name, each of which {@link #fits} */
    static Thresholds apply(Map<String, String> set) {
        Thresholds d = Thresholds.DEFAULT;
        return new Thresholds(
                count(set, "fewest-losses", d.fewestLosses()),
                count(set, "fewest-reordered", d.fewestReordered()),
                count(set, "fewest-duplicates", d.fewestDuplicates()),
                time(set, "high-latency", d.highLatencyNanos()),
                set.containsKey("high-latency-share")
                        ? Double.parseDouble(set.get("high-latency-share"))
                        : d.highLatencyShare(),
                time(set, "slow-answer", d.slowAnswerNanos()),
                time(set, "zero-window", d.zeroWindowNanos()),
                time(set, "jitter", d.jitterNanos()),
                time(set, "latency-step", d.latencyStepNanos()),
                time(set, "idle", d.idleNanos()));
    }

    private static int count(Map<String, String> set, String name, int otherwise) {
        String value = set.get(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    private static long time(Map<String, String> set, String name, long otherwise) {
        String value = set.get(name);
        return value == null ? otherwise : nanos(value);
    }
}
