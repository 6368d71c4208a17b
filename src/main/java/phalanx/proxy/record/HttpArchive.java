package phalanx.proxy.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
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
    /** Octets of all bodies of one archive; the rest is left out. */
    private static final int MOST_OCTETS = 16 << 20;

    private final boolean secrets;
    private int left = MOST_OCTETS;

    private HttpArchive(boolean secrets) {
        this.secrets = secrets;
    }

    /**
     * All of them in one document, as the octets of a file.
     *
     * @param exchanges the newest first, as they are recorded
     * @param secrets whether to show cookies and credentials; else they are masked
     */
    public static byte[] file(List<RecordedExchange> exchanges, boolean secrets) {
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
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // a tree of ours
        }
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
                                + (secrets ? head.target() : Secrets.maskedTarget(head.target())))
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
        return secrets ? value : Secrets.masked(pair.substring(0, equals), value);
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
            out.addObject()
                    .put("name", name)
                    .put("value", secrets ? fields.value(i) : Secrets.masked(name, fields.value(i)));
        }
    }

    private void text(ObjectNode out, RecordedBody body, String coding) {
        byte[] octets = left <= 0 ? new byte[0] : body.plain(coding);
        if (left <= 0 || octets.length > left) {
            left = 0;
            out.put("comment", "left out: the bodies of this archive are larger than " + (MOST_OCTETS >> 20) + " MiB");
            return;
        }
        left -= octets.length;
        RecordedBody.text(octets)
                .ifPresentOrElse(
                        text -> out.put("text", text),
                        () -> out.put("text", Base64.getEncoder().encodeToString(octets))
                                .put("encoding", "base64"));
        if (!body.whole()) {
            out.put("comment", "the first " + body.octets().length + " of " + body.length() + " octets");
        }
    }

    private static double millis(long nanos) {
        return Math.round(nanos / 1e3) / 1e3;
    }
}
