package phalanx.proxy.route;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phalanx.config.Directive;
import phalanx.config.Node;
import phalanx.config.Section;
import phalanx.config.Values;
import phalanx.config.Word;

/**
 * How servers are probed. Any thread.
 *
 * @param kind nothing, a TCP connection, or a request
 * @param interval from one probe to the next (standard 2 s)
 * @param timeout for one probe (standard 1 s)
 * @param rise probes that must succeed in a row before a server that was down is up (standard 2)
 * @param fall probes that must fail in a row before it is down: one lost probe removes nobody (standard 3)
 * @param path what is asked for
 * @param statuses lowest and highest status that is well
 * @param body what its body must hold somewhere, in its first 64 KiB; null for anything
 */
public record HealthCheckSettings(
        Kind kind,
        Duration interval,
        Duration timeout,
        int rise,
        int fall,
        String path,
        int[] statuses,
        @Nullable Pattern body) {
    /** What a probe does. */
    public enum Kind {
        OFF,
        TCP,
        HTTP
    }

    private static final HealthCheckSettings STANDARD = new HealthCheckSettings(
            Kind.TCP, Duration.ofSeconds(2), Duration.ofSeconds(1), 2, 3, "/", new int[] {200, 399}, null);

    private static final Directive HEALTH_CHECK = Directive.of(
            "upstream",
            "health_check off|tcp|http [uri=PATH] [status=LOW-HIGH] [body=REGEX] [interval=TIME] [timeout=TIME] [rise=N] [fall=N]",
            "tcp interval=2s timeout=1s rise=2 fall=3",
            "How servers are probed without traffic.");

    static final List<Directive> DIRECTIVES = List.of(HEALTH_CHECK);

    static HealthCheckSettings from(Section section) {
        Optional<Node> node = section.own(HEALTH_CHECK);
        if (node.isEmpty()) {
            return STANDARD;
        }
        Kind kind = section.choice(HEALTH_CHECK, Map.of("off", Kind.OFF, "tcp", Kind.TCP, "http", Kind.HTTP))
                .orElse(Kind.TCP);
        HealthCheckSettings s = new HealthCheckSettings(
                kind,
                STANDARD.interval,
                STANDARD.timeout,
                STANDARD.rise,
                STANDARD.fall,
                STANDARD.path,
                STANDARD.statuses,
                null);
        List<Word> words = node.get().arguments();
        for (Word word : words.subList(1, words.size())) {
            s = s.with(section, word);
        }
        return s;
    }

    private HealthCheckSettings with(Section section, Word word) {
        int equals = word.text().indexOf('=');
        String key = equals < 0 ? word.text() : word.text().substring(0, equals);
        String value = word.text().substring(equals + 1);
        boolean http = kind == Kind.HTTP;
        Optional<HealthCheckSettings> read = switch (key) {
            case "interval" ->
                Values.time(value)
                        .filter(t -> t.toMillis() >= 100)
                        .map(t -> new HealthCheckSettings(kind, t, timeout, rise, fall, path, statuses, body));
            case "timeout" ->
                Values.time(value)
                        .filter(t -> t.toMillis() >= 1)
                        .map(t -> new HealthCheckSettings(kind, interval, t, rise, fall, path, statuses, body));
            case "rise" ->
                Values.number(value, 1, 1000)
                        .map(n -> new HealthCheckSettings(
                                kind, interval, timeout, n.intValue(), fall, path, statuses, body));
            case "fall" ->
                Values.number(value, 1, 1000)
                        .map(n -> new HealthCheckSettings(
                                kind, interval, timeout, rise, n.intValue(), path, statuses, body));
            case "uri" ->
                http && value.matches("/[!-~]*")
                        ? Optional.of(
                                new HealthCheckSettings(kind, interval, timeout, rise, fall, value, statuses, body))
                        : Optional.empty();
            case "status" ->
                http && value.matches("[1-5][0-9]{2}(-[1-5][0-9]{2})?")
                        ? Optional.of(new HealthCheckSettings(
                                kind,
                                interval,
                                timeout,
                                rise,
                                fall,
                                path,
                                new int[] {
                                    Integer.parseInt(value.substring(0, 3)),
                                    Integer.parseInt(value.substring(value.length() - 3))
                                },
                                body))
                        : Optional.empty();
            case "body" ->
                http
                        ? pattern(value)
                                .map(p ->
                                        new HealthCheckSettings(kind, interval, timeout, rise, fall, path, statuses, p))
                        : Optional.empty();
            default -> Optional.empty();
        };
        if (read.isEmpty()) {
            section.refuse(
                    word.at(), "health_check cannot take \"" + word.text() + "\".", "Write: " + HEALTH_CHECK.form());
        }
        return read.orElse(this);
    }

    private static Optional<Pattern> pattern(String text) {
        try {
            return Optional.of(Pattern.compile(text));
        } catch (PatternSyntaxException _) {
            return Optional.empty();
        }
    }
}
