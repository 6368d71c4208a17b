package phalanx.proxy.route;

import io.netty.buffer.ByteBuf;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.BackendConnection;
import phalanx.proxy.http.BackendListener;
import phalanx.proxy.http.BackendStream;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.Failure;
import phalanx.proxy.http.FieldName;
import phalanx.proxy.http.Fields;
import phalanx.proxy.http.HeldBody;
import phalanx.proxy.http.RequestHead;
import phalanx.proxy.http.ResponseHead;

/**
 * A copy of a request for another upstream, whose answer nobody reads. It never slows the request itself down: when its server cannot keep
 * up with the body, the copy is given up. On the exchange's event loop.
 */
final class Mirror implements ConnectionPool.Waiter {
    private static final int MOST_HELD = 256 << 10;

    private final Upstream upstream;
    private final ForwardSettings settings;
    private final ConnectionPool pool;
    private final RequestHead request;
    private final HeldBody held = new HeldBody();
    private Balancer.@Nullable Choice choice;
    private @Nullable BackendStream target;
    private @Nullable Fields trailer;
    private boolean requestEnded;
    private boolean over;
    private long sentNanos;

    private Mirror(Upstream upstream, ForwardSettings settings, ConnectionPool pool, RequestHead request) {
        this.upstream = upstream;
        this.settings = settings;
        this.pool = pool;
        this.request = request;
    }

    /** Begins a copy; null when no server of the upstream is up. */
    static @Nullable Mirror start(
            Exchange exchange, Upstream upstream, ForwardSettings settings, ConnectionPool pool, RequestHead request) {
        Balancer.Choice choice =
                upstream.choose(Balancer.Asking.of(exchange.clientAddress(), exchange.worker()), Set.of());
        if (choice == null) {
            return null;
        }
        Fields fields = request.fields().copy();
        fields.remove(FieldName.EXPECT); // nobody would wait for its 100
        Mirror mirror = new Mirror(upstream, settings, pool, request.forServer(request.target(), fields, null));
        mirror.choice = choice;
        upstream.begin();
        pool.connect(upstream, choice.server(), settings.connect(), false, mirror);
        return mirror;
    }

    @Override
    public boolean wanted() {
        return !over;
    }

    @Override
    public void connected(BackendConnection connection) {
        if (over) {
            pool.unused(connection);
            return;
        }
        sentNanos = System.nanoTime();
        BackendStream stream = connection.begin(request, new Discarded(), settings.read(), settings.send());
        target = stream;
        held.giveTo(stream::data);
        if (requestEnded) {
            stream.end(trailer);
        }
        stream.flush();
    }

    @Override
    public void refused(Failure failure) {
        finish(true);
    }

    /** Some of the request's body, which is copied by reference. */
    void data(ByteBuf data) {
        if (over) {
            return;
        }
        BackendStream to = target;
        if (to != null && to.writable()) {
            to.data(data.retainedDuplicate());
            return;
        }
        if (to != null || held.octets() + data.readableBytes() > MOST_HELD) {
            cancel();
        } else {
            held.add(data.retainedDuplicate());
        }
    }

    void end(@Nullable Fields with) {
        requestEnded = true;
        trailer = with;
        if (target != null && !over) {
            target.end(with);
        }
    }

    void flush() {
        if (target != null && !over) {
            target.flush();
        }
    }

    /** Gives a copy up whose request will never be whole; one that is whole goes on. */
    void requestOver() {
        if (!requestEnded) {
            cancel();
        }
    }

    private void cancel() {
        if (!over) {
            BackendStream to = target;
            finish(false);
            if (to != null) {
                to.cancel();
            }
        }
    }

    private void finish(boolean failed) {
        Balancer.Choice chosen = choice;
        if (over || chosen == null) {
            return;
        }
        over = true;
        target = null;
        held.release();
        upstream.ended(chosen.server(), failed, failed);
        upstream.end();
    }

    /** Its answer. */
    private final class Discarded implements BackendListener {
        @Override
        public void head(ResponseHead head, boolean end) {
            Balancer.Choice chosen = choice;
            if (chosen != null) {
                upstream.balancer().learn(chosen.server(), System.nanoTime() - sentNanos, head.status() >= 500);
            }
            if (end) {
                finish(false);
            }
        }

        @Override
        public void data(ByteBuf data) {
            data.release();
        }

        @Override
        public void end(@Nullable Fields with) {
            finish(false);
        }

        @Override
        public void failed(Failure failure) {
            finish(true);
        }
    }
}
