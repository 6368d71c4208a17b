package phalanx.proxy.stream;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.time.Duration;
import phalanx.proxy.transport.Deadlines;
import phalanx.proxy.transport.Shutdown;
import phalanx.proxy.transport.Worker;

/**
 * One side of two connections that are joined: what is read here is written there; the end of one direction leaves the other open. Both
 * sides are on one event loop.
 */
final class Relay extends ChannelInboundHandlerAdapter {
    /** What both sides share. */
    private static final class Pair extends Deadlines.Waiting {
        private final Channel one;
        private final Channel other;
        private final long idleNanos;
        private long last = System.nanoTime();
        private int ends;

        Pair(Channel one, Channel other, long idleNanos) {
            this.one = one;
            this.other = other;
            this.idleNanos = idleNanos;
        }

        @Override
        protected void check(long nowNanos) {
            if (nowNanos - last > idleNanos) {
                close();
            }
        }

        void close() {
            one.close();
            other.close();
        }
    }

    private final Channel there;
    private final Pair pair;
    private final Worker worker;
    private boolean ended;

    private Relay(Channel there, Pair pair, Worker worker) {
        this.there = there;
        this.pair = pair;
        this.worker = worker;
    }

    /** Joins two connections that stand and have not been read yet. */
    static void join(Channel client, Channel server, Worker worker, Duration idle) {
        if (!client.isActive()) {
            server.close();
            return;
        }
        Pair pair = new Pair(client, server, idle.toNanos());
        client.pipeline().addLast(new Relay(server, pair, worker));
        server.pipeline().addLast(new Relay(client, pair, worker));
        worker.deadlines().add(pair);
        client.config().setAutoRead(true);
        server.config().setAutoRead(true);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        pair.last = System.nanoTime();
        there.write(message, there.voidPromise());
        if (!there.isWritable()) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        there.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        pair.last = System.nanoTime();
        there.config().setAutoRead(ctx.channel().isWritable());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent && !ended) {
            ended = true;
            boolean both = ++pair.ends == 2;
            there.writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(
                            _ -> { // once all before it is out
                                if (both) {
                                    there.close();
                                } else {
                                    Shutdown.output(there);
                                }
                            });
            if (both) {
                ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> ctx.close());
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (there.isActive()) { // still waiting for it to take the rest, but not for ever
            there.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> there.close());
        } else {
            worker.deadlines().remove(pair);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        pair.close(); // a reset on one side is one for both
    }
}
