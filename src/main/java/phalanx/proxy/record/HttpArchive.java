package phalanx.proxy.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.FieldName;
import phalanx.proxy.http.Fields;
import phalanx.proxy.http.RequestHead;
import phalanx.proxy.http.ResponseHead;
import phalanx.proxy.http.Variables;

/**
 * Recorded exchanges as an HTTP archive, which browsers' developer tools and many others read (HAR 1.2). What only Phalanx knows stands in
 * fields that begin with an underscore. Any thread.
 */
public final class HttpArchive {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MASK = "(masked)";
    private static final List<String> SECRETS = List.of(
            "auth",
            "token",
            "secret",
            "api-key",
            "apikey",
            "api_key",
            "cookie",
            "csrf",
            "xsrf",
            "password",
            "passwd",
            "session");
    private static final int LARGEST_DECODED = 4 << 20;
    /** Octets of all bodies of one archive; the rest is left out. */
    private static final int MOST_OCTETS = 16 << 20;

    private final boolean secrets;
    private int left = MOST_OCTETS;

    private HttpArchive(boolean secrets) {
        this.secrets = secrets;
    }

    /**
     * All of them in one document.
     *
     * @param exchanges the newest first, as they are recorded
     * @param secrets whether to show cookies and credentials; else they are masked
     */
    public static ObjectNode of(List<RecordedExchange> exchanges, boolean secrets) {
        HttpArchive archive = new HttpArchive(secrets);
        ObjectNode root = JSON.createObjectNode();
        ObjectNode log = root.putObject("log").put("version", "1.2");
        log.putObject("creator")
                .put("name", "Phalanx")
                .put(
                        "version",
                        Objects.requireNonNullElse(
                                HttpArchive.class.getPackage().getImplementationVersion(), ""));
        ArrayNode entries = log.putArray("entries");
        exchanges.reversed().forEach(exchange -> archive.entry(entries.addObject(), exchange));
        return root;
    }

