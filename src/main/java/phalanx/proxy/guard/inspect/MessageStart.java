package phalanx.proxy.guard.inspect;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import phalanx.proxy.http.Exchange;

/**
 * Looks at the first octet of a body that goes on as it comes: a gRPC message begins with 0 or 1, whether it is compressed (gRPC over
 * HTTP2, Length-Prefixed-Message). On the exchange's event loop.
 */
final class MessageStart implements Consumer<ByteBuf> {
    private final Exchange exchange;
    private final Consumer<Exchange> other;
    private boolean begun;

    /** @param other told once, if it begins with something else */
    MessageStart(Exchange exchange, Consumer<Exchange> other) {
        this.exchange = exchange;
        this.other = other;
    }

    @Override
    public void accept(ByteBuf data) {
        if (begun || !data.isReadable()) {
            return;
        }
        begun = true;
        int first = data.getByte(data.readerIndex());
        if (first != 0 && first != 1) {
            other.accept(exchange);
        }
    }
}
