package phalanx.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.transport.Deadlines;
import phalanx.proxy.transport.Shutdown;
import phalanx.proxy.transport.Worker;

/**
 * A client's connection that speaks HTTP/1.0 or 1.1 (RFC 9112): one exchange after another, pipelined requests waiting their turn. On
 * its event loop.
 */
public final class Http1ClientHandler extends ChannelInboundHandlerAdapter implements ClientStream {
    private final Worker worker;
    private final HttpService service;
    private final HttpSettings settings;
    private final ClientConnection connection;
    private final int generation;
    private final RequestReader reader;
    private final BodyReader body;
    private final Deadlines.Waiting waiting = new Deadlines.Waiting() {
        @Override
        protected void check(long nowNanos) {
            checkTimes(nowNanos);
        }
    };

    private final BodyPace pace = new BodyPace();

    private @Nullable ChannelHandlerContext context;
    private @Nullable Http1Output output;
    private @Nullable Http1ResponseWriter response;
    private @Nullable PendingWrites writes;
    private @Nullable ByteBuf input;
    private @Nullable Exchange exchange;
    private long served;
    private boolean requestOver;
    private boolean responseOver;
    private boolean bodyWanted = true;
    private boolean continued;
    private boolean discarding;
    private long discarded;
    private boolean closeBehind;
    private boolean reading;
    private boolean processing;
    private boolean turnAsked;
    private long lastProgress = System.nanoTime();
    private long exchangeEnded;

    public Http1ClientHandler(Worker worker, HttpService service, ClientConnection connection) {
        this.worker = worker;
        this.service = service;
        this.settings = service.settings();
        this.connection = connection;
        this.generation = service.generation();
        this.reader = new RequestReader(settings.limits(), connection.tls() != null);
        this.body = new BodyReader(settings.limits(), false);
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }

    private Http1Output output() {
        return Objects.requireNonNull(output);
    }

    private Http1ResponseWriter response() {
        return Objects.requireNonNull(response);
    }

    private Channel channel() {
        return context().channel();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        output = new Http1Output(ctx);
        response = new Http1ResponseWriter(output);
        writes = new PendingWrites(ctx.channel());
        worker.deadlines().add(waiting);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        worker.deadlines().remove(waiting);
        releaseAll();
    }

