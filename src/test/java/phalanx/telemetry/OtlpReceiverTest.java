package phalanx.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.net.Endpoint;
import phalanx.net.IpAddress;
import phalanx.run.Outcome;

/** OpenTelemetry's own exporters are understood over both ways, and nobody else does harm. */
class OtlpReceiverTest {
    private static final OtlpLimits SMALL = new OtlpLimits(64 << 10, 128 << 10, 8, 10, 4, 8, Duration.ofMillis(400));

    @TempDir
    private Path folder;

    private @Nullable OtlpReceiver running;

    private OtlpReceiver started(OtlpLimits limits) {
        Outcome<OtlpReceiver> outcome = OtlpReceiver.start("127.0.0.1", 0, 0, folder.resolve("otlp.jsonl"), limits);
        OtlpReceiver receiver = assertInstanceOf(
                OtlpReceiver.class, assertInstanceOf(Outcome.Ok.class, outcome).value());
        running = receiver;
        return receiver;
    }

    private OtlpReceiver receiver() {
        return Objects.requireNonNull(running);
    }

    @AfterEach
    void close() {
        receiver().close();
    }

    private static String url(InetSocketAddress at, String path) {
        return "http://127.0.0.1:" + at.getPort() + path;
    }

    private static Resource resource(String service) {
        return Resource.create(Attributes.of(
                AttributeKey.stringKey("service.name"), service, AttributeKey.stringKey("k8s.pod.ip"), "10.0.0.1"));
    }

