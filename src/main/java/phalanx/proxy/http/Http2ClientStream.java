package phalanx.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** One stream of a client's HTTP/2 connection: one exchange (RFC 9113 section 5). On the connection's event loop. */
final class Http2ClientStream implements ClientStream, Http2Handler.Exchanging {
    private final Http2ClientHandler handler;
    private final Http2Stream stream;
    private final ClientConnection client;
    private final RequestHead request;
    private final Http2Output output;
    private final BodyPace pace = new BodyPace();
    private @Nullable Exchange exchange;
    private boolean requestWanted = true;
    private boolean continued;
    private boolean begun;
    private boolean requestOver;
    private boolean over;
    private int untaken;
    private long lastProgress = System.nanoTime();

    /** @param end whether nothing follows the head */
    Http2ClientStream(
            Http2ClientHandler handler, Http2Stream stream, ClientConnection client, RequestHead request, boolean end) {
        this.client = client;
        this.requestOver = end;
        this.handler = handler;
        this.stream = stream;
        this.request = request;
        this.output = new Http2Output(handler, stream.id(), () -> lastProgress = System.nanoTime());
    }

    // The request.

    /** Begins its exchange, unless it has begun or was reset before. */
    void begin() {
        if (begun || over) {
            return;
        }
        begun = true;
        Exchange made = new Exchange(handler.worker(), client, request, this);
        exchange = made;
        if (requestOver || request.upgrade() != null) { // a tunnel has no body before it stands
            made.requestEnd(null);
        }
        handler.service().handler().handle(made);
    }

    /** Takes some of the body; returns how many octets the client may send in their place now. */
    int requestData(ByteBuf data, boolean end) {
        begin();
        int octets = data.readableBytes();
        pace.add(octets);
        lastProgress = System.nanoTime();
        if (exchange == null || over) {
            return octets;
        }
        if (request.upgrade() != null && !exchange.responseStarted()) { // the tunnel does not stand yet
            exchange.clientFailed(Failure.client(400, "data came before the tunnel stood"));
            reset(Http2Error.PROTOCOL_ERROR);
            return octets;
        }
        requestOver |= end;
        if (octets > 0) {
            exchange.requestData(data.retainedSlice());
        }
        if (end) {
            exchange.requestEnd(null);
        }
        if (requestWanted || over) {
            return octets;
        }
        untaken += octets;
        return 0;
    }

    void requestEnd(Fields trailer) {
        begin();
        requestOver = true;
        if (exchange != null) {
            exchange.requestEnd(trailer);
        }
    }

    /** Begins here and not with its head: many are reset in the same round of reading by those who mean harm. */
    @Override
    public void readOver() {
        if (!begun) {
            begin();
        } else if (exchange != null) {
            exchange.requestFlush();
        }
    }

    @Override
    public void readRequest(boolean more) {
        requestWanted = more;
        if (more && untaken > 0) {
            int taken = untaken;
            untaken = 0;
            lastProgress = System.nanoTime();
            handler.consumed(stream, taken);
        }
    }

    // The response.

    @Override
    public void interim(int status, Fields fields) {
        if (!over) {
            continued |= status == 100;
            Http2Headers headers = new DefaultHttp2Headers().status(Integer.toString(status));
            Http2Fields.write(fields, headers);
            output.headers(headers, false, output.promise());
        }
    }

    @Override
    public void head(ResponseHead head, boolean end) {
        if (over) {
            return;
        }
        boolean tunnel = request.upgrade() != null && head.status() == 101;
        if (request.upgrade() != null && head.status() >= 200 && head.status() < 300) {
            over = true; // the server answers as if nobody had asked for a tunnel: this must not look like one
            Http2Headers refused = new DefaultHttp2Headers().status("502");
            output.headers(refused, true, ending());
            return;
        }
        lastProgress = System.nanoTime();
        output.headers(Http2Fields.response(head, tunnel), end, end ? ending() : output.promise());
        if (end) {
            ended();
        }
    }

    @Override
    public void data(ByteBuf data) {
        if (over) {
            data.release();
            return;
        }
        lastProgress = System.nanoTime();
        output.data(data);
    }

    @Override
    public boolean file(FileChannel file, long from, long length, Runnable taken) {
        return false; // frames are made of octets that pass through here
    }

    /** Once the answer is out: the rest of a body that is still coming is not wanted (RFC 9113 section 8.1). */
    private ChannelPromise ending() {
        ChannelPromise promise = output.promise();
        if (!requestOver) {
            promise.addListener(_ -> {
                if (!requestOver) {
                    output.reset(Http2Error.NO_ERROR);
                }
            });
        }
        return promise;
    }

    @Override
    public void end(@Nullable Fields trailer) {
        if (over) {
            return;
        }
        output.end(trailer, ending());
        ended();
    }

    private void ended() {
        over = true;
        readRequest(true);
    }

    @Override
    public void flush() {
        output.flush();
    }

    @Override
    public void abort() {
        reset(Http2Error.INTERNAL_ERROR);
    }

    private void reset(Http2Error error) {
        if (!over) {
            over = true;
            output.reset(error);
        }
    }

    @Override
    public void reset() {
        abort();
    }

    @Override
    public boolean writable() {
        return handler.encoder().flowController().isWritable(stream);
    }

    @Override
    public void writabilityChanged() {
        boolean more = writable();
        if (more) {
            lastProgress = System.nanoTime();
        }
        if (exchange != null && !over) {
            exchange.clientWritable(more);
        }
    }

    // Ends.

    @Override
    public void closed() {
        Exchange current = exchange;
        exchange = null;
        over = true;
        output.release();
        if (current != null) {
            current.clientFailed(Failure.client(499, "the client gave the request up before the answer was whole"));
        }
    }

    @Override
    public boolean checkTimes(long now) {
        Exchange current = exchange;
        if (current == null) {
            return false;
        }
        long waited = now - lastProgress;
        HttpSettings settings = handler.service().settings();
        boolean stalled = over
                ? waited > settings.sendTimeout().toNanos()
                : !writable() && waited > settings.sendTimeout().toNanos();
        boolean waiting = !over && !requestOver && requestWanted && request.upgrade() == null;
        boolean invited = continued || pace.any() || !request.expectsContinue();
        if (!waiting || !invited || !handler.takesBodies()) {
            pace.begin(now);
        }
        boolean slow = waiting && (waited > settings.bodyTimeout().toNanos() || pace.tooSlow(now, settings.bodyRate()));
        if (stalled || slow) {
            current.clientFailed(Failure.client(
                    stalled ? 499 : 408,
                    stalled
                            ? "the client took nothing of the answer"
                            : "the client's body stopped, or came too slowly"));
            exchange = null; // told once: the stream itself stays until the reset is out
            over = false;
            reset(Http2Error.CANCEL);
            if (stalled) { // a client that takes nothing gets no more chances
                handler.closeSoon();
            }
        }
        return stalled || slow;
    }
}