    /** As {@link #of}, as the octets of a file. */
    public static byte[] file(List<RecordedExchange> exchanges, boolean secrets) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(of(exchanges, secrets));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // a tree of ours
        }
    }

    /** A field's value as it may be shown: what lets somebody in is masked. */
    public static String shown(String name, String value) {
        return secret(name) ? MASK : value;
    }

    /** Whether what goes by a name is likely to let somebody in. */
    private static boolean secret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return SECRETS.stream().anyMatch(lower::contains);
    }

    /** A target as it may be shown: the values of parameters that let somebody in are masked. */
    public static String shownTarget(String target) {
        int question = target.indexOf('?');
        if (question < 0) {
            return target;
        }
        StringBuilder out = new StringBuilder(target.substring(0, question));
        char before = '?';
        for (String pair : target.substring(question + 1).split("&", -1)) {
            int equals = pair.indexOf('=');
            boolean hide = equals >= 0 && secret(pair.substring(0, equals));
            out.append(before).append(hide ? pair.substring(0, equals + 1) + MASK : pair);
            before = '&';
        }
        return out.toString();
    }

    private void entry(ObjectNode out, RecordedExchange exchange) {
        RequestRecord summary = exchange.summary();
        out.put("startedDateTime", Instant.ofEpochMilli(summary.startMillis()).toString());
        out.put("time", millis(summary.totalNanos()));
        request(out.putObject("request"), exchange);
        response(out.putObject("response"), exchange);
        out.putObject("cache");
        long known = summary.connectNanos() + summary.headNanos();
        boolean asked = summary.upstreamPeer() != null;
        long before = asked ? Math.max(0, summary.chosenNanos()) : summary.totalNanos();
        out.putObject("timings")
                .put("blocked", millis(before)) // limits, faults on purpose, breakpoints, a queue
                .put("dns", -1)
                .put("connect", millis(summary.connectNanos()))
                .put("ssl", -1)
                .put("send", 0)
                .put("wait", millis(summary.headNanos()))
                .put("receive", millis(Math.max(0, summary.totalNanos() - before - known)));
        if (summary.upstreamPeer() != null) {
            out.put("serverIPAddress", summary.upstreamPeer().getAddress().getHostAddress());
        }
        out.put("connection", Long.toString(summary.connection()))
                .put("_id", summary.id())
                .put("_client", Variables.endpoint(summary.client()))
                .put("_upstream", summary.upstream())
                .put("_upstreamServer", Variables.endpoint(summary.upstreamPeer()))
                .put("_upstreamLocal", Variables.endpoint(summary.upstreamLocal()))
                .put("_reason", summary.reason())
                .put("_fault", summary.injected());
        if (summary.failure() != null) {
            out.put("_failure", summary.failure().what());
        }
    }

    private void request(ObjectNode out, RecordedExchange exchange) {
        RequestHead head = exchange.request();
        out.put("method", head.method())
                .put(
                        "url",
                        head.scheme() + "://" + head.authority()
                                + (secrets ? head.target() : shownTarget(head.target())))
                .put("httpVersion", head.protocol());
        out.putArray("cookies");
        fields(out.putArray("headers"), head.fields());
        ArrayNode query = out.putArray("queryString");
        for (String pair : Objects.requireNonNullElse(head.query(), "").split("&", -1)) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                query.addObject()
                        .put("name", decoded(equals < 0 ? pair : pair.substring(0, equals)))
                        .put("value", equals < 0 ? "" : value(pair, equals));
            }
        }
        out.put("headersSize", -1).put("bodySize", exchange.requestBody().length());
        if (exchange.requestBody().length() > 0) {
            ObjectNode post = out.putObject("postData");
            post.put("mimeType", Objects.requireNonNullElse(head.fields().value(FieldName.CONTENT_TYPE), ""));
            post.putArray("params");
            text(post, exchange.requestBody(), "");
        }
    }

    private String value(String pair, int equals) {
        String value = decoded(pair.substring(equals + 1));
        return secrets ? value : shown(pair.substring(0, equals), value);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) { // no percent code: as it stands
            return text;
        }
    }

    private void response(ObjectNode out, RecordedExchange exchange) {
        ResponseHead head = exchange.response();
        out.put("status", head == null ? 0 : head.status())
                .put("statusText", head == null ? "" : head.reason())
                .put("httpVersion", exchange.request().protocol());
        out.putArray("cookies");
        ArrayNode headers = out.putArray("headers");
        String location = head == null ? null : head.fields().value(FieldName.LOCATION);
        ObjectNode content =
                out.putObject("content").put("size", exchange.responseBody().length());
        String type = null;
        String coding = null;
        if (head != null) {
            fields(headers, head.fields());
            type = head.fields().value(FieldName.CONTENT_TYPE);
            coding = head.fields().value(FieldName.CONTENT_ENCODING);
        }
        content.put("mimeType", Objects.requireNonNullElse(type, ""));
        text(content, exchange.responseBody(), Objects.requireNonNullElse(coding, ""));
        out.put("redirectURL", Objects.requireNonNullElse(location, ""))
                .put("headersSize", -1)
                .put("bodySize", exchange.responseBody().length());
    }

    private void fields(ArrayNode out, Fields fields) {
        for (int i = 0; i < fields.count(); i++) {
            String name = fields.name(i);
            out.addObject().put("name", name).put("value", secrets ? fields.value(i) : shown(name, fields.value(i)));
        }
    }

    /**
     * A body as text, as far as it was kept; empty for octets that are none.
     *
     * @param fields those of its message
     */
    public static Optional<String> text(RecordedBody body, Fields fields) {
        return Optional.ofNullable(
                utf8(plain(body, Objects.requireNonNullElse(fields.value(FieldName.CONTENT_ENCODING), ""))));
    }

    private static byte[] plain(RecordedBody body, String coding) {
        return coding.equalsIgnoreCase("gzip") ? unpacked(body.octets()) : body.octets();
    }

    private void text(ObjectNode out, RecordedBody body, String coding) {
        byte[] octets = left <= 0 ? new byte[0] : plain(body, coding);
        if (left <= 0 || octets.length > left) {
            left = 0;
            out.put("comment", "left out: the bodies of this archive are larger than " + (MOST_OCTETS >> 20) + " MiB");
            return;
        }
        left -= octets.length;
        String text = utf8(octets);
        if (text != null) {
            out.put("text", text);
        } else {
            out.put("text", Base64.getEncoder().encodeToString(octets)).put("encoding", "base64");
        }
        if (!body.whole()) {
            out.put("comment", "the first " + body.octets().length + " of " + body.length() + " octets");
        }
    }

    /** What was packed, as far as it was kept and up to a limit; as it stands when it is no gzip. */
    private static byte[] unpacked(byte[] octets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(octets))) {
            for (int n = in.read(part); n > 0 && out.size() < LARGEST_DECODED; n = in.read(part)) {
                out.write(part, 0, n);
            }
        } catch (IOException _) {
            // cut, or no gzip
        }
        return out.size() == 0 ? octets : out.toByteArray();
    }

    private static @Nullable String utf8(byte[] octets) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException _) {
            return null;
        }
    }

    private static double millis(long nanos) {
        return Math.round(nanos / 1e3) / 1e3;
    }
}
