package phalanx.proxy.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.BackendListener;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.ExchangeTimes;
import phalanx.proxy.http.Failure;
import phalanx.proxy.http.Fields;
import phalanx.proxy.http.ResponseHead;
import phalanx.proxy.http.SingleRequest;
import phalanx.proxy.http.TraceContext;
import phalanx.proxy.http.Variables;
import phalanx.proxy.transport.Transport;
import phalanx.proxy.transport.Worker;

/**
 * Sends spans to a collector, once a second and together (OTLP 1.0 over HTTP, in JSON). What it cannot take is dropped and counted. Any
 * thread adds; the rest is on one event loop.
 */
public final class SpanExporter {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_WAITING = 8192;
    private static final int MOST_AT_ONCE = 1024;
    private static final int KIND_SERVER = 2;
    private static final int KIND_CLIENT = 3;
    private static final int STATUS_ERROR = 2;

    private final TraceSettings settings;
    private final Worker worker;
    private final Transport transport;
    private final InetSocketAddress address;
    private final ConcurrentLinkedQueue<Exchange> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final LongAdder dropped;
    private final ScheduledFuture<?> ticking;
    private boolean sending;

    /** @param dropped counts exchanges whose spans nobody took */
    public SpanExporter(TraceSettings settings, Worker worker, Transport transport, LongAdder dropped) {
        this.settings = settings;
        this.worker = worker;
        this.transport = transport;
        this.dropped = dropped;
        this.address = new InetSocketAddress(
                settings.collector().host(), settings.collector().port());
        this.ticking = worker.loop().scheduleAtFixedRate(this::send, 1, 1, TimeUnit.SECONDS);
    }

    public TraceSettings settings() {
        return settings;
    }

    /** Takes an exchange that is over. */
    public void add(Exchange exchange) {
        if (count.incrementAndGet() > MOST_WAITING) {
            count.decrementAndGet();
            dropped.increment();
        } else {
            waiting.add(exchange);
        }
    }

    /** Ends it; what waits is not sent any more. */
    public void close() {
        ticking.cancel(false);
    }

    private void send() {
        if (sending) {
            return;
        }
        List<Exchange> batch = new ArrayList<>();
        for (Exchange exchange = waiting.poll(); exchange != null; exchange = waiting.poll()) {
            batch.add(exchange);
            if (batch.size() == MOST_AT_ONCE) {
                break;
            }
        }
        count.addAndGet(-batch.size());
        if (!batch.isEmpty()) {
            sending = true;
            SingleRequest.post(settings.collector(), "/v1/traces", document(batch), PATIENCE, PATIENCE)
                    .send(worker, transport, address, new Answer(batch.size()));
        }
    }

    private byte[] document(List<Exchange> batch) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode resource = root.putArray("resourceSpans").addObject();
        attribute(resource.putObject("resource").putArray("attributes"), "service.name", settings.serviceName());
        ObjectNode scope = resource.putArray("scopeSpans").addObject();
        scope.putObject("scope").put("name", "phalanx.proxy");
        ArrayNode spans = scope.putArray("spans");
        for (Exchange exchange : batch) {
            TraceContext trace = exchange.trace();
            if (trace != null) {
                spans(spans, exchange, trace);
            }
        }
        try {
            return JSON.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // a tree of ours
        }
    }

    private static void spans(ArrayNode spans, Exchange exchange, TraceContext trace) {
        ExchangeTimes times = exchange.times();
        ObjectNode server = span(spans, exchange, trace.server(), trace.parent(), KIND_SERVER, times.start)
                .put("traceId", trace.traceId());
        ArrayNode attributes = common(server, exchange);
        attribute(attributes, "url.scheme", exchange.request().scheme());
        attribute(attributes, "url.path", exchange.request().path());
        attribute(attributes, "server.address", exchange.request().host());
        attribute(attributes, "client.address", Variables.text(exchange.clientAddress()));
        attribute(
                attributes,
                "network.protocol.version",
                exchange.request().protocol().substring(5));
        attribute(attributes, "phalanx.request_id", exchange.id());
        if (times.chosen != 0) {
            ObjectNode client = span(spans, exchange, trace.client(), trace.server(), KIND_CLIENT, times.chosen)
                    .put("traceId", trace.traceId());
            ArrayNode upstream = common(client, exchange);
            attribute(upstream, "phalanx.upstream", exchange.asked().upstream());
            attribute(upstream, "phalanx.upstream_reason", exchange.asked().reason());
            String peer = Variables.endpoint(exchange.asked().peer());
            attribute(upstream, "network.peer.address", peer == null ? "" : peer);
        }
    }

    private static ObjectNode span(ArrayNode spans, Exchange exchange, String id, String parent, int kind, long from) {
        ExchangeTimes times = exchange.times();
        long epochNanos = times.startMillis * 1_000_000;
        ObjectNode span = spans.addObject()
                .put("spanId", id)
                .put("name", exchange.request().method())
                .put("kind", kind)
                .put("startTimeUnixNano", Long.toString(epochNanos + from - times.start))
                .put("endTimeUnixNano", Long.toString(epochNanos + times.end - times.start));
        if (!parent.isEmpty()) {
            span.put("parentSpanId", parent);
        }
        return span;
    }

    private static ArrayNode common(ObjectNode span, Exchange exchange) {
        ArrayNode attributes = span.putArray("attributes");
        attribute(attributes, "http.request.method", exchange.request().method());
        attributes
                .addObject()
                .put("key", "http.response.status_code")
                .putObject("value")
                .put("intValue", Integer.toString(exchange.status()));
        Failure failure = exchange.failure();
        if (failure != null) {
            attribute(attributes, "error.type", failure.error());
        }
        if (exchange.status() >= 500) {
            span.putObject("status").put("code", STATUS_ERROR);
        }
        return attributes;
    }

    private static void attribute(ArrayNode attributes, String key, String value) {
        attributes.addObject().put("key", key).putObject("value").put("stringValue", value);
    }

    /** A batch is done with. */
    private void sent(int lost) {
        sending = false;
        dropped.add(lost);
        if (count.get() >= MOST_AT_ONCE) {
            worker.loop().execute(this::send);
        }
    }

    /** What the collector says. */
    private final class Answer implements BackendListener {
        private final int exchanges;
        private boolean taken;

        Answer(int exchanges) {
            this.exchanges = exchanges;
        }

        @Override
        public void head(ResponseHead head, boolean end) {
            taken = head.status() / 100 == 2;
            if (end) {
                sent(taken ? 0 : exchanges);
            }
        }

        @Override
        public void data(ByteBuf data) {
            data.release();
        }

        @Override
        public void end(@Nullable Fields trailer) {
            sent(taken ? 0 : exchanges);
        }

        @Override
        public void failed(Failure failure) {
            sent(exchanges);
        }
    }
}
