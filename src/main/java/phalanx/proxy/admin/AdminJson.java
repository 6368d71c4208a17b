package phalanx.proxy.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phalanx.config.Node;
import phalanx.config.Word;
import phalanx.proxy.breakpoint.Breakpoints;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.Failure;
import phalanx.proxy.http.FieldName;
import phalanx.proxy.http.Fields;
import phalanx.proxy.http.Replies;
import phalanx.proxy.http.Variables;
import phalanx.proxy.record.RequestRecord;
import phalanx.proxy.record.Secrets;
import phalanx.proxy.route.AiPredictive;
import phalanx.proxy.route.Server;
import phalanx.proxy.route.Upstream;

/** What the admin API shows, as JSON. Any thread. */
final class AdminJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Directives that give a name a value, which may be one that lets somebody in. */
    private static final Set<String> VALUES = Set.of("proxy_set_header", "add_header", "fastcgi_param", "uwsgi_param");

    private AdminJson() {}

    /** Answers with a document. */
    static void send(Exchange exchange, JsonNode node) {
        try {
            send(
                    exchange,
                    "application/json",
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // a tree of ours
        }
    }

    /** Answers with a text. */
    static void send(Exchange exchange, String type, String text) {
        send(exchange, type, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same with another status than 200. */
    static void send(Exchange exchange, int status, String type, String text) {
        send(exchange, status, type, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers with octets. */
    static void send(Exchange exchange, String type, byte[] octets) {
        send(exchange, 200, type, octets);
    }

    private static void send(Exchange exchange, int status, String type, byte[] octets) {
        ByteBuf body = Unpooled.wrappedBuffer(octets);
        Fields fields =
                Replies.fields(exchange).add(FieldName.CONTENT_TYPE, type).add(FieldName.CACHE_CONTROL, "no-store");
        exchange.answer(status, fields, body);
    }

    static ObjectNode upstream(ObjectNode out, Upstream upstream) {
        out.put("name", upstream.name())
                .put("algorithm", upstream.settings().algorithm().name().toLowerCase(Locale.ROOT))
                .put("active", upstream.active());
        ArrayNode servers = out.putArray("servers");
        for (Server server : upstream.servers()) {
            ObjectNode one = servers.addObject()
                    .put("server", server.toString())
                    .put("address", Variables.endpoint(server.address()))
                    .put("state", server.health().state().name().toLowerCase(Locale.ROOT))
                    .put("probe", server.health().probeSays())
                    .put("weight", server.weight())
                    .put("backup", server.backup())
                    .put("active", server.active())
                    .put("requests", server.requests())
                    .put("failures", server.failures())
                    .put("latency_ms", Math.round(server.latency().millis() * 1000) / 1e3);
            if (upstream.balancer() instanceof AiPredictive bandit) {
                one.put("reward", bandit.score(server));
            }
        }
        return out;
    }

    static void request(ObjectNode out, RequestRecord record) {
        out.put("id", record.id())
                .put("time", Instant.ofEpochMilli(record.startMillis()).toString())
                .put("client", Variables.endpoint(record.client()))
                .put("from", Variables.endpoint(record.from()))
                .put("local", Variables.endpoint(record.local()))
                .put("upstream_local", Variables.endpoint(record.upstreamLocal()))
                .put("upstream_server", Variables.endpoint(record.upstreamPeer()))
                .put("method", record.method())
                .put("host", record.host())
                .put("target", Secrets.maskedTarget(record.target()))
                .put("protocol", record.protocol())
                .put("status", record.status())
                .put("request_bytes", record.requestBytes())
                .put("response_bytes", record.responseBytes())
                .put("upstream", record.upstream())
                .put("reason", record.reason())
                .put("attempts", record.attempts())
                .put("fault", record.injected())
                .put("guard", record.guard())
                .put("connect_ms", millis(record.connectNanos()))
                .put("first_byte_ms", millis(record.headNanos()))
                .put("total_ms", millis(record.totalNanos()));
        @Nullable Failure failure = record.failure();
        if (failure != null) {
            out.put("failed_side", failure.side().name().toLowerCase(Locale.ROOT))
                    .put("failure", failure.error())
                    .put("failure_text", failure.what());
        }
    }

    static void route(ObjectNode out, AdminControl.RouteFaults route) {
        out.put("at", route.at()).put("route", route.route());
        ArrayNode faults = out.putArray("faults");
        route.faults().now().forEach(fault -> faults.add(fault.text()));
    }

    static ObjectNode breakpoints(ObjectNode out, Breakpoints breakpoints) {
        ArrayNode set = out.putArray("set");
        breakpoints.all().forEach(one -> set.add(one.text()));
        out.put("passed", breakpoints.passed());
        ArrayNode stopped = out.putArray("stopped");
        for (Breakpoints.Stopped one : breakpoints.stopped()) {
            ObjectNode node = stopped.addObject()
                    .put("number", one.number())
                    .put("breakpoint", one.at().text());
            request(node.putObject("request"), one.request());
            ArrayNode fields = node.putArray("fields");
            for (int i = 0; i < one.fields().count(); i++) {
                String name = one.fields().name(i);
                fields.addObject()
                        .put("name", name)
                        .put("value", Secrets.masked(name, one.fields().value(i)));
            }
        }
        return out;
    }

    private static double millis(long nanos) {
        return Math.round(nanos / 1e3) / 1e3;
    }

    static void directive(ObjectNode out, Node node) {
        out.put("name", node.name().text())
                .put("line", node.at().line())
                .put("file", node.at().file());
        ArrayNode arguments = out.putArray("arguments");
        boolean field = VALUES.contains(node.name().text()) && node.arguments().size() == 2;
        for (Word word : node.arguments()) {
            boolean value = field && !arguments.isEmpty();
            arguments.add(value ? Secrets.masked(node.argument(0), word.text()) : word.text());
        }
        node.block().ifPresent(block -> {
            ArrayNode inner = out.putArray("block");
            block.forEach(child -> directive(inner.addObject(), child));
        });
    }
}
