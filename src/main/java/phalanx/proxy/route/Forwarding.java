package phalanx.proxy.route;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.BackendConnection;
import phalanx.proxy.http.BackendListener;
import phalanx.proxy.http.BackendStream;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.Failure;
import phalanx.proxy.http.Fields;
import phalanx.proxy.http.HeldBody;
import phalanx.proxy.http.RequestHead;
import phalanx.proxy.http.ResponseHead;

/**
 * One exchange on its way to a server: chooses one, gets a connection, asks another one while nothing can have happened twice, and then
 * only carries. On the exchange's event loop.
 */
final class Forwarding implements BackendStream, ConnectionPool.Waiter {
    private static final int MOST_HELD = 64 << 10;
    /** Times that a request is sent again because the connection was closed before the server looked at it. */
    private static final int MOST_RENEWALS = 3;

    private final Exchange exchange;
    private final Upstream upstream;
    private final ForwardSettings settings;
    private final ConnectionPool pool;
    private final RequestHead request;
    private final Balancer.Asking asking;
    private final @Nullable Upstream mirrored;
    private @Nullable Mirror mirror;
    private Set<Server> tried = Set.of();
    private Balancer.@Nullable Choice choice;
    private @Nullable BackendConnection connection;
    private @Nullable BackendStream target;
    private final HeldBody held = new HeldBody();
    private @Nullable Fields trailer;
    private int attempts;
    private int renewals;
    private boolean requestEnded;
    private boolean bodySent;
    private boolean retrying;
    private boolean answered;
    private boolean over;
    private long sentNanos;
    private long queuedUntil;

    Forwarding(
            Exchange exchange,
            Upstream upstream,
            @Nullable Upstream mirrored,
            ForwardSettings settings,
            ConnectionPool pool,
            RequestHead request) {
        this.mirrored = mirrored;
        this.exchange = exchange;
        this.upstream = upstream;
        this.settings = settings;
        this.pool = pool;
        this.request = request;
        this.asking = Balancer.Asking.of(exchange.clientAddress(), exchange.worker());
    }

    void start() {
        upstream.begin();
        if (mirrored != null) {
            mirror = Mirror.start(exchange, mirrored, settings, pool, request);
        }
        exchange.whenOver(_ -> finish());
        exchange.forwardTo(this);
        next(null);
    }

    /** Asks the next server, or gives up with the last failure. */
    private void next(@Nullable Failure last) {
        Balancer.Choice chosen =
                settings.tries() > 0 && attempts >= settings.tries() ? null : upstream.choose(asking, tried);
        if (chosen == null) {
            if (last == null && upstream.full(tried)) {
                if (pool.queue(upstream, this)) {
                    return;
                }
                last = Failure.proxy(
                        503,
                        "connection_limit_reached",
                        "All servers of the upstream " + upstream.name() + " serve as many requests as they may.");
            }
            giveUp(
                    last != null
                            ? last
                            : Failure.proxy(
                                    503,
                                    "destination_unavailable",
                                    "No server of the upstream " + upstream.name() + " is up."));
            return;
        }
        choice = chosen;
        attempts++;
        exchange.times().chosen = System.nanoTime();
        noteAsked(chosen);
        pool.connect(upstream, chosen.server(), settings.connect(), false, this);
    }

    private void noteAsked(Balancer.Choice chosen) {
        exchange.asked().chosen(upstream.name(), chosen.server().address(), chosen.why(), chosen, attempts);
    }

    /** Until when it waits for a free place, in {@link System#nanoTime}. */
    long queuedUntil() {
        if (queuedUntil == 0) {
            queuedUntil = System.nanoTime() + upstream.settings().queueTimeout().toNanos();
        }
        return queuedUntil;
    }

    /** A place may have become free. */
    void goOn() {
        if (!over) {
            next(null);
        }
    }

    /** No place became free in time. */
    void waitedTooLong() {
        if (!over) {
            giveUp(Failure.proxy(
                    503,
                    "connection_limit_reached",
                    "No server of the upstream " + upstream.name()
                            + " had a free place within "
                            + upstream.settings().queueTimeout().toMillis() + " ms."));
        }
    }

    private void giveUp(Failure why) {
        exchange.failed(why);
        exchange.flush();
    }

    @Override
    public boolean wanted() {
        return !over;
    }

    @Override
    public void connected(BackendConnection to) {
        Balancer.Choice chosen = choice;
        if (over || chosen == null) { // the client did not wait: the next one need not wait at all
            pool.unused(to);
            return;
        }
        connection = to;
        exchange.asked().connected((InetSocketAddress) to.channel().localAddress());
        sentNanos = System.nanoTime();
        exchange.times().connected = sentNanos;
        BackendStream stream = to.begin(request, new Answers(), settings.read(), settings.send());
        target = stream;
        bodySent |= held.octets() > 0;
        held.giveTo(stream::data);
        if (requestEnded) {
            stream.end(trailer);
        } else {
            exchange.writable(stream.writable());
        }
        stream.flush();
    }

    @Override
    public void refused(Failure failure) {
        Balancer.Choice chosen = choice;
        if (over || chosen == null) {
            return;
        }
        ended(chosen.server(), true, true);
        another(chosen.server(), failure, true);
    }

