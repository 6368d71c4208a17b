package phalanx.proxy.route;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandler;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.BackendConnection;
import phalanx.proxy.http.Failure;
import phalanx.proxy.http.Http1BackendHandler;
import phalanx.proxy.http.Http2BackendHandler;
import phalanx.proxy.record.TapHandler;
import phalanx.proxy.record.TrafficTap;
import phalanx.proxy.transport.Deadlines;
import phalanx.proxy.transport.Transport;
import phalanx.proxy.transport.Worker;
import phalanx.run.ForeignText;

/**
 * One event loop's connections to servers. The last one given back is the first one taken: it is the least likely to be dying. On that
 * loop only.
 */
public final class ConnectionPool {
    /** Connections under way to one server: a flood of requests that are given up at once must not open one for each. */
    private static final int MOST_CONNECTING = 64;

    /** Who waits for a connection. */
    interface Waiter {
        /** Whether it still does. */
        boolean wanted();

        void connected(BackendConnection connection);

        void refused(Failure failure);
    }

    private final Worker worker;
    private final Transport transport;
    private final Supplier<@Nullable TrafficTap> tap;
    private final Map<Server, ArrayDeque<Kept>> idle = new HashMap<>();
    private final Deadlines.Waiting eviction = new Deadlines.Waiting() {
        @Override
        protected void check(long nowNanos) {
            evict(nowNanos);
            List.copyOf(queues.keySet()).forEach(ConnectionPool.this::placeFree);
            queues.values().removeIf(ArrayDeque::isEmpty);
            connecting.values().removeIf(state -> state.open == 0 && state.waiting.isEmpty());
        }
    };

    /** Requests that wait for a free place. */
    private final Map<Upstream, ArrayDeque<Forwarding>> queues = new HashMap<>();

    /** Connections under way to one server, and who waits until there are fewer. */
    private static final class Connecting {
        private final ArrayDeque<Pending> waiting = new ArrayDeque<>();
        private int open;
    }

    private record Pending(Upstream upstream, Duration timeout, boolean fresh, Waiter waiter) {}

    private final Map<Server, Connecting> connecting = new HashMap<>();

    /** How a connection was made: one that was made otherwise than it would be now is not used again. */
    private record Terms(
            @Nullable ClientContext tls, @Nullable TrafficTap tap) {}

    /** An idle connection. */
    private record Kept(Http1BackendHandler connection, Terms terms, long untilNanos) {
        boolean usable(long now) {
            return connection.channel().isActive() && now < untilNanos;
        }
    }

    /** A connection that many exchanges share. */
    private record Shared(Http2BackendHandler connection, Terms terms) {}

    /** What is shared by all exchanges of one server over HTTP/2. */
    private static final class Multiplexed {
        private final List<Shared> connections = new ArrayList<>();
        private @Nullable Terms terms;
        private List<Waiter> waiting = new ArrayList<>();
        private long idleNanos;
        private boolean connecting;

        List<Waiter> takeWaiting() {
            List<Waiter> taken = waiting;
            waiting = new ArrayList<>();
            return taken;
        }
    }

    private final Map<Server, Multiplexed> multiplexed = new HashMap<>();

    public ConnectionPool(Worker worker, Transport transport, Supplier<@Nullable TrafficTap> tap) {
        this.tap = tap;
        this.worker = worker;
        this.transport = transport;
        worker.loop().execute(() -> worker.deadlines().add(eviction));
    }

    /** Gives the waiter a connection, an idle one at once where there is one. */
    void connect(Upstream upstream, Server server, Duration timeout, boolean fresh, Waiter waiter) {
        UpstreamSettings settings = upstream.settings();
        Terms terms = new Terms(upstream.tls(), tap.get());
        ArrayDeque<Kept> kept = fresh ? null : idle.get(server);
        if (kept != null) {
            long now = System.nanoTime();
            for (Kept last = kept.pollLast(); last != null; last = kept.pollLast()) {
                if (last.usable(now) && last.terms().equals(terms)) {
                    waiter.connected(last.connection());
                    return;
                }
                last.connection().channel().close();
            }
        }
        if (settings.protocol() == UpstreamSettings.Protocol.HTTP_2) {
            multiplex(upstream, server, terms, timeout, waiter);
            return;
        }
        Connecting state = connecting.computeIfAbsent(server, _ -> new Connecting());
        if (state.open >= MOST_CONNECTING) {
            state.waiting.addLast(new Pending(upstream, timeout, fresh, waiter));
            return;
        }
        state.open++;
        Http1BackendHandler handler =
                new Http1BackendHandler(worker, connection -> keep(server, connection, terms, settings));
        Waiter first = new Waiter() {
            @Override
            public boolean wanted() {
                return waiter.wanted();
            }

            @Override
            public void connected(BackendConnection connection) {
                state.open--;
                waiter.connected(connection);
                next(server, state);
            }

            @Override
            public void refused(Failure failure) {
                state.open--;
                List<Pending> others = List.copyOf(state.waiting); // it would not let them in either
                state.waiting.clear();
                waiter.refused(failure);
                others.forEach(other -> other.waiter().refused(failure));
            }
        };
        open(server, terms, timeout, handler, first, () -> first.connected(handler));
    }

