package phalanx.proxy.admin;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.BackendStream;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.FieldName;
import phalanx.proxy.http.Fields;
import phalanx.proxy.http.Replies;
import phalanx.proxy.http.ResponseHead;

/**
 * Server-Sent Events (WHATWG HTML section 9.2) to one client. While its connection is full nothing is written and nothing is kept for it:
 * it goes on where it was, or hears how much it missed. On the exchange's event loop.
 */
final class EventStream implements BackendStream {
    private static final int AT_ONCE = 64;
    private static final long HEARTBEAT_SECONDS = 10;

    private final Exchange exchange;
    private final EventSource source;
    private final AtomicBoolean woken = new AtomicBoolean();
    private Runnable stopTelling = () -> {};
    private @Nullable ScheduledFuture<?> heartbeat;
    private long position;
    private boolean full;

    private EventStream(Exchange exchange, EventSource source, long after) {
        this.exchange = exchange;
        this.source = source;
        this.position = after;
    }

    /** Answers with events, from behind a number on. */
    static void begin(Exchange exchange, EventSource source, long after) {
        EventStream stream = new EventStream(exchange, source, after);
        Fields fields = Replies.fields(exchange)
                .add(FieldName.CONTENT_TYPE, "text/event-stream; charset=utf-8")
                .add(FieldName.CACHE_CONTROL, "no-store");
        exchange.whenOver(_ -> stream.cancel());
        exchange.head(ResponseHead.of(200, fields, -1), false);
        if (exchange.over()) {
            return;
        }
        exchange.forwardTo(stream);
        stream.stopTelling = source.tell(stream::wake);
        stream.heartbeat = exchange.worker()
                .loop()
                .scheduleAtFixedRate(stream::beat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
        stream.write("retry: 1000\n\n");
        stream.pump();
    }

    /** From any thread. */
    private void wake() {
        if (woken.compareAndSet(false, true)) {
            exchange.worker().loop().execute(() -> {
                woken.set(false);
                pump();
            });
        }
    }

    private void pump() {
        while (!full && !exchange.over()) {
            List<EventSource.Event> next = source.after(position, AT_ONCE);
            if (next.isEmpty()) {
                return;
            }
            StringBuilder text = new StringBuilder();
            for (EventSource.Event event : next) {
                position = Math.max(position, event.id());
                text.append("id: ")
                        .append(event.id())
                        .append("\nevent: ")
                        .append(event.name())
                        .append("\ndata: ")
                        .append(event.data())
                        .append("\n\n");
            }
            write(text.toString());
        }
    }

    /** A comment: who does not take it for a minute is cut off, as with every answer. */
    private void beat() {
        if (!full) {
            write(": \n\n");
        }
    }

    private void write(String text) {
        if (!exchange.over()) {
            exchange.data(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
            exchange.flush();
        }
    }

    @Override
    public void readResponse(boolean more) {
        full = !more;
        if (more) {
            pump();
        }
    }

    @Override
    public void cancel() {
        stopTelling.run();
        if (heartbeat != null) {
            heartbeat.cancel(false);
        }
    }

    @Override
    public void data(ByteBuf data) {
        data.release(); // what comes with a question for events means nothing
    }

    @Override
    public void end(@Nullable Fields trailer) {}

    @Override
    public void flush() {}

    @Override
    public boolean writable() {
        return true;
    }
}
