package phalanx.proxy.guard.inspect;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.BackendStream;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.Fields;
import phalanx.proxy.http.HeldBody;

/** Holds a body until it is whole, or until more has come than is inspected. On the exchange's event loop. */
final class InspectedBody implements BackendStream {
    private final Exchange exchange;
    private final int enough;
    private final Consumer<InspectedBody> next;
    private final HeldBody held = new HeldBody();
    private boolean told;

    /** @param next told once, when there is enough */
    InspectedBody(Exchange exchange, int enough, Consumer<InspectedBody> next) {
        this.exchange = exchange;
        this.enough = enough;
        this.next = next;
        exchange.whenOver(_ -> held.release());
    }

    /** How many octets are held. */
    int octets() {
        return held.octets();
    }

    /** Copies the first octets. */
    void copy(byte[] to, int length) {
        held.copy(to, length);
    }

    /** Gives the body back to the exchange, for whoever takes it next. */
    void hold() {
        exchange.hold(held);
    }

    @Override
    public void data(ByteBuf data) {
        held.addPacked(data);
        if (held.octets() > enough) {
            tell();
        }
    }

    @Override
    public void end(@Nullable Fields trailer) {
        tell();
    }

    private void tell() {
        if (!told && !exchange.over()) {
            told = true;
            next.accept(this);
        }
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
