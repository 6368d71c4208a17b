package phalanx.anomaly;

import java.util.Locale;
import java.util.regex.Pattern;

/** What a metric tells of its service, by the words in its name. */
public enum Indicator {
    /** Share of calls that work: bad when it falls. */
    AVAILABILITY("avail|success|uptime", -1, true),
    /** Calls that fail: bad when it rises. */
    ERRORS("error|fail|fault|exception|5xx|timeout|retrans|loss|lost|drop|reject", 1, true),
    /** Time that calls take: bad when it rises. */
    LATENCY("latency|duration|response|elapsed|rtt|delay|wait|\\bp(50|75|9\\d+)\\b", 1, true),
    /** What the service uses up: bad when it rises. */
    SATURATION("cpu|mem|heap|disk|util|load|queue|thread|pool|swap|gc\\b", 1, false),
    /** How much is asked of it: follows everything and blames nobody. */
    TRAFFIC("request|traffic|throughput|rps|qps|calls|count|bytes|packets", 0, false),
    /** Anything else: a change either way is noted. */
    OTHER("", 0, false);

    private final Pattern words;
    private final int bad;
    private final boolean complaint;

    Indicator(String words, int bad, boolean complaint) {
        this.words = Pattern.compile(words);
        this.bad = bad;
        this.complaint = complaint;
    }

    /** @param name of the metric, without its service */
    public static Indicator of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (Indicator indicator : values()) {
            if (indicator.words.matcher(lower).find()) {
                return indicator;
            }
        }
        return OTHER;
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
