package phalanx.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

/** What both ways in have in common: gathers a message within limits, understands it, keeps it, holds it. Any thread. */
final class OtlpIntake {
    /** What keeps messages as lines of JSON. */
    interface Lines {
        /** @throws IOException when it cannot be kept: the sender is asked to try again */
        void add(String json) throws IOException;
    }

    /** By the end of the path of a request. */
    static final Map<String, OtlpMessage.Signal> SIGNALS = Map.of(
            "/v1/traces", OtlpMessage.Signal.TRACES,
            "/v1/metrics", OtlpMessage.Signal.METRICS,
            "/v1/logs", OtlpMessage.Signal.LOGS);

    /** By the path of a call (opentelemetry/proto/collector). */
    static final Map<String, OtlpMessage.Signal> METHODS = Map.of(
            "/opentelemetry.proto.collector.trace.v1.TraceService/Export", OtlpMessage.Signal.TRACES,
            "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", OtlpMessage.Signal.METRICS,
            "/opentelemetry.proto.collector.logs.v1.LogsService/Export", OtlpMessage.Signal.LOGS);

    /** Names and values of one message; a usual batch of 512 spans has 150,000. */
    private static final long MOST_TOKENS = 1_500_000;

    /** Fields of one message in protobuf: a collector's usual batch of 8,192 spans has 480,000. */
    static final int MOST_FIELDS = 1_000_000;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxTokenCount(MOST_TOKENS).build())
            .build());

    private final OtlpLimits limits;
    private final OtlpStore store;
    private final Lines lines;
    private final AtomicLong coming = new AtomicLong();

    OtlpIntake(OtlpLimits limits, OtlpStore store, Lines lines) {
        this.limits = limits;
        this.store = store;
        this.lines = lines;
    }

    OtlpLimits limits() {
        return limits;
    }

    /** Counts one that was refused. */
    void refused() {
        store.refused();
    }

    /** A message on its way. One thread. */
    final class Body {
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        private boolean over;

        void add(ByteBuf more) throws OtlpRefusal.Refused {
            int length = more.readableBytes();
            if (octets.size() + (long) length > limits.mostOctets()) {
                throw new OtlpRefusal.Refused(OtlpRefusal.TOO_LARGE);
            }
            if (coming.addAndGet(length) > limits.mostComing()) {
                coming.addAndGet(-length);
                throw new OtlpRefusal.Refused(OtlpRefusal.BUSY);
            }
            byte[] copy = new byte[length];
            more.getBytes(more.readerIndex(), copy);
            octets.writeBytes(copy);
        }

        byte[] octets() {
            return octets.toByteArray();
        }

        /** It is no longer under way. May be called again. */
        void end() {
            if (!over) {
                over = true;
                coming.addAndGet(-octets.size());
            }
        }
    }

    Body begin() {
        return new Body();
    }

    /** @param encoding of HTTP or gRPC; empty and {@code identity} for none */
    byte[] unpacked(byte[] octets, String encoding) throws OtlpRefusal.Refused {
        if (encoding.isEmpty() || encoding.equals("identity")) {
            return octets;
        }
        if (!encoding.equals("gzip")) {
            throw new OtlpRefusal.Refused(OtlpRefusal.CONTENT);
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(octets))) {
            byte[] all = in.readNBytes(limits.mostOctets() + 1);
            if (all.length > limits.mostOctets()) {
                throw new OtlpRefusal.Refused(OtlpRefusal.TOO_LARGE);
            }
            return all;
        } catch (IOException _) {
            throw new OtlpRefusal.Refused(OtlpRefusal.MALFORMED);
        }
    }

    /** Takes a whole message: it is kept when this returns. @return what of it is left out */
    OtlpPartial take(OtlpMessage.Signal signal, boolean json, byte[] octets) throws OtlpRefusal.Refused {
        JsonNode message;
        try {
            message = json ? JSON.readTree(octets) : OtlpMessage.json(signal, ByteBuffer.wrap(octets), MOST_FIELDS);
        } catch (Malformed.TooLarge _) {
            throw new OtlpRefusal.Refused(OtlpRefusal.TOO_LARGE);
        } catch (Malformed | JsonProcessingException _) {
            throw new OtlpRefusal.Refused(OtlpRefusal.MALFORMED);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory", e);
        }
        JsonNode list = message.path(signal.field());
        if (json && !(message.isObject() && (list.isArray() || message.isEmpty()))) {
            throw new OtlpRefusal.Refused(OtlpRefusal.MALFORMED);
        }
        Gathering into = new Gathering("OTLP", "OTLP");
        TelemetryFile.otlp(message, into);
        if (!list.isEmpty()) {
            try {
                lines.add(message.toString());
            } catch (IOException e) {
                System.getLogger("phalanx.telemetry").log(System.Logger.Level.DEBUG, "a message is not kept", e);
                throw new OtlpRefusal.Refused(OtlpRefusal.NOT_KEPT);
            }
        }
        store.take(into.telemetry(), into.wrong());
        return new OtlpPartial(signal, into.wrong(), into.firstFault());
    }
}
