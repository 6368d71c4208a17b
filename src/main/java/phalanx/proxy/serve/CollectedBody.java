package phalanx.proxy.serve;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.BackendStream;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.Failure;
import phalanx.proxy.http.Fields;

/** Waits for a body whose length was not told, up to a limit, to tell it. On the exchange's event loop. */
final class CollectedBody implements BackendStream {
    /** Goes on once the length is known. */
    interface Next {
        void start(Exchange exchange, long contentLength);
    }

    private static final int MOST = 8 << 20;
    private static final int PIECE = 64 << 10;

    private final Exchange exchange;
    private final Next next;
    private final ArrayDeque<ByteBuf> held = new ArrayDeque<>();
    private long octets;

    CollectedBody(Exchange exchange, Next next) {
        this.exchange = exchange;
        this.next = next;
        exchange.whenOver(_ -> release());
    }

    @Override
    public void data(ByteBuf data) {
        octets += data.readableBytes();
        ByteBuf tail = held.peekLast();
        if (tail != null
                && tail.isWritable(
                        data.readableBytes())) { // small pieces are copied: each slice would keep a whole read
            tail.writeBytes(data);
            data.release();
        } else {
            ByteBuf copy = PooledByteBufAllocator.DEFAULT.buffer(Math.max(PIECE, data.readableBytes()));
            copy.writeBytes(data);
            data.release();
            held.add(copy);
        }
        if (octets > MOST) {
            release();
            exchange.failed(
                    Failure.client(411, "The body is sent without its length, and is larger than " + MOST + " bytes."));
        }
    }

    @Override
    public void end(@Nullable Fields trailer) {
        if (exchange.over()) {
            return;
        }
        exchange.hold(held);
        next.start(exchange, octets);
    }

    private void release() {
        held.forEach(ByteBuf::release);
        held.clear();
    }

    @Override
    public void flush() {}

    @Override
    public void cancel() {
        release();
    }

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void readResponse(boolean more) {}
}
