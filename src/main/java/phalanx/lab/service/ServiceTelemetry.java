package phalanx.lab.service;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What an instance tells of itself by OTLP over HTTP, named as OpenTelemetry's semantic conventions 1.40 name it (http, db, jvm,
 * exceptions): spans and logs every 200 ms, metrics every second. A resource does not change, so that each deploy makes another of these.
 * Any thread.
 */
final class ServiceTelemetry implements AutoCloseable {
    private static final String SCOPE = "phalanx.lab";
    private static final Duration OFTEN = Duration.ofMillis(200);
    private static final Duration METRICS = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final List<Double> SECONDS =
            List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);
    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private static final AttributeKey<String> STATE = AttributeKey.stringKey("db.client.connection.state");
    private static final Attributes POOL =
            Attributes.of(AttributeKey.stringKey("db.client.connection.pool.name"), "service");

    /** Says several lines for each batch that a collector does not take; held, as loggers that are not are forgotten. */
    private static final Logger EXPORTERS = Logger.getLogger("io.opentelemetry");

    static {
        EXPORTERS.setLevel(Level.OFF);
    }

    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;
    private final DoubleHistogram durations;
    private final DoubleHistogram waits;
    private final MachineMetrics machine;

    /**
     * Who tells.
     *
     * @param collector where it goes: {@code http://127.0.0.1:4318}; empty for nowhere
     */
    record Identity(String collector, String service, String instance, String version) {
        Identity version(String changed) {
            return new Identity(collector, service, instance, changed);
        }
    }

    ServiceTelemetry(Identity identity) {
        Resource resource = Resource.getDefault()
                .merge(Resource.create(Attributes.builder()
                        .put("service.name", identity.service())
                        .put("service.namespace", "marketplace")
                        .put("service.instance.id", identity.instance())
                        .put("service.version", identity.version())
                        .put("process.pid", ProcessHandle.current().pid())
                        .build()));
        var traces = SdkTracerProvider.builder().setResource(resource);
        var metrics = SdkMeterProvider.builder().setResource(resource);
        var logs = SdkLoggerProvider.builder().setResource(resource);
        String to = identity.collector();
        if (!to.isEmpty()) {
            traces.addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                            .setEndpoint(to + "/v1/traces")
                            .setTimeout(PATIENCE)
                            .setRetryPolicy(null)
                            .build())
                    .setScheduleDelay(OFTEN)
                    .build());
            metrics.registerMetricReader(PeriodicMetricReader.builder(OtlpHttpMetricExporter.builder()
                            .setEndpoint(to + "/v1/metrics")
                            .setTimeout(PATIENCE)
                            .setRetryPolicy(null)
                            .build())
                    .setInterval(METRICS)
                    .build());
            logs.addLogRecordProcessor(BatchLogRecordProcessor.builder(OtlpHttpLogRecordExporter.builder()
                            .setEndpoint(to + "/v1/logs")
                            .setTimeout(PATIENCE)
                            .setRetryPolicy(null)
                            .build())
                    .setScheduleDelay(OFTEN)
                    .build());
        }
        sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(traces.build())
                .setMeterProvider(metrics.build())
                .setLoggerProvider(logs.build())
                .build();
        tracer = sdk.getTracer(SCOPE);
        Meter meter = sdk.getMeter(SCOPE);
        durations = histogram(meter, "http.server.request.duration");
        waits = histogram(meter, "db.client.connection.wait_time");
        machine = new MachineMetrics(meter);
    }

    static DoubleHistogram histogram(Meter meter, String name) {
        return meter.histogramBuilder(name)
                .setUnit("s")
                .setExplicitBucketBoundariesAdvice(SECONDS)
                .build();
    }

    Tracer tracer() {
        return tracer;
    }

    /** What a failure is called in {@code error.type}. */
    static String type(Throwable failure) {
        return failure.getClass().getName();
    }

    /** A request is over. @param error empty when it went well */
    void served(String method, String route, int status, String error, long nanos) {
        var attributes =
                Attributes.builder().put(METHOD, method).put(ROUTE, route).put(STATUS, (long) status);
        if (!error.isEmpty()) {
            attributes.put(ERROR, error);
        }
        durations.record(seconds(nanos), attributes.build());
    }

    /** Somebody waited for a connection of the pool. */
    void waited(long nanos) {
        waits.record(seconds(nanos), POOL);
    }

    private static double seconds(long nanos) {
        return nanos / (double) TimeUnit.SECONDS.toNanos(1);
    }

    /** Writes a line, which belongs to the trace under way on this thread. */
    void log(Severity severity, String says, @Nullable Throwable failure) {
        var line = sdk.getLogsBridge()
                .get(SCOPE)
                .logRecordBuilder()
                .setSeverity(severity)
                .setSeverityText(severity.name())
                .setContext(Context.current())
                .setBody(says);
        if (failure != null) {
            line.setAttribute(AttributeKey.stringKey("exception.type"), type(failure));
            line.setAttribute(AttributeKey.stringKey("exception.message"), String.valueOf(failure.getMessage()));
        }
        line.emit();
    }

    /** Has the pool and the requests under way watched from now on. */
    void watch(Database database, IntSupplier underWay) {
        Meter meter = sdk.getMeter(SCOPE);
        meter.upDownCounterBuilder("http.server.active_requests")
                .setUnit("{request}")
                .buildWithCallback(out -> out.record(underWay.getAsInt()));
        meter.upDownCounterBuilder("db.client.connection.count")
                .setUnit("{connection}")
                .buildWithCallback(out -> {
                    out.record(
                            database.used(), POOL.toBuilder().put(STATE, "used").build());
                    out.record(
                            database.idle(), POOL.toBuilder().put(STATE, "idle").build());
                });
        meter.upDownCounterBuilder("db.client.connection.max")
                .setUnit("{connection}")
                .buildWithCallback(out -> out.record(database.poolSize(), POOL));
        meter.upDownCounterBuilder("db.client.connection.pending_requests")
                .setUnit("{request}")
                .buildWithCallback(out -> out.record(database.waiting(), POOL));
    }

    /** Sends what waits, and ends; takes up to two seconds where nobody listens. */
    @Override
    public void close() {
        machine.close();
        sdk.close();
    }
}