    /** Asks somebody else where that is safe. */
    private void another(Server server, Failure failure, boolean elsewhere) {
        boolean may = !bodySent && !exchange.over() && (failure.again() || request.idempotent());
        boolean renewed = !elsewhere && renewals++ < MOST_RENEWALS; // the connection was to blame, not the server
        if (!may || !renewed && !retrying && !upstream.retry()) {
            giveUp(failure);
            return;
        }
        retrying |= !renewed;
        target = null;
        connection = null;
        if (elsewhere) {
            if (tried.isEmpty()) {
                tried = new HashSet<>();
            }
            tried.add(server);
            next(failure);
        } else if (server.acquire()) {
            attempts++;
            choice = new Balancer.Choice(server, "again, on a new connection");
            noteAsked(choice);
            pool.connect(upstream, server, settings.connect(), true, this);
        } else {
            giveUp(failure);
        }
    }

    private void ended(Server server, boolean broke, boolean failed) {
        choice = null;
        upstream.ended(server, broke, failed);
    }

    private void finish() {
        if (over) {
            return;
        }
        over = true;
        if (mirror != null) {
            mirror.requestOver();
        }
        Balancer.Choice chosen = choice;
        if (chosen != null) { // the client went away, or the answer is whole
            if (answered) {
                ended(chosen.server(), false, exchange.status() >= 500);
            } else { // the client did not wait: that says nothing good of the server
                choice = null;
                upstream.endedUnknown(chosen.server());
            }
        }
        if (retrying) {
            upstream.retryOver();
        }
        upstream.end();
        pool.placeFree(upstream);
        held.release();
    }

    // The request's body.

    @Override
    public void data(ByteBuf data) {
        if (mirror != null) {
            mirror.data(data);
        }
        if (target != null) {
            bodySent = true;
            target.data(data);
        } else {
            held.add(data);
        }
    }

    @Override
    public void end(@Nullable Fields with) {
        if (mirror != null) {
            mirror.end(with);
        }
        if (target != null && answered) {
            target.end(with);
            return;
        }
        requestEnded = true;
        trailer = with;
        if (target != null) {
            target.end(with);
        }
    }

    @Override
    public void flush() {
        if (mirror != null) {
            mirror.flush();
        }
        if (target != null) {
            target.flush();
        }
    }

    @Override
    public void cancel() {
        if (target != null) {
            target.cancel();
        }
        target = null;
    }

    @Override
    public boolean writable() {
        return target != null ? target.writable() : held.octets() < MOST_HELD;
    }

    @Override
    public void readResponse(boolean more) {
        if (target != null) {
            target.readResponse(more);
        }
    }

    /** Gives the answer up for another server's, if there is one and asking twice does no harm. */
    private boolean askAnother(Server server, int status, long took) {
        Set<Server> others = new HashSet<>(tried);
        others.add(server);
        boolean may = !bodySent && request.idempotent() && (settings.tries() == 0 || attempts < settings.tries());
        if (!may || upstream.servers().stream().allMatch(others::contains)) {
            return false;
        }
        upstream.balancer().learn(server, took, true);
        BackendStream refusedTarget = target;
        ended(server, true, true);
        if (refusedTarget != null) {
            refusedTarget.cancel();
        }
        another(server, Failure.upstream(status, "http_request_denied", server + " answered " + status + "."), true);
        return true;
    }

    /** What the server says. */
    private final class Answers implements BackendListener {
        @Override
        public void interim(int status, Fields fields) {
            exchange.interim(status, fields);
            exchange.flush();
        }

        @Override
        public void head(ResponseHead head, boolean end) {
            Balancer.Choice chosen = choice;
            if (chosen == null) {
                return;
            }
            Server server = chosen.server();
            long took = System.nanoTime() - sentNanos;
            boolean failed = head.status() >= 500;
            if (settings.retryOnStatus().contains(head.status()) && askAnother(server, head.status(), took)) {
                return;
            }
            upstream.balancer().learn(server, took, failed);
            if (!failed) {
                server.latency().add(took);
            }
            answered = true;
            exchange.head(head, end);
        }

        @Override
        public void data(ByteBuf data) {
            exchange.data(data);
        }

        @Override
        public void end(@Nullable Fields with) {
            exchange.end(with);
        }

        @Override
        public void flush() {
            exchange.flush();
        }

        @Override
        public void writable(boolean writable) {
            exchange.writable(writable);
        }

        @Override
        public void failed(Failure failure) {
            Balancer.Choice chosen = choice;
            if (chosen == null || over) {
                return;
            }
            Server server = chosen.server();
            BackendConnection used = connection;
            boolean dying = failure.again()
                    || used != null
                            && used.reused()
                            && !used.anyRead()
                            && failure.error().equals("connection_terminated");
            ended(server, !dying, !dying);
            if (!dying) {
                upstream.balancer().learn(server, System.nanoTime() - sentNanos, true);
            }
            if (answered) {
                target = null;
                exchange.failed(failure);
            } else if (failure.status() == 504) {
                target = null;
                giveUp(failure); // it may still be at work: asking elsewhere would do it twice
            } else {
                another(server, failure, !dying);
            }
        }
    }
}
