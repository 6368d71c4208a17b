package phalanx.anomaly;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a metric tells of its service, by the words in its name; the first that fits counts. */
public enum Indicator {
    /** How much is asked of it or passes through: follows everything and blames nobody. */
    TRAFFIC(0, false, "size bytes byte request requests traffic throughput rps qps calls count packets"),
    /** Calls that fail: bad when it rises. */
    ERRORS(
            1,
            true,
            "error errors fail failed failure failures fault faults exception exceptions 5xx timeout timeouts retransmission"
                    + " retransmissions loss lost drop drops dropped rejected unavailable unavailability"),
    /** Time that calls take: bad when it rises. */
    LATENCY(1, true, "latency duration response elapsed rtt delay wait p50 p75 p90 p95 p99 p999"),
    /** Share of calls that work: bad when it falls. */
    AVAILABILITY(-1, true, "availability available success uptime"),
    /** What the service uses up: bad when it rises. */
    SATURATION(
            1, false, "cpu mem memory heap disk utilization utilisation util load queue threads thread pool swap gc"),
    /** Anything else: a change either way is noted. */
    OTHER(0, false, "");

    /** What is left over: less of it is bad, whatever it is of. */
    private static final Set<String> LEFT_OVER = Set.of("free", "available", "idle", "remaining");

    private final int bad;
    private final boolean complaint;
    private final String words;

    /** @param words separated by blanks */
    Indicator(int bad, boolean complaint, String words) {
        this.words = " " + words + " ";
        this.bad = bad;
        this.complaint = complaint;
    }

    /** @param name of the metric, without its service */
    public static Indicator of(String name) {
        List<String> words = Arrays.asList(name.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1));
        if (ERRORS.fits(words)) {
            return ERRORS; // error_count is of errors, not of traffic
        }
        if (SATURATION.fits(words) && words.stream().anyMatch(LEFT_OVER::contains)) {
            return OTHER; // mem_available: more of it is no complaint
        }
        return Arrays.stream(values())
                .filter(indicator -> indicator.fits(words))
                .findFirst()
                .orElse(OTHER);
    }

    private boolean fits(List<String> name) {
        return name.stream().anyMatch(word -> words.contains(" " + word + " "));
    }

    /** True when the users of a service notice it. */
    public boolean isComplaint() {
        return complaint;
    }

    /** How much worse a value is than another, in its unit; negative when it is better. */
    double worse(double value, double than) {
        return bad == 0 ? Math.abs(value - than) : bad * (value - than);
    }
}
