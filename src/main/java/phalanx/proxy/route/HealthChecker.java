package phalanx.proxy.route;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.BackendListener;
import phalanx.proxy.http.Failure;
import phalanx.proxy.http.FieldName;
import phalanx.proxy.http.Fields;
import phalanx.proxy.http.ResponseHead;
import phalanx.proxy.http.SingleRequest;
import phalanx.proxy.transport.Transport;
import phalanx.proxy.transport.Worker;

/**
 * Probes the servers of one upstream without traffic: a connection, or a request whose status and body are checked. On one event loop.
 */
public final class HealthChecker {
    private static final int LARGEST_BODY = 64 << 10;
    private static final String UNREACHABLE = "it does not accept connections";

    private final Upstream upstream;
    private final Worker worker;
    private final Transport transport;
    /** Probes in a row that said the same: positive when well. */
    private final Map<Server, Integer> rows = new HashMap<>();

    private @Nullable ScheduledFuture<?> next;
    private boolean closed;

    private HealthChecker(Upstream upstream, Worker worker, Transport transport) {
        this.upstream = upstream;
        this.worker = worker;
        this.transport = transport;
    }

    /** Starts probing; every round reads the upstream's settings anew. */
    public static HealthChecker start(Upstream upstream, Worker worker, Transport transport) {
        HealthChecker checker = new HealthChecker(upstream, worker, transport);
        worker.loop().execute(checker::round);
        return checker;
    }

    /** Ends it. */
    public void close() {
        worker.loop().execute(() -> {
            closed = true;
            if (next != null) {
                next.cancel(false);
            }
        });
    }

    private void round() {
        if (closed) {
            return;
        }
        HealthCheckSettings settings = upstream.settings().healthCheck();
        rows.keySet().retainAll(upstream.servers());
        if (settings.kind() == HealthCheckSettings.Kind.OFF) {
            upstream.servers().forEach(server -> server.health().probed(false, ""));
        } else {
            upstream.servers().forEach(server -> probe(settings, server));
        }
        next = worker.loop().schedule(this::round, settings.interval().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void probe(HealthCheckSettings settings, Server server) {
        Answer answer = new Answer(settings, says -> judged(settings, server, says));
        if (settings.kind() == HealthCheckSettings.Kind.TCP) {
            transport
                    .connecting()
                    .group(worker.loop())
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                            settings.timeout().toMillis())
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(server.address())
                    .addListener((ChannelFuture done) -> worker.run(() -> {
                        done.channel().close();
                        answer.tell(done.isSuccess() ? "" : UNREACHABLE);
                    }));
            return;
        }
        Fields fields = new Fields().add(FieldName.USER_AGENT, "phalanx-health-check");
        Channel connection = new SingleRequest(
                        "GET",
                        server.name(),
                        settings.path(),
                        fields,
                        new byte[0],
                        settings.timeout(),
                        settings.timeout())
                .send(worker, transport, server.address(), answer);
        worker.loop()
                .schedule(
                        () -> {
                            answer.tell("it did not answer in time");
                            connection.close();
                        },
                        2 * settings.timeout().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void judged(HealthCheckSettings settings, Server server, String says) {
        if (closed) {
            return;
        }
        boolean well = says.isEmpty();
        int before = rows.getOrDefault(server, 0);
        int row = well ? Math.max(before, 0) + 1 : Math.min(before, 0) - 1;
        rows.put(server, Math.clamp(row, -1_000_000, 1_000_000));
        boolean down = server.health().probesFail();
        if (down && row >= settings.rise() || !down && well) {
            server.health().probed(false, "");
        } else if (!down && -row >= settings.fall()) {
            server.health().probed(true, says);
        }
    }

    /** What one probe met; told once, empty when it was well. */
    private static final class Answer implements BackendListener {
        private final HealthCheckSettings settings;
        private final Consumer<String> says;
        private final StringBuilder body = new StringBuilder();
        private boolean told;

        Answer(HealthCheckSettings settings, Consumer<String> says) {
            this.settings = settings;
            this.says = says;
        }

        void tell(String what) {
            if (!told) {
                told = true;
                says.accept(what);
            }
        }

        @Override
        public void head(ResponseHead head, boolean end) {
            if (head.status() < settings.statuses()[0] || head.status() > settings.statuses()[1]) {
                tell("it answers " + head.status());
            } else if (settings.body() == null) {
                tell("");
            } else if (end) {
                end(null);
            }
        }

        @Override
        public void data(ByteBuf data) {
            if (!told && body.length() < LARGEST_BODY) {
                body.append(data.toString(StandardCharsets.UTF_8));
            }
            data.release();
        }

        @Override
        public void end(@Nullable Fields trailer) {
            boolean found =
                    settings.body() == null || settings.body().matcher(body).find();
            tell(found ? "" : "its answer does not hold what it should");
        }

        @Override
        public void failed(Failure failure) {
            tell(failure.error().equals(SingleRequest.REFUSED) ? UNREACHABLE : "it gives no whole answer");
        }
    }
}
