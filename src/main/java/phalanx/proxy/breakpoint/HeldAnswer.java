package phalanx.proxy.breakpoint;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.ClientFilter;
import phalanx.proxy.http.ClientStream;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.Failure;
import phalanx.proxy.http.Fields;
import phalanx.proxy.http.HeldBody;
import phalanx.proxy.http.ResponseHead;

/** Stands before a client's stream and holds the answer until it may go on. On the exchange's event loop. */
final class HeldAnswer extends ClientFilter {
    private final Exchange exchange;
    private final Breakpoints breakpoints;
    private final Breakpoint at;
    private final HeldBody held = new HeldBody();
    private boolean holding;
    private boolean ended;
    private boolean gone;
    private long number;
    private @Nullable Fields trailer;

    HeldAnswer(Exchange exchange, ClientStream client, Breakpoints breakpoints, Breakpoint at) {
        super(client);
        this.exchange = exchange;
        this.breakpoints = breakpoints;
        this.at = at;
    }

    @Override
    public void head(ResponseHead head, boolean end) {
        if (!breakpoints.all().contains(at)) { // cleared since
            super.head(head, end);
            return;
        }
        holding = true;
        number = breakpoints.stop(exchange, at, head.fields(), edit -> goOn(head, end, edit), this::giveUp);
    }

    private void giveUp() {
        if (exchange.over()) { // all of the answer is held here
            reset();
        } else {
            exchange.reset(Failure.proxy(502, "proxy_internal_response", "The answer was given up at a breakpoint."));
        }
    }

    private void goOn(ResponseHead head, boolean end, Edit edit) {
        if (gone) {
            return;
        }
        holding = false;
        edit.apply(head.fields());
        super.head(head, end);
        held.giveTo(super::data);
        if (ended) {
            super.end(trailer);
        }
        super.flush();
        exchange.clientWritable(super.writable());
    }

    @Override
    public void data(ByteBuf data) {
        if (gone) {
            data.release();
        } else if (holding) {
            held.add(data);
        } else {
            super.data(data);
        }
    }

    @Override
    public void end(@Nullable Fields with) {
        if (holding) {
            ended = true;
            trailer = with;
        } else {
            super.end(with);
        }
    }

    @Override
    public void flush() {
        if (!holding) {
            super.flush();
        }
    }

    @Override
    public boolean writable() {
        return !holding && super.writable();
    }

    @Override
    public void abort() {
        drop();
        super.abort();
    }

    @Override
    public void reset() {
        drop();
        super.reset();
    }

    /** The client went away: nobody needs to let this go on. */
    @Override
    public void gone() {
        drop();
        super.gone();
    }

    private void drop() {
        gone = true;
        breakpoints.forget(number);
        held.release();
    }
}
