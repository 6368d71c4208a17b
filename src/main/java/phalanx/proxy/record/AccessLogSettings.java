package phalanx.proxy.record;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import phalanx.config.Directive;
import phalanx.config.Node;
import phalanx.config.Section;
import phalanx.config.Word;
import phalanx.proxy.http.Template;
import phalanx.run.NearestName;

/**
 * Where and how requests are logged. Any thread.
 *
 * @param target a file, or {@code stdout} or {@code stderr}
 */
public record AccessLogSettings(String target, Escape escape, Template line) {
    /** What becomes of octets that would break the line. */
    public enum Escape {
        /** {@code \xNN}, as nginx; nothing becomes {@code -}. */
        DEFAULT,
        /** As in a string of JSON; nothing becomes nothing. */
        JSON
    }

    private static final String COMMON = "$remote_addr - - [$time_local] \"$request\" $status $body_bytes_sent";
    private static final String JSON =
            "{\"time\":\"$time_iso8601\",\"id\":\"$request_id\",\"client\":\"$remote_addr:$remote_port\","
                    + "\"method\":\"$request_method\",\"host\":\"$host\",\"target\":\"$request_uri\",\"protocol\":\"$server_protocol\","
                    + "\"status\":$status,\"bytes\":$body_bytes_sent,\"seconds\":$request_time,\"upstream\":\"$upstream_name\","
                    + "\"upstream_local\":\"$upstream_local_addr\",\"upstream_server\":\"$upstream_addr\",\"reason\":\"$upstream_reason\","
                    + "\"tries\":$upstream_tries,\"failed_side\":\"$failed_side\",\"failure\":\"$failure\"}";

    private static final Directive LOG = Directive.of(
            "http server",
            "access_log off|FILE|stdout|stderr [FORMAT]",
            "off",
            "Where requests are logged, as common, combined, json, or a format of your own.");
    private static final Directive FORMAT = Directive.of(
            "http", "log_format NAME [escape=default|json] TEXT...", "", "A format of your own; its texts are joined.");

    public static final List<Directive> DIRECTIVES = List.of(LOG, FORMAT);

    /** How a line is written. */
    public record Format(Escape escape, Template line) {}

    /**
     * Reads the log of a {@code server} block; empty for none.
     *
     * @param formats those of {@link #formats}
     */
    public static Optional<AccessLogSettings> from(Map<String, Format> formats, Section server, Path folder) {
        Optional<Node> node = server.one(LOG);
        if (node.isEmpty() || node.get().argument(0).equals("off")) {
            return Optional.empty();
        }
        String target = node.get().argument(0);
        if (!target.equals("stdout") && !target.equals("stderr")) {
            target = folder.resolve(target).toString();
        }
        Word name = node.get().arguments().size() == 2
                ? node.get().arguments().get(1)
                : new Word("combined", false, node.get().at());
        Format format = formats.get(name.text());
        if (format == null) {
            server.refuse(
                    name.at(),
                    "There is no log_format " + name.text() + ".",
                    NearestName.to(name.text(), new TreeSet<>(formats.keySet()))
                            .map(n -> "Did you mean " + n + "?")
                            .orElse("Known are: " + String.join(" ", new TreeSet<>(formats.keySet())) + "."));
            return Optional.empty();
        }
        return Optional.of(new AccessLogSettings(target, format.escape(), format.line()));
    }

    /** The formats of an {@code http} block by their names. */
    public static Map<String, Format> formats(Section http) {
        Map<String, Format> formats = new HashMap<>();
        formats.put("common", new Format(Escape.DEFAULT, template(http, COMMON)));
        formats.put(
                "combined",
                new Format(Escape.DEFAULT, template(http, COMMON + " \"$http_referer\" \"$http_user_agent\"")));
        formats.put("json", new Format(Escape.JSON, template(http, JSON)));
        for (Node node : http.all(FORMAT)) {
            List<Word> words =
                    new ArrayList<>(node.arguments().subList(1, node.arguments().size()));
            Escape escape = Escape.DEFAULT;
            if (words.getFirst().text().startsWith("escape=")) {
                String kind = words.removeFirst().text().substring(7);
                if (!kind.equals("json") && !kind.equals("default")) {
                    http.refuse(node.at(), "log_format knows no escape=" + kind + ".", "Write: " + FORMAT.form());
                }
                escape = kind.equals("json") ? Escape.JSON : Escape.DEFAULT;
            }
            String text = words.stream().map(Word::text).collect(Collectors.joining());
            formats.put(
                    node.argument(0), new Format(escape, Template.from(http, FORMAT, new Word(text, true, node.at()))));
        }
        return formats;
    }

    private static Template template(Section section, String text) {
        return Template.from(section, FORMAT, new Word(text, true, section.at()));
    }
}