    // From the network.

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        reading = true;
        if (exchange == null ? !reader.started() : !requestOver) { // the time of a head runs from its first octet
            lastProgress = System.nanoTime();
        }
        input = input == null ? in : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), input, in);
        process();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        reading = false;
        if (exchange != null) {
            exchange.requestFlush();
        }
        flush();
    }

    private void process() {
        if (processing) {
            return;
        }
        processing = true;
        long most = served + Worker.MOST_AT_ONCE;
        while (input != null && input.isReadable() && served < most && advance()) {
            // each round takes a step of one message
        }
        processing = false;
        if (served >= most && !turnAsked) {
            turnAsked = true;
            worker.nextTurn(channel(), this::nextTurn);
        }
        if (input != null && !input.isReadable()) {
            input.release();
            input = null;
        }
        if (!reading && exchange != null) { // the end of a read does it otherwise
            exchange.requestFlush();
        }
        readMore();
    }

    private void nextTurn() {
        turnAsked = false;
        reading = true; // what is answered goes out at once, as behind a read
        process();
        channelReadComplete(context());
    }

    private void readMore() {
        if (context().isRemoved()) { // another handler reads what is still to come
            return;
        }
        boolean wanted =
                bodyWanted && input == null && (exchange != null || channel().isWritable());
        if (channel().config().isAutoRead() != wanted) {
            channel().config().setAutoRead(wanted);
        }
    }

    /** Takes one step through the input; false when something else must happen first. */
    private boolean advance() {
        ByteBuf in = Objects.requireNonNull(input);
        if (exchange == null) {
            if (closeBehind) {
                in.skipBytes(in.readableBytes());
                return false;
            }
            if (discarding) {
                return discard(in);
            }
            if (!channel().isWritable()) { // nobody takes the answers: no more of them
                return false;
            }
            switch (reader.read(in)) {
                case MORE -> {
                    return false;
                }
                case REFUSED -> refuse(reader.refusal());
                case DONE -> begin();
            }
            return true;
        }
        if (requestOver || !bodyWanted) {
            return false;
        }
        Exchange current = exchange;
        switch (body.next(in)) {
            case MORE -> {
                return false;
            }
            case DATA -> {
                pace.add(body.data().readableBytes());
                current.requestData(body.data());
                if (body.over()) {
                    requestOver = true;
                    current.requestEnd(body.trailer());
                    finishIfOver();
                }
            }
            case END -> {
                requestOver = true;
                current.requestEnd(body.trailer());
                finishIfOver();
            }
            case REFUSED -> refuse(body.refusal());
        }
        return true;
    }

    /** Takes some of a body whose request was answered before it was whole (RFC 9110 section 7.5): the next request comes behind it. */
    private boolean discard(ByteBuf in) {
        int before = in.readableBytes();
        boolean more = true;
        switch (body.next(in)) {
            case MORE -> more = false;
            case DATA -> {
                body.data().release();
                discarding = !body.over();
            }
            case END -> discarding = false;
            case REFUSED -> linger();
        }
        discarded += before - in.readableBytes();
        if (discarding && discarded > LingeringClose.MOST_BYTES) {
            linger();
        }
        return more;
    }

    private void begin() {
        RequestHead head = reader.head();
        served++;
        closeBehind = !head.keepAlive() || served >= settings.keepAliveRequests();
        responseOver = false;
        continued = false;
        requestOver = !head.hasBody();
        if (!requestOver) {
            pace.start(System.nanoTime());
        }
        bodyWanted = true;
        if (reader.chunked()) {
            body.beginChunked();
        } else {
            body.beginLength(head.contentLength());
        }
        reader.begin();
        Exchange next = new Exchange(worker, connection, head, this);
        exchange = next;
        if (requestOver) {
            next.requestEnd(null);
        }
        service.handler().handle(next);
    }

    private void refuse(Refusal refusal) {
        closeBehind = true;
        Exchange current = exchange;
        if (current != null) {
            boolean answered = current.responseStarted();
            current.clientFailed(Failure.client(refusal.status(), refusal.reason()));
            exchange = null;
            if (answered) {
                linger();
                return;
            }
        }
        service.refused(connection, refusal);
        response().refuse(refusal, worker.date());
        linger();
    }

    // The response.

    @Override
    public void interim(int status, Fields fields) {
        if (exchange == null || exchange.request().version() == 10) {
            return;
        }
        continued |= status == 100;
        response().interim(status, fields);
        flush();
    }

    @Override
    public void head(ResponseHead head, boolean end) {
        Exchange current = exchange;
        if (current == null) {
            return;
        }
        RequestHead request = current.request();
        boolean upgraded = head.status() == 101 && request.upgrade() != null;
        lastProgress = System.nanoTime();
        if (upgraded) {
            response().upgrade(head);
            closeBehind = true;
            requestOver = false;
            body.beginUntilClose();
            Shutdown.allowHalf(channel());
            process();
            return;
        }
        boolean waits = !requestOver && !continued && request.expectsContinue(); // its body may never come
        closeBehind = response().head(head, request, end, closeBehind || waits || ending());
        if (end) {
            endResponse();
        }
    }

    @Override
    public void data(ByteBuf data) {
        if (exchange == null || !data.isReadable()) {
            data.release();
            return;
        }
        lastProgress = System.nanoTime();
        if (!response().data(data)) {
            abort();
        }
    }

    @Override
    public boolean file(FileChannel file, long from, long length, Runnable taken) {
        ChannelFuture sent =
                connection.tls() != null || exchange == null ? null : response().file(file, from, length);
        if (sent == null) {
            return false;
        }
        lastProgress = System.nanoTime();
        sent.addListener(written -> {
            if (written.isSuccess()) {
                lastProgress = System.nanoTime();
                taken.run();
            } else {
                context().close(); // the length was promised
            }
        });
        return true;
    }

    @Override
    public void end(@Nullable Fields trailer) {
        if (exchange == null) {
            return;
        }
        if (!response().end(trailer)) {
            abort();
            return;
        }
        endResponse();
    }

    private void endResponse() {
        responseOver = true;
        if (body.untilClose() && !requestOver) { // half of a tunnel: the client may go on sending
            output().finish().addListener(_ -> Shutdown.output(channel()));
            return;
        }
        finishIfOver();
    }

    private void finishIfOver() {
        if (!responseOver || exchange == null) {
            return;
        }
        discarding = !requestOver && !body.over() && !closeBehind;
        discarded = 0;
        exchange = null;
        responseOver = false;
        lastProgress = System.nanoTime();
        exchangeEnded = lastProgress;
        if (closeBehind) {
            if (requestOver && (input == null || !input.isReadable())) {
                output().finish().addListener(ChannelFutureListener.CLOSE);
            } else {
                linger();
            }
            return;
        }
        bodyWanted = true;
        process();
    }

    @Override
    public void flush() {
        output().send();
        if (!reading) { // else the end of the read does it
            context().flush();
        }
    }

    @Override
    public void abort() {
        exchange = null;
        closeBehind = true;
        if (response().endsByClose() && !body.untilClose()) { // a plain end would look like the end of the answer
            channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        if (channel().isWritable()) { // what came before the end is worth having
            output().finish().addListener(ChannelFutureListener.CLOSE);
        } else {
            context().close();
        }
    }

    @Override
    public void reset() {
        Exchange current = exchange;
        if (current != null) {
            output().flush();
            exchange = null;
            Shutdown.reset(context());
        }
    }

    @Override
    public boolean writable() {
        return channel().isWritable();
    }

    @Override
    public void readRequest(boolean more) {
        if (exchange == null || bodyWanted == more) {
            return;
        }
        bodyWanted = more;
        lastProgress = System.nanoTime();
        if (more) {
            process();
        } else {
            readMore();
        }
    }

    // Ends.

    private void linger() {
        if (!context().isRemoved()) {
            LingeringClose.instead(context(), worker, output().finish(), settings.sendTimeout());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof ChannelInputShutdownEvent) {
            if (exchange != null && body.untilClose()) {
                requestOver = true;
                exchange.requestEnd(null);
                exchange.requestFlush();
                if (responseOver) {
                    exchange = null;
                    ctx.close();
                }
            } else {
                ctx.close();
            }
        }
        super.userEventTriggered(ctx, event);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        lastProgress = System.nanoTime();
        if (exchange != null) {
            exchange.clientWritable(ctx.channel().isWritable());
        } else if (ctx.channel().isWritable()) {
            process();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        Exchange current = exchange;
        exchange = null;
        worker.deadlines().remove(waiting);
        if (current != null) {
            current.clientFailed(Failure.client(499, "the client closed its connection before the answer was whole"));
        }
        releaseAll();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException) && !(cause.getCause() instanceof IOException)) {
            System.getLogger("phalanx.proxy")
                    .log(System.Logger.Level.WARNING, "A client's connection was closed", cause);
        }
        ctx.close();
    }

    private void releaseAll() {
        if (input != null) {
            input.release();
            input = null;
        }
        output().release();
    }

    private void checkTimes(long now) {
        PendingWrites sending = Objects.requireNonNull(writes);
        if (sending.shrank()) {
            lastProgress = now;
        }
        long pending = sending.octets();
        long waited = now - lastProgress;
        Exchange current = exchange;
        if (pending > 0 && waited > settings.sendTimeout().toNanos()) {
            giveUp("the client took nothing of the answer for "
                    + settings.sendTimeout().toSeconds() + " s");
        } else if (current == null && discarding) {
            if (now - exchangeEnded > settings.bodyTimeout().toNanos()) {
                linger();
            }
        } else if (current == null) {
            checkIdle(waited, pending);
        } else if (requestOver || !bodyWanted || body.untilClose()) {
            pace.begin(now);
        } else if (waited > settings.bodyTimeout().toNanos()) {
            bodyTooSlow(
                    current, "the body stopped for " + settings.bodyTimeout().toSeconds() + " s");
        } else if (!continued
                && !pace.any()
                && current.request().expectsContinue()) { // it waits for a 100, as it should
            pace.begin(now);
        } else if (pace.tooSlow(now, settings.bodyRate())) {
            bodyTooSlow(current, "less than " + settings.bodyRate() + " octets of the body came in a second");
        }
    }

    private void bodyTooSlow(Exchange current, String why) {
        if (current.responseStarted()) {
            giveUp(why);
        } else {
            refuse(new Refusal(408, why));
        }
    }

    private void checkIdle(long waited, long pending) {
        if (reader.started()) {
            if (waited > settings.headerTimeout().toNanos()) {
                refuse(new Refusal(
                        408,
                        "the header did not arrive within "
                                + settings.headerTimeout().toSeconds() + " s"));
            }
        } else if (pending == 0
                && (ending() || waited > settings.keepAliveTimeout().toNanos())) {
            context().close();
        }
    }

    /** Whether no further request is taken. */
    private boolean ending() {
        return service.draining().get() || service.generation() != generation;
    }

    private void giveUp(String why) {
        Exchange current = exchange;
        exchange = null;
        if (current != null) {
            current.clientFailed(Failure.client(499, why));
        }
        Shutdown.reset(context());
    }
}
