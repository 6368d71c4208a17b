package phalanx.proxy.serve;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.BackendStream;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.Failure;
import phalanx.proxy.http.Fields;
import phalanx.proxy.http.HeldBody;

/** Waits for a body whose length was not told, up to a limit, to tell it. On the exchange's event loop. */
final class CollectedBody implements BackendStream {
    /** Goes on once the length is known. */
    interface Next {
        void start(Exchange exchange, long contentLength);
    }

    private static final int MOST = 8 << 20;

    private final Exchange exchange;
    private final Next next;
    private final HeldBody held = new HeldBody();

    CollectedBody(Exchange exchange, Next next) {
        this.exchange = exchange;
        this.next = next;
        exchange.whenOver(_ -> held.release());
    }

    @Override
    public void data(ByteBuf data) {
        held.addPacked(data);
        if (held.octets() > MOST) {
            held.release();
            exchange.failed(
                    Failure.client(411, "The body is sent without its length, and is larger than " + MOST + " bytes."));
        }
    }

    @Override
    public void end(@Nullable Fields trailer) {
        if (exchange.over()) {
            return;
        }
        int length = held.octets();
        exchange.hold(held);
        next.start(exchange, length);
    }

    @Override
    public void flush() {}

    @Override
    public void cancel() {
        held.release();
    }

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void readResponse(boolean more) {}
}
