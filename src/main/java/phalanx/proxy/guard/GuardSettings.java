package phalanx.proxy.guard;

import java.time.Duration;
import java.util.List;
import phalanx.config.Directive;
import phalanx.config.Section;

/**
 * What is kept away from the servers. Any thread.
 *
 * @param perAddress requests a second of one client address, 0 for no limit
 * @param burst requests that one address may send at once
 * @param global requests a second of all clients, 0 for no limit
 * @param waf whether requests are inspected for attacks
 * @param banThreshold strikes above which an address is banned
 * @param banDuration for how long
 */
public record GuardSettings(
        int perAddress, int burst, int global, boolean waf, int banThreshold, Duration banDuration) {
    private static final String PLACES = "http server";
    private static final Directive PER_ADDRESS = Directive.of(
            PLACES, "rate_limit_per_ip NUMBER", "0", "Requests a second of one client address; 0 for no limit.");
    private static final Directive BURST = Directive.of(
            PLACES,
            "rate_limit_burst NUMBER",
            "",
            "Requests that one address may send at once; the rate itself where not given.");
    private static final Directive GLOBAL =
            Directive.of(PLACES, "global_rate_limit NUMBER", "0", "Requests a second of all clients; 0 for no limit.");
    private static final Directive WAF =
            Directive.of(PLACES, "waf_enabled on|off", "off", "Inspect requests for attacks.");
    private static final Directive THRESHOLD = Directive.of(
            PLACES, "waf_auto_ban_threshold NUMBER", "15", "Strikes above which an address is banned for a while.");
    private static final Directive DURATION =
            Directive.of(PLACES, "waf_auto_ban_duration TIME", "3600s", "How long an address stays banned.");

    public static final List<Directive> DIRECTIVES = List.of(PER_ADDRESS, BURST, GLOBAL, WAF, THRESHOLD, DURATION);

    /** Reads them from a {@code server} block. */
    public static GuardSettings from(Section section) {
        int perAddress = (int) section.number(PER_ADDRESS, 0, 0, 1_000_000_000);
        return new GuardSettings(
                perAddress,
                (int) section.number(BURST, Math.max(1, perAddress), 1, 1_000_000_000),
                (int) section.number(GLOBAL, 0, 0, 1_000_000_000),
                section.flag(WAF, false),
                (int) section.number(THRESHOLD, 15, 1, 1_000_000_000),
                section.time(DURATION, Duration.ofHours(1)));
    }
}