    /** Lets who waits for a connection have one that lies idle, or make one. Who left is passed over. */
    private void next(Server server, Connecting state) {
        while (!state.waiting.isEmpty() && state.open < MOST_CONNECTING) {
            Pending pending = state.waiting.removeFirst();
            if (pending.waiter().wanted()) {
                connect(pending.upstream(), server, pending.timeout(), pending.fresh(), pending.waiter());
            }
        }
    }

    /** Gives the waiter a connection that can take one more stream, or makes one; others that come meanwhile wait for the same. */
    private void multiplex(Upstream upstream, Server server, Terms terms, Duration timeout, Waiter waiter) {
        Multiplexed shared = multiplexed.computeIfAbsent(server, _ -> new Multiplexed());
        shared.terms = terms;
        for (Shared one : shared.connections) {
            if (one.connection().available() && one.terms().equals(terms)) {
                waiter.connected(one.connection());
                return;
            }
        }
        shared.idleNanos = upstream.settings().keepAliveTimeout().toNanos();
        shared.waiting.add(waiter);
        if (shared.connecting) {
            return;
        }
        shared.connecting = true;
        Http2BackendHandler handler = Http2BackendHandler.of(worker);
        Waiter all = new Waiter() {
            @Override
            public boolean wanted() {
                return true;
            }

            @Override
            public void connected(BackendConnection connection) {
                shared.connecting = false;
                Shared made = new Shared(handler, terms);
                shared.connections.add(made);
                handler.channel().closeFuture().addListener(_ -> shared.connections.remove(made));
                for (Waiter one : shared.takeWaiting()) {
                    if (handler.available()) {
                        one.connected(handler);
                    } else {
                        multiplex(upstream, server, terms, timeout, one);
                    }
                }
            }

            @Override
            public void refused(Failure failure) {
                shared.connecting = false;
                shared.takeWaiting().forEach(one -> one.refused(failure));
            }
        };
        // One turn later: the preface goes out only after the connection was told to be there.
        open(server, terms, timeout, handler, all, () -> worker.loop().execute(() -> all.connected(handler)));
    }

