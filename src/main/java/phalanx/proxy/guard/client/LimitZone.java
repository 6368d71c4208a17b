package phalanx.proxy.guard.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phalanx.config.Directive;
import phalanx.config.Node;
import phalanx.config.Section;
import phalanx.config.Values;
import phalanx.config.Word;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.Template;

/**
 * Requests that are counted together by a key, and at what rate they may come: nginx's {@code limit_req_zone}. Any thread.
 *
 * @param name of the zone, or the directive that it stands for
 * @param intervalNanos between two requests of a key
 * @param most keys that are kept
 */
public record LimitZone(String name, Key key, long intervalNanos, int most) {
    private static final Directive ZONE = Directive.of(
            "http",
            "limit_req_zone KEY zone=NAME[:SIZE] rate=NUMBERr/s|NUMBERr/m",
            "",
            "A rate for each value of a key, such as $binary_remote_addr or $http_x_api_key; limit_req uses it.");
    public static final List<Directive> DIRECTIVES = List.of(ZONE);

    static final int STANDARD_KEYS = 100_000;
    /** Octets that nginx counts for one key in the size of a zone. */
    private static final int KEY_OCTETS = 64;

    private static final int MOST_KEYS = 10_000_000;
    private static final Pattern RATE = Pattern.compile("([0-9]{1,9})r/([sm])"); // of the configuration, not of clients

    /** What requests are counted by. Keys written alike are the same. @param template null for the client's address */
    public record Key(String text, @Nullable Template template) {
        public static final Key ADDRESS = new Key("$binary_remote_addr", null);
        /** All requests together. */
        public static final Key ALL = new Key("", Template.of("all"));

        private static final int LONGEST = 64;

        private static Key read(Section section, Word word) {
            return word.text().equals(ADDRESS.text) || word.text().equals("$remote_addr")
                    ? ADDRESS
                    : new Key(word.text(), Template.from(section, ZONE, word));
        }

        /** The key of a request; null for one that is not counted. Long values are kept as their SHA-256. */
        @Nullable
        Object of(Exchange exchange) {
            if (template == null) {
                return ClientNetwork.of(exchange.clientAddress().getAddress());
            }
            String value = template.fill(exchange);
            return value.isEmpty() ? null : value.length() <= LONGEST ? value : digest(value);
        }

        private static String digest(String value) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e); // every Java has it
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.text.equals(text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }

    /** A zone of so many requests a second. */
    public static LimitZone perSecond(String name, Key key, int rate) {
        return new LimitZone(name, key, TimeUnit.SECONDS.toNanos(1) / rate, STANDARD_KEYS);
    }

    /** As the configuration writes it: {@code 10r/s}. */
    public String rate() {
        double perSecond = (double) TimeUnit.SECONDS.toNanos(1) / intervalNanos;
        return perSecond >= 1 ? Math.round(perSecond) + "r/s" : Math.round(perSecond * 60) + "r/m";
    }

    /** The zones of an {@code http} block by their names. */
    public static Map<String, LimitZone> all(Section http) {
        Map<String, LimitZone> zones = new LinkedHashMap<>();
        for (Node node : http.all(ZONE)) {
            from(http, node).ifPresent(zone -> {
                if (zones.putIfAbsent(zone.name(), zone) != null) {
                    http.refuse(node.at(), "The zone " + zone.name() + " stands here twice.", "Rename one of them.");
                }
            });
        }
        return zones;
    }

    private static Optional<LimitZone> from(Section http, Node node) {
        Key key = Key.read(http, node.arguments().getFirst());
        Optional<String[]> name = Optional.empty();
        Optional<Long> keys = Optional.of((long) STANDARD_KEYS);
        Optional<Long> interval = Optional.empty();
        for (Word word : node.arguments().subList(1, node.arguments().size())) {
            String text = word.text();
            if (text.startsWith("zone=")) {
                name = Optional.of(text.substring(5).split(":", 2)).filter(parts -> !parts[0].isEmpty());
                keys = name.filter(parts -> parts.length == 2)
                        .map(parts -> Values.bytes(parts[1]).filter(size -> size >= KEY_OCTETS))
                        .orElse(keys.map(standard -> standard * KEY_OCTETS))
                        .map(size -> Math.min(MOST_KEYS, size / KEY_OCTETS));
            } else if (text.startsWith("rate=")) {
                interval = interval(text.substring(5));
            }
            if (!text.startsWith("zone=") && !text.startsWith("rate=")
                    || text.startsWith("zone=") && (name.isEmpty() || keys.isEmpty())
                    || text.startsWith("rate=") && interval.isEmpty()) {
                http.refuse(word.at(), "limit_req_zone cannot use \"" + text + "\".", "Write: " + ZONE.form());
                return Optional.empty();
            }
        }
        if (name.isEmpty() || interval.isEmpty()) {
            http.refuse(
                    node.at(),
                    "limit_req_zone has no " + (name.isEmpty() ? "zone." : "rate."),
                    "Write: " + ZONE.form());
            return Optional.empty();
        }
        return Optional.of(new LimitZone(
                name.get()[0], key, interval.get(), keys.orElseThrow().intValue()));
    }

    private static Optional<Long> interval(String text) {
        Matcher rate = RATE.matcher(text);
        if (!rate.matches() || Long.parseLong(rate.group(1)) == 0) {
            return Optional.empty();
        }
        long per = rate.group(2).equals("s") ? TimeUnit.SECONDS.toNanos(1) : TimeUnit.MINUTES.toNanos(1);
        return Optional.of(Math.max(1, per / Long.parseLong(rate.group(1))));
    }
}
