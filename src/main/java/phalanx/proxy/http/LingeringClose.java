package phalanx.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import phalanx.proxy.transport.Deadlines;
import phalanx.proxy.transport.Shutdown;
import phalanx.proxy.transport.Worker;

/**
 * The end of a connection whose client may still be sending: what comes is read and thrown away for a while, so that the last answer is
 * not lost to a reset (RFC 9112 section 9.6). On its event loop.
 */
final class LingeringClose extends ChannelInboundHandlerAdapter {
    /** How much is thrown away at most. */
    static final long MOST_BYTES = 8 << 20;

    private static final long NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Worker worker;
    private final Deadlines.Waiting waiting;
    private final PendingWrites writes;
    private long thrown;
    private long lastProgress = System.nanoTime();

    private LingeringClose(Worker worker, Channel channel, long sendNanos) {
        this.worker = worker;
        this.writes = new PendingWrites(channel);
        this.waiting = new Deadlines.Waiting() {
            @Override
            protected void check(long nowNanos) {
                if (writes.shrank()) {
                    lastProgress = nowNanos;
                }
                if (nowNanos - lastProgress > (writes.octets() > 0 ? sendNanos : NANOS)) {
                    channel.close();
                }
            }
        };
    }

    /**
     * Takes the place of a connection's handler.
     *
     * @param answer told once the last answer is out
     * @param sendTimeout how long its client may take nothing of it
     */
    static void instead(ChannelHandlerContext ctx, Worker worker, ChannelFuture answer, Duration sendTimeout) {
        Channel channel = ctx.channel();
        LingeringClose end = new LingeringClose(worker, channel, sendTimeout.toNanos());
        ctx.pipeline().replace(ctx.handler(), null, end);
        worker.deadlines().add(end.waiting);
        answer.addListener(_ -> {
            Shutdown.allowHalf(channel);
            Shutdown.output(channel);
        });
        channel.config().setAutoRead(true);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        thrown += in.readableBytes();
        in.release();
        if (thrown > MOST_BYTES) {
            ctx.close();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            ctx.close();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        worker.deadlines().remove(waiting);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
