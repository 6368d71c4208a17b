package phalanx.proxy.fault;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.ClientFilter;
import phalanx.proxy.http.ClientStream;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.Failure;
import phalanx.proxy.http.Fields;
import phalanx.proxy.http.HeldBody;
import phalanx.proxy.http.ResponseHead;

/** Stands before a client's stream and spoils the answer's body. On the exchange's event loop. */
final class FaultyAnswer extends ClientFilter {
    private static final int MOST_HELD = 64 << 10;
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** What is to be done; zero and less for nothing. */
    static final class Plan {
        long truncate = -1;
        long corruptEvery;
        long rate;
        long bodyDelayNanos;

        boolean any() {
            return truncate >= 0 || corruptEvery > 0 || rate > 0 || bodyDelayNanos > 0;
        }
    }

    private final Exchange exchange;
    private final Plan plan;
    private final HeldBody held = new HeldBody();
    private long sent;
    private long seen;
    private long from;
    private boolean ended;
    private boolean over;
    private boolean ticking;
    private @Nullable Fields trailer;

    FaultyAnswer(Exchange exchange, ClientStream client, Plan plan) {
        super(client);
        this.exchange = exchange;
        this.plan = plan;
    }

    @Override
    public void head(ResponseHead head, boolean end) {
        from = System.nanoTime() + plan.bodyDelayNanos;
        over = end;
        client().head(head, end);
        client().flush();
    }

    @Override
    public void data(ByteBuf data) {
        if (over) {
            data.release();
            return;
        }
        held.add(corrupted(data));
        pump();
    }

    /** With one octet changed in every so many; the copy leaves other readers of the buffer alone. */
    private ByteBuf corrupted(ByteBuf data) {
        if (plan.corruptEvery <= 0) {
            return data;
        }
        ByteBuf copy = data.copy();
        data.release();
        long next = plan.corruptEvery - 1 - seen % plan.corruptEvery;
        for (long at = next; at < copy.readableBytes(); at += plan.corruptEvery) {
            int index = copy.readerIndex() + (int) at;
            copy.setByte(index, copy.getByte(index) ^ 0x01);
        }
        seen += copy.readableBytes();
        return copy;
    }

    @Override
    public void end(@Nullable Fields with) {
        ended = true;
        trailer = with;
        pump();
    }

    /** Sends what may be sent by now. */
    private void pump() {
        long now = System.nanoTime();
        while (!over && held.octets() > 0 && allowed(now) > 0) {
            int taken = (int) Math.min(held.octets(), allowed(now));
            if (plan.truncate >= 0) {
                taken = (int) Math.min(taken, plan.truncate - sent);
                if (taken == 0) {
                    cut();
                    return;
                }
            }
            ByteBuf some = held.take(taken);
            sent += some.readableBytes();
            client().data(some);
        }
        if (!over && held.octets() == 0 && ended) {
            over = true;
            client().end(trailer);
        } else if (!over && held.octets() > 0 && !ticking) {
            ticking = true;
            exchange.worker().loop().schedule(this::tick, TICK_NANOS, TimeUnit.NANOSECONDS);
        }
        client().flush();
    }

    private void tick() {
        ticking = false;
        pump();
        if (!over && held.octets() < MOST_HELD) {
            exchange.clientWritable(client().writable());
        }
    }

    private long allowed(long now) {
        if (now < from) {
            return 0;
        }
        return plan.rate <= 0 ? Long.MAX_VALUE : (now - from) / 1000 * plan.rate / 1_000_000 - sent + 1;
    }

    private void cut() {
        over = true;
        held.release();
        client().flush();
        client().abort(); // the exchange may be over on the backend's side
        exchange.failed(Failure.proxy(502, "proxy_internal_response", "The answer was cut off on purpose."));
    }

    @Override
    public void abort() {
        over = true;
        held.release();
        client().abort();
    }

    @Override
    public void reset() {
        over = true;
        held.release();
        client().reset();
    }

    @Override
    public boolean writable() {
        return client().writable() && held.octets() < MOST_HELD;
    }
}