    /** A client's span and inside of it the server's, which fails, so many times. */
    private static void spans(SpanExporter exporter, int calls) {
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .setResource(resource("cart"))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setMaxQueueSize(4 * calls + 1)
                        .build())
                .build()) {
            var tracer = provider.get("test");
            for (int i = 0; i < calls; i++) {
                var asks = tracer.spanBuilder("GET /stock")
                        .setSpanKind(SpanKind.CLIENT)
                        .setAttribute("server.address", "10.0.0.9")
                        .setAttribute("server.port", 8080L)
                        .startSpan();
                var answers = tracer.spanBuilder("stock")
                        .setParent(Context.root().with(asks))
                        .setSpanKind(SpanKind.SERVER)
                        .startSpan();
                answers.setStatus(StatusCode.ERROR, "sold out").end();
                asks.end();
            }
            assertTrue(provider.forceFlush().join(20, TimeUnit.SECONDS).isSuccess());
        }
    }

    private static void points(MetricExporter exporter) {
        try (SdkMeterProvider provider = SdkMeterProvider.builder()
                .setResource(resource("cart"))
                .registerMetricReader(PeriodicMetricReader.create(exporter))
                .build()) {
            provider.get("test").counterBuilder("orders").build().add(3);
            provider.get("test").histogramBuilder("wait").build().record(0.25);
            assertTrue(provider.forceFlush().join(20, TimeUnit.SECONDS).isSuccess());
        }
    }

    private static void logs(LogRecordExporter exporter) {
        try (SdkLoggerProvider provider = SdkLoggerProvider.builder()
                .setResource(resource("cart"))
                .addLogRecordProcessor(SimpleLogRecordProcessor.create(exporter))
                .build()) {
            provider.get("test")
                    .logRecordBuilder()
                    .setSeverity(Severity.ERROR)
                    .setBody("out of stock")
                    .emit();
            assertTrue(provider.forceFlush().join(20, TimeUnit.SECONDS).isSuccess());
        }
    }

    private void assertAllThere(int calls) {
        OtlpStore.Counts counts = receiver().store().counts();
        assertEquals(2L * calls, counts.spans());
        assertEquals(0, counts.refused() + counts.wrong() + counts.gone());
        Telemetry got = receiver().store().snapshot();
        Span asks = got.spans().stream()
                .filter(span -> span.kind() == Span.Kind.CLIENT)
                .findFirst()
                .orElseThrow();
        Span answers = got.spans().stream()
                .filter(span -> span.parent().equals(asks.id()))
                .findFirst()
                .orElseThrow();
        assertEquals(new Endpoint(IpAddress.v4(0x0A000009), 8080), asks.to());
        assertEquals(IpAddress.v4(0x0A000001), asks.at());
        assertEquals(asks.trace(), answers.trace());
        assertTrue(answers.failed());
        assertEquals("stock: sold out", answers.text());
        assertEquals(
                List.of("orders", "wait_count", "wait_sum"),
                got.series().stream()
                        .map(series -> series.points().name())
                        .filter(name -> !name.startsWith("otel.")) // the SDK's own
                        .sorted()
                        .toList());
        assertTrue(got.events().stream()
                .anyMatch(event ->
                        event.text().equals("cart ERROR out of stock") && event.weight() == Event.Weight.TROUBLE));
        receiver().close();
        Telemetry kept =
                switch (TelemetryFile.read(Objects.requireNonNull(receiver().file()))) {
                    case Outcome.Ok<Telemetry>(var read) -> read;
                    case Outcome.Failed<Telemetry>(var problem) -> throw new AssertionError(problem.toString());
                };
        assertEquals(List.of(), kept.files().getFirst().problems());
        assertEquals(got.spans(), kept.spans(), "the file holds what was received");
        assertEquals(got.events(), kept.events());
        assertArrayEquals(
                got.series().getFirst().points().values(),
                kept.series().getFirst().points().values());
    }

    @Test
    void spans_points_and_logs_of_the_SDK_come_by_HTTP() {
        InetSocketAddress at = started(OtlpLimits.USUAL).http();
        spans(
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(url(at, "/v1/traces"))
                        .setCompression("gzip")
                        .build(),
                1_000);
        points(OtlpHttpMetricExporter.builder()
                .setEndpoint(url(at, "/v1/metrics"))
                .build());
        logs(OtlpHttpLogRecordExporter.builder()
                .setEndpoint(url(at, "/v1/logs"))
                .build());
        assertAllThere(1_000);
    }

    @Test
    void spans_points_and_logs_of_the_SDK_come_by_gRPC() {
        InetSocketAddress at = started(OtlpLimits.USUAL).grpc();
        spans(
                OtlpGrpcSpanExporter.builder()
                        .setEndpoint(url(at, ""))
                        .setCompression("gzip")
                        .build(),
                1_000);
        points(OtlpGrpcMetricExporter.builder().setEndpoint(url(at, "")).build());
        logs(OtlpGrpcLogRecordExporter.builder().setEndpoint(url(at, "")).build());
        assertAllThere(1_000);
    }

    private static HttpResponse<byte[]> post(InetSocketAddress at, String path, byte[] body, String... headers)
            throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(at, path)))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static final byte[] JSON = """
            {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"5b8e","spanId":"1","name":"a","startTimeUnixNano":"1700000000000000000"},{"name":"no time"}]}]}]}
            """.getBytes(UTF_8);

    @Test
    void what_is_no_telemetry_is_refused_by_HTTP_with_the_status_that_says_why_and_others_are_served_on()
            throws Exception {
        InetSocketAddress at = started(SMALL).http();
        String type = "Content-Type";
        String json = "application/json";
        String proto = "application/x-protobuf";
        assertEquals(404, post(at, "/", JSON, type, json).statusCode());
        assertEquals(415, post(at, "/v1/traces", JSON).statusCode());
        assertEquals(
                415,
                post(at, "/v1/traces", JSON, type, json, "Content-Encoding", "br")
                        .statusCode());
        assertEquals(400, post(at, "/v1/traces", JSON, type, proto).statusCode());
        assertEquals(
                400, post(at, "/v1/traces", "[1".getBytes(UTF_8), type, json).statusCode());
        assertEquals(400, post(at, "/v1/logs", JSON, type, json).statusCode());
        assertEquals(
                400,
                post(at, "/v1/traces", "[".repeat(5_000).getBytes(UTF_8), type, json)
                        .statusCode());
        assertEquals(
                400,
                post(at, "/v1/traces", JSON, type, json, "Content-Encoding", "gzip")
                        .statusCode());
        assertEquals(
                413,
                post(at, "/v1/traces", new byte[SMALL.mostOctets() + 1], type, proto)
                        .statusCode());
        assertEquals(
                413,
                post(at, "/v1/traces", gzip(new byte[50 << 20]), type, proto, "Content-Encoding", "gzip")
                        .statusCode(),
                "a bomb");
        assertEquals(
                403,
                post(at, "/v1/traces", JSON, type, json, "Origin", "http://evil.test")
                        .statusCode());
        HttpResponse<byte[]> told = post(at, "/v1/traces", "{".getBytes(UTF_8), type, json);
        assertEquals(
                "{\"code\":3,\"message\":\"The body is no such message of OTLP.\"}", new String(told.body(), UTF_8));
        assertEquals(12, receiver().store().counts().refused());
        HttpResponse<byte[]> taken = post(at, "/v1/traces", gzip(JSON), type, json, "Content-Encoding", "gzip");
        assertEquals(200, taken.statusCode());
        assertEquals(
                "{\"partialSuccess\":{\"rejectedSpans\":\"1\",\"errorMessage\":\"1 record is left out: a span has no begin\"}}",
                new String(taken.body(), UTF_8));
        assertEquals(1, receiver().store().counts().spans());
        assertEquals(1, receiver().store().counts().wrong());
    }

    @Test
    void what_is_left_out_is_told_to_the_sender_as_OpenTelemetry_reads_it() throws Exception {
        started(OtlpLimits.USUAL);
        byte[] message = OtlpSamples.withoutBegin(3);
        byte[] body = post(receiver().http(), "/v1/traces", message, "Content-Type", "application/x-protobuf")
                .body();
        var partial = ExportTraceServiceResponse.parseFrom(body).getPartialSuccess();
        assertEquals(3, partial.getRejectedSpans());
        assertEquals("3 records are left out, the first one: a span has no begin", partial.getErrorMessage());
        OkHttpClient client = new OkHttpClient.Builder()
                .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
                .build();
        try (Response told = call(
                client,
                "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
                "application/grpc",
                framed(message))) {
            byte[] answer = told.body().bytes();
            assertArrayEquals(framed(body), answer);
            assertEquals("0", told.trailers().get("grpc-status"));
        } finally {
            client.connectionPool().evictAll();
            client.dispatcher().executorService().shutdown();
        }
        assertEquals(6, receiver().store().counts().wrong());
    }

    @Test
    void connections_that_bring_nothing_make_room_for_others() throws Exception {
        InetSocketAddress at = started(SMALL).http();
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < SMALL.mostConnections(); i++) {
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(),
                        i % 2 == 0 ? at.getPort() : receiver().grpc().getPort());
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write('P'); // less than a head, and it may well trickle on
                idle.add(socket);
            }
            try (Socket other = new Socket(InetAddress.getLoopbackAddress(), at.getPort())) {
                other.setSoTimeout(10_000);
                assertEquals(-1, read(other));
            }
            assertEquals(1, receiver().store().counts().turnedAway());
            for (Socket socket : idle) {
                while (read(socket) >= 0) {} // what HTTP/2 says first
            }
            assertEquals(
                    200,
                    post(at, "/v1/traces", JSON, "Content-Type", "application/json")
                            .statusCode());
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    /** -1 at the end, in whatever way it comes. */
    private static int read(Socket from) throws IOException {
        try {
            return from.getInputStream().read();
        } catch (SocketException _) {
            return -1;
        }
    }

    @Test
    void who_keeps_a_connection_for_the_next_message_may() throws Exception {
        InetSocketAddress at = started(SMALL).http();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), at.getPort())) {
            String request =
                    "POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
            socket.setSoTimeout(10_000);
            for (int i = 0; i < 2; i++) {
                socket.getOutputStream().write(request.getBytes(UTF_8));
                String answer = "";
                while (!answer.endsWith("{}")) {
                    int one = read(socket);
                    assertTrue(one >= 0, answer);
                    answer += (char) one;
                }
                Thread.sleep(3 * SMALL.patience().toMillis());
            }
        }
        assertEquals(2, receiver().store().counts().requests());
    }

    @Test
    void a_message_of_more_fields_than_are_held_at_once_is_told_to_be_too_large() throws Exception {
        started(OtlpLimits.USUAL);
        byte[] many = OtlpSamples.encoded(25_000);
        assertTrue(many.length < OtlpLimits.USUAL.mostOctets());
        assertEquals(
                413,
                post(receiver().http(), "/v1/traces", many, "Content-Type", "application/x-protobuf")
                        .statusCode());
        assertEquals(
                200,
                post(
                                receiver().http(),
                                "/v1/traces",
                                OtlpSamples.encoded(8_192),
                                "Content-Type",
                                "application/x-protobuf")
                        .statusCode(),
                "a collector's usual batch");
    }

    @Test
    void values_inside_of_values_without_end_are_refused() throws Exception {
        byte[] value = {10, 0}; // AnyValue { text "" }
        for (int depth = 0; depth < 3_000; depth++) {
            byte[] list = wrapped(1, value); // ArrayValue { values }
            value = wrapped(5, list); // AnyValue { list }
        }
        byte[] attribute = wrapped(2, value);
        byte[] message = wrapped(1, wrapped(2, wrapped(2, wrapped(9, attribute))));
        assertTrue(message.length < SMALL.mostOctets());
        InetSocketAddress at = started(SMALL).http();
        assertEquals(
                400,
                post(at, "/v1/traces", message, "Content-Type", "application/x-protobuf")
                        .statusCode());
    }

    /** A field that is a message. */
    private static byte[] wrapped(int field, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(field << 3 | 2);
        int length = content.length;
        while (length > 0x7F) {
            out.write(length & 0x7F | 0x80);
            length >>>= 7;
        }
        out.write(length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    @Test
    void who_does_not_come_to_the_end_is_sent_away() throws Exception {
        InetSocketAddress at = started(SMALL).http();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), at.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(
                            "POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
                                    .getBytes(UTF_8));
            InputStream in = socket.getInputStream();
            assertTrue(new String(in.readAllBytes(), UTF_8).startsWith("HTTP/1.1 408 "));
        }
        assertEquals(
                200,
                post(at, "/v1/traces", JSON, "Content-Type", "application/json").statusCode());
    }

    private Response call(OkHttpClient client, String path, String type, byte[] body) throws IOException {
        return client.newCall(new Request.Builder()
                        .url(url(receiver().grpc(), path))
                        .header("te", "trailers")
                        .post(RequestBody.create(body, MediaType.get(type)))
                        .build())
                .execute();
    }

    private static byte[] framed(byte[] message) {
        return ByteBuffer.allocate(5 + message.length)
                .put((byte) 0)
                .putInt(message.length)
                .put(message)
                .array();
    }

    @Test
    void what_is_no_telemetry_is_refused_by_gRPC_with_its_status() throws Exception {
        started(SMALL);
        OkHttpClient client = new OkHttpClient.Builder()
                .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
                .build();
        String export = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
        String grpc = "application/grpc";
        try (Response unknown = call(client, "/other.Service/Do", grpc, framed(OtlpSamples.encoded()));
                Response noGrpc = call(client, export, "application/json", JSON);
                Response cut = call(client, export, grpc, new byte[] {0, 0, 0, 9, 9, 1});
                Response nonsense = call(client, export, grpc, framed("hello".getBytes(UTF_8)));
                Response large = call(client, export, grpc, framed(new byte[SMALL.mostOctets()]));
                Response fine = call(client, export, grpc, framed(OtlpSamples.encoded()))) {
            assertEquals("12", unknown.header("grpc-status"));
            assertEquals(415, noGrpc.code());
            assertEquals("3", cut.header("grpc-status"));
            assertEquals("3", nonsense.header("grpc-status"));
            assertEquals("8", large.header("grpc-status"));
            assertArrayEquals(new byte[5], fine.body().bytes());
            assertEquals("0", fine.trailers().get("grpc-status"));
        } finally {
            client.connectionPool().evictAll();
            client.dispatcher().executorService().shutdown();
        }
        assertEquals(5, receiver().store().counts().refused());
        assertEquals(1, receiver().store().counts().spans());
    }

    @Test
    void the_newest_are_held_and_what_had_to_go_is_counted() {
        InetSocketAddress at = started(SMALL).http();
        spans(OtlpHttpSpanExporter.builder().setEndpoint(url(at, "/v1/traces")).build(), 50);
        assertEquals(100, receiver().store().counts().spans());
        assertEquals(90, receiver().store().counts().gone());
        assertEquals(10, receiver().store().snapshot().spans().size());
    }

    @Test
    void a_port_that_is_taken_is_told() {
        int taken = started(SMALL).http().getPort();
        var failed = assertInstanceOf(
                Outcome.Failed.class, OtlpReceiver.start("127.0.0.1", 0, taken, folder.resolve("other.jsonl"), SMALL));
        assertEquals(OtlpReceiver.NOT_LISTENING, failed.problem().code());
        assertNull(receiver().file(), "nothing came, and there is no file");
    }
}
