package phalanx.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.transport.Deadlines;
import phalanx.proxy.transport.Shutdown;
import phalanx.proxy.transport.Worker;

/**
 * A connection to a server that speaks HTTP/1.1: one exchange at a time, kept for the next one where both sides allow it. On its event
 * loop, which is that of the client.
 */
public final class Http1BackendHandler extends ChannelInboundHandlerAdapter
        implements BackendConnection, BackendStream {
    private static final byte[] VERSION = " HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNKED = "Transfer-Encoding: chunked\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] UPGRADE = "Connection: upgrade\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Worker worker;
    private final Consumer<Http1BackendHandler> whenIdle;
    private final ResponseReader reader = new ResponseReader(Http1Limits.STANDARD);
    private final BodyReader body = new BodyReader(Http1Limits.STANDARD, true);
    private final Deadlines.Waiting waiting = new Deadlines.Waiting() {
        @Override
        protected void check(long nowNanos) {
            checkTimes(nowNanos);
        }
    };

    private @Nullable ChannelHandlerContext context;
    private @Nullable BackendListener listener;
    private @Nullable RequestHead request;
    private @Nullable Http1Output output;
    private boolean chunked;
    private long bodyLeft;
    private boolean requestOver;
    private boolean headRead;
    private boolean anyRead;
    private boolean keepAlive;
    private boolean upgraded;
    private boolean responseWanted = true;
    private boolean pausing;
    private long readNanos;
    private long sendNanos;
    private long lastRead;
    private long lastWrite;
    private int served;

    /** @param whenIdle takes the connection back once it can serve another exchange */
    public Http1BackendHandler(Worker worker, Consumer<Http1BackendHandler> whenIdle) {
        this.worker = worker;
        this.whenIdle = whenIdle;
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }

    private Http1Output output() {
        return Objects.requireNonNull(output);
    }

    @Override
    public Channel channel() {
        return context().channel();
    }

    /** Gives it back unused. */
    public void giveBack() {
        if (channel().isActive()) {
            whenIdle.accept(this);
        }
    }

    @Override
    public boolean reused() {
        return served > 1;
    }

    @Override
    public boolean anyRead() {
        return anyRead;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        output = new Http1Output(ctx);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        worker.deadlines().remove(waiting);
    }

    @Override
    public BackendStream begin(RequestHead head, BackendListener to, Duration readTimeout, Duration sendTimeout) {
        request = head;
        listener = to;
        readNanos = readTimeout.toNanos();
        sendNanos = sendTimeout.toNanos();
        chunked = head.contentLength() < 0;
        bodyLeft = head.contentLength();
        requestOver = false;
        headRead = false;
        anyRead = false;
        upgraded = false;
        served++;
        lastRead = System.nanoTime();
        lastWrite = lastRead;
        reader.begin();
        body.beginNone();
        worker.deadlines().add(waiting);
        HeadWriter out = HeadWriter.start();
        out.put(head.method()).put(' ').put(head.target()).put(VERSION);
        Http1Output.putFields(head.fields(), out);
        if (head.upgrade() != null) {
            out.field(FieldName.UPGRADE, head.upgrade()).put(UPGRADE);
        } else if (chunked) {
            out.put(CHUNKED);
        } else if (head.contentLength() > 0
                || !head.method().equals("GET") && !head.method().equals("HEAD")) {
            out.field(FieldName.CONTENT_LENGTH, Long.toString(head.contentLength()));
        }
        output().head(out.endLine(), head.hasBody() ? head.contentLength() : 0);
        readResponse(true);
        return this;
    }

    // The request's body.

    @Override
    public void data(ByteBuf data) {
        int length = data.readableBytes();
        if (request == null || requestOver || length == 0) {
            data.release();
            return;
        }
        lastWrite = System.nanoTime();
        bodyLeft -= length;
        if (!chunked && !upgraded && bodyLeft < 0) { // never more than was announced: it would be the next request
            data.release();
            fail(Failure.proxy(502, "proxy_internal_error", "The request's body is longer than it said."));
            context().close();
            return;
        }
        if (chunked && !upgraded) {
            output().chunk(data);
        } else {
            output().data(data);
        }
    }

    @Override
    public void end(@Nullable Fields trailer) {
        if (request == null || requestOver) {
            return;
        }
        requestOver = true;
        lastRead = System.nanoTime();
        if (upgraded) {
            output().finish().addListener(_ -> {
                if (listener == null) {
                    context().close();
                } else {
                    Shutdown.output(channel());
                }
            });
        } else if (chunked) {
            output().lastChunk(trailer);
        }
    }

    @Override
    public void flush() {
        output().flush();
    }

    @Override
    public void cancel() {
        listener = null;
        context().close();
    }

    @Override
    public boolean writable() {
        return channel().isWritable();
    }

    @Override
    public void readResponse(boolean more) {
        if (responseWanted != more) {
            lastRead = System.nanoTime();
            responseWanted = more;
        }
        readMore();
    }

    private void readMore() {
        boolean wanted = responseWanted && !pausing;
        if (channel().config().isAutoRead() != wanted) {
            channel().config().setAutoRead(wanted);
        }
    }

    /** Lets the others on this loop read first. */
    private void pause() {
        pausing = true;
        readMore();
        worker.nextTurn(channel(), () -> {
            pausing = false;
            readMore();
        });
    }

    // The response.

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            lastRead = System.nanoTime();
            if (listener == null) { // an answer nobody asked for
                ctx.close();
                return;
            }
            anyRead = true;
            if (!worker.budget().spend(in.readableBytes()) && !pausing) {
                pause();
            }
            read(in);
        } finally {
            in.release();
        }
    }

    private void read(ByteBuf in) {
        boolean over = false;
        while (!over && in.isReadable() && listener != null) {
            if (!headRead) {
                switch (reader.read(in)) {
                    case MORE -> {
                        return;
                    }
                    case REFUSED -> broken(reader.refusal());
                    case DONE -> over = head();
                }
                continue;
            }
            switch (body.next(in)) {
                case MORE -> {
                    return;
                }
                case DATA -> {
                    listener.data(body.data());
                    over = body.over();
                    if (over && listener != null) {
                        listener.end(body.trailer());
                    }
                }
                case END -> {
                    listener.end(body.trailer());
                    over = true;
                }
                case REFUSED -> broken(body.refusal());
            }
        }
        if (over) {
            release(in.isReadable()); // octets behind the response: nobody may take them for the next one
        }
    }

    private void broken(Refusal refusal) {
        fail(Failure.upstream(
                502, "http_protocol_error", "The upstream's answer is no HTTP: " + refusal.reason() + "."));
        context().close();
    }

    /** Takes the head that was read; true when nothing follows it. */
    private boolean head() {
        BackendListener to = Objects.requireNonNull(listener);
        RequestHead asked = Objects.requireNonNull(request);
        ResponseHead head = reader.head();
        if (head.status() < 200 && head.status() != 101) {
            reader.begin();
            to.interim(head.status(), head.fields());
            return false;
        }
        headRead = true;
        keepAlive = reader.keepAlive();
        boolean over = false;
        if (head.status() == 101) {
            if (asked.upgrade() == null) {
                broken(Refusal.bad("it goes over to another protocol unasked"));
                return false;
            }
            upgraded = true;
            requestOver = false; // the tunnel is open both ways
            keepAlive = false;
            body.beginUntilClose();
            Shutdown.allowHalf(channel());
        } else if (head.bodiless(asked.method()) || !reader.chunked() && head.contentLength() == 0) {
            over = true;
        } else if (reader.chunked()) {
            body.beginChunked();
        } else if (head.contentLength() > 0) {
            body.beginLength(head.contentLength());
        } else {
            keepAlive = false;
            body.beginUntilClose();
        }
        to.head(head.forwarded(), over);
        return over;
    }

    /** The response is over: the connection is free, or done with. */
    private void release(boolean unclean) {
        BackendListener to = listener;
        listener = null;
        request = null;
        worker.deadlines().remove(waiting);
        if (to != null) {
            to.flush();
        }
        if (keepAlive && requestOver && !unclean && channel().isActive()) {
            readResponse(true);
            whenIdle.accept(this);
        } else {
            context().close();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (listener != null) {
            listener.flush();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        lastWrite = System.nanoTime();
        if (listener != null) {
            listener.writable(ctx.channel().isWritable());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof ChannelInputShutdownEvent) {
            if (listener != null && upgraded) {
                BackendListener to = listener;
                listener = null;
                to.end(null);
                to.flush();
                if (requestOver) {
                    ctx.close();
                }
            } else {
                ctx.close();
            }
        }
        super.userEventTriggered(ctx, event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        worker.deadlines().remove(waiting);
        output().release();
        if (listener == null) {
            return;
        }
        if (headRead && body.untilClose()) {
            BackendListener to = listener;
            listener = null;
            to.end(null);
            to.flush();
        } else {
            fail(Failure.upstream(
                    502,
                    headRead ? "http_response_incomplete" : "connection_terminated",
                    headRead
                            ? "The upstream closed its connection in the middle of the answer."
                            : "The upstream closed its connection without an answer."));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException || cause.getCause() instanceof IOException) {
            if (headRead && body.untilClose()) { // a reset is no end of a body
                fail(Failure.upstream(502, "connection_terminated", "The upstream reset its connection."));
            }
        } else {
            System.getLogger("phalanx.proxy")
                    .log(System.Logger.Level.WARNING, "An upstream connection was closed", cause);
            fail(Failure.proxy(502, "proxy_internal_error", "The proxy met a fault of its own."));
        }
        ctx.close();
    }

    private void fail(Failure why) {
        BackendListener to = listener;
        listener = null;
        if (to != null) {
            to.failed(why);
            to.flush();
        }
    }

    private void checkTimes(long now) {
        if (listener == null) {
            return;
        }
        if (requestOver || upgraded) {
            if (responseWanted && now - Math.max(lastRead, lastWrite) > readNanos) {
                fail(Failure.upstream(
                        504,
                        headRead ? "http_response_timeout" : "connection_read_timeout",
                        "The upstream sent nothing for " + readNanos / 1_000_000_000 + " s."));
                context().close();
            }
        } else if (!channel().isWritable() && now - lastWrite > sendNanos) {
            fail(Failure.upstream(
                    504,
                    "connection_write_timeout",
                    "The upstream took nothing of the request for " + sendNanos / 1_000_000_000 + " s."));
            context().close();
        }
    }
}
