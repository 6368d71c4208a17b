package phalanx.proxy.encode;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import phalanx.config.Directive;
import phalanx.config.Section;
import phalanx.proxy.http.Exchange;

/**
 * Which responses are compressed, and how (RFC 9110 section 8.4). Any thread.
 *
 * @param level of gzip, 1 to 9; brotli's is the same, up to 11
 * @param least octets below which it is not worth it
 * @param types media types, {@code text/html} always among them
 */
public record EncodingSettings(boolean gzip, boolean brotli, int level, long least, Set<String> types) {
    private static final String PLACES = "http server route";
    private static final Directive GZIP =
            Directive.of(PLACES, "gzip on|off", "off", "Compress responses for clients that take gzip.");
    private static final Directive BROTLI = Directive.of(
            PLACES, "brotli on|off", "off", "Compress responses for clients that take brotli, which goes before gzip.");
    private static final Directive LEVEL =
            Directive.of(PLACES, "gzip_comp_level LEVEL", "4", "1 (fast) to 9 (small), for both.");
    private static final Directive LEAST =
            Directive.of(PLACES, "gzip_min_length SIZE", "1k", "Smaller responses are left as they are, for both.");
    private static final Directive TYPES = Directive.of(
            PLACES,
            "gzip_types TYPE...",
            "text/css text/javascript text/plain text/xml application/json application/javascript application/xml image/svg+xml",
            "Media types that are compressed besides text/html, for both.");

    public static final List<Directive> DIRECTIVES = List.of(GZIP, BROTLI, LEVEL, LEAST, TYPES);

    public static EncodingSettings from(Section section) {
        Set<String> types = new HashSet<>(section.one(TYPES)
                .map(node -> node.arguments().stream()
                        .map(w -> w.text().toLowerCase(Locale.ROOT))
                        .toList())
                .orElse(List.of(TYPES.standard().split(" ", -1))));
        types.add("text/html");
        return new EncodingSettings(
                section.flag(GZIP, false),
                section.flag(BROTLI, false),
                (int) section.number(LEVEL, 4, 1, 9),
                section.bytes(LEAST, 1024),
                Set.copyOf(types));
    }

    /** Has an exchange's response compressed where the client takes it and it is worth it. */
    public void apply(Exchange exchange) {
        if (gzip || brotli) {
            exchange.wrapClient(client -> new EncodedAnswer(exchange, client, this));
        }
    }
}