    /** Connects, over TLS where the upstream asks for it. */
    private void open(
            Server server, Terms terms, Duration timeout, ChannelHandler handler, Waiter waiter, Runnable ready) {
        ClientContext tls = terms.tls();
        long begun = System.nanoTime();
        ChannelFuture connecting = transport
                .connecting()
                .group(worker.loop())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE))
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (tls != null) {
                            channel.pipeline().addLast(tls.handler(channel, server, (int) timeout.toMillis()));
                        }
                        channel.pipeline().addLast(handler);
                    }
                })
                .connect(server.address());
        connecting.addListener(done -> worker.run(() -> {
            if (!done.isSuccess()) {
                waiter.refused(refusal(server, done.cause(), timeout));
            } else if (tls == null) {
                show(connecting.channel(), handler, terms.tap(), System.nanoTime() - begun);
                ready.run();
            } else {
                connecting
                        .channel()
                        .pipeline()
                        .get(SslHandler.class)
                        .handshakeFuture()
                        .addListener(shaken -> {
                            if (shaken.isSuccess()) {
                                show(connecting.channel(), handler, terms.tap(), System.nanoTime() - begun);
                                ready.run();
                            } else {
                                connecting.channel().close();
                                waiter.refused(new Failure(
                                        Failure.Side.UPSTREAM,
                                        502,
                                        "tls_certificate_error",
                                        "TLS with " + server + " failed: " + reason(shaken.cause()) + ".",
                                        true));
                            }
                        });
            }
        }));
    }

    private static void show(Channel channel, ChannelHandler handler, @Nullable TrafficTap shown, long setupNanos) {
        if (shown != null) {
            TrafficTap.Connection connection = shown.opened(
                    TrafficTap.Side.SERVER,
                    (InetSocketAddress) channel.localAddress(),
                    (InetSocketAddress) channel.remoteAddress(),
                    setupNanos);
            channel.pipeline()
                    .addBefore(
                            channel.pipeline().context(handler).name(),
                            null,
                            new TapHandler(connection, TrafficTap.Side.SERVER));
        }
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : ForeignText.name(message);
    }

    private static Failure refusal(Server server, Throwable cause, Duration timeout) {
        String error;
        String what;
        if (cause instanceof ConnectTimeoutException) {
            error = "connection_timeout";
            what = server + " did not accept a connection within " + timeout.toMillis() + " ms.";
        } else if (cause instanceof NoRouteToHostException) {
            error = "destination_ip_unroutable";
            what = "There is no route to " + server + ".";
        } else if (cause instanceof ConnectException) {
            error = "connection_refused";
            what = server + " refused the connection.";
        } else {
            error = "destination_unavailable";
            what = server + " could not be connected to (" + cause.getClass().getSimpleName() + ").";
        }
        return new Failure(Failure.Side.UPSTREAM, error.equals("connection_timeout") ? 504 : 502, error, what, true);
    }

    /** Takes a connection back that nobody used. */
    void unused(BackendConnection connection) {
        if (connection instanceof Http1BackendHandler one) {
            one.giveBack();
        }
    }

    private void keep(Server server, Http1BackendHandler connection, Terms terms, UpstreamSettings settings) {
        ArrayDeque<Kept> kept = idle.computeIfAbsent(server, _ -> new ArrayDeque<>());
        if (kept.size() >= settings.keepAlive() || server.health().takenOut()) {
            connection.channel().close();
        } else {
            kept.addLast(new Kept(
                    connection,
                    terms,
                    System.nanoTime() + settings.keepAliveTimeout().toNanos()));
        }
    }

    /** Lets a request wait for a free place; false when too many wait already. */
    boolean queue(Upstream upstream, Forwarding forwarding) {
        UpstreamSettings settings = upstream.settings();
        ArrayDeque<Forwarding> queue = queues.computeIfAbsent(upstream, _ -> new ArrayDeque<>());
        if (queue.size() >= settings.queue()) {
            return false;
        }
        forwarding.queuedUntil(); // its time begins
        queue.addLast(forwarding);
        return true;
    }

    /** Lets who has waited longest try again; other loops' places are seen a quarter of a second later. */
    void placeFree(Upstream upstream) {
        ArrayDeque<Forwarding> queue = queues.get(upstream);
        if (queue == null) {
            return;
        }
        long now = System.nanoTime();
        for (int left = queue.size(); left > 0 && !queue.isEmpty(); left--) {
            Forwarding first = queue.removeFirst();
            if (now - first.queuedUntil() >= 0) {
                first.waitedTooLong();
            } else if (upstream.free()) {
                first.goOn();
            } else {
                queue.addFirst(first);
                return;
            }
        }
    }

    private void evict(long now) {
        idle.values().removeIf(kept -> {
            for (Kept oldest = kept.peekFirst(); oldest != null; oldest = kept.peekFirst()) {
                if (oldest.usable(now)) {
                    break;
                }
                kept.pollFirst();
                oldest.connection().channel().close();
            }
            return kept.isEmpty();
        });
        multiplexed.values().removeIf(shared -> {
            for (Shared one : List.copyOf(shared.connections)) {
                Http2BackendHandler connection = one.connection();
                if (connection.active() == 0
                        && (now - connection.idleSince() > shared.idleNanos
                                || !one.terms().equals(shared.terms))) {
                    connection.channel().close();
                }
            }
            return shared.connections.isEmpty() && !shared.connecting;
        });
    }

    /** Closes the idle connections. */
    public void close() {
        idle.values()
                .forEach(kept -> kept.forEach(one -> one.connection().channel().close()));
        idle.clear();
        multiplexed
                .values()
                .forEach(shared -> List.copyOf(shared.connections)
                        .forEach(one -> one.connection().channel().close()));
    }
}
