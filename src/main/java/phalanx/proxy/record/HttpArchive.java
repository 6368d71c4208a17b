package phalanx.proxy.record;

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
    private static final int LARGEST_DECODED = 4 << 20;

    private final boolean secrets;

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

    /** A field's value as it may be shown: what lets somebody in is masked. */
    public static String shown(String name, String value) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "x-auth-token" -> MASK;
            default -> value;
        };
    }

    private void entry(ObjectNode out, RecordedExchange exchange) {
        RequestRecord summary = exchange.summary();
        out.put("startedDateTime", Instant.ofEpochMilli(summary.startMillis()).toString());
        out.put("time", millis(summary.totalNanos()));
        request(out.putObject("request"), exchange);
        response(out.putObject("response"), exchange);
        out.putObject("cache");
        double connect = millis(summary.connectNanos());
        double wait = millis(summary.headNanos());
        out.putObject("timings")
                .put("blocked", -1)
                .put("dns", -1)
                .put("connect", connect)
                .put("ssl", -1)
                .put("send", 0)
                .put("wait", wait)
                .put("receive", Math.max(0, millis(summary.totalNanos()) - connect - wait));
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
                .put("url", head.scheme() + "://" + head.authority() + head.target())
                .put("httpVersion", head.protocol());
        out.putArray("cookies");
        fields(out.putArray("headers"), head.fields());
        ArrayNode query = out.putArray("queryString");
        for (String pair : Objects.requireNonNullElse(head.query(), "").split("&", -1)) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                query.addObject()
                        .put("name", decoded(equals < 0 ? pair : pair.substring(0, equals)))
                        .put("value", decoded(equals < 0 ? "" : pair.substring(equals + 1)));
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

    private static void text(ObjectNode out, RecordedBody body, String coding) {
        byte[] octets = coding.equalsIgnoreCase("gzip") ? unpacked(body.octets()) : body.octets();
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

    /** As text, or null for octets that are none. */
    public static @Nullable String utf8(byte[] octets) {
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
