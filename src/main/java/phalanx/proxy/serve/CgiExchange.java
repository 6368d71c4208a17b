package phalanx.proxy.serve;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.BackendStream;
import phalanx.proxy.http.CgiHeadReader;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.Failure;
import phalanx.proxy.http.Fields;
import phalanx.proxy.http.HeldBody;
import phalanx.proxy.http.ResponseHead;
import phalanx.proxy.route.ForwardSettings;
import phalanx.proxy.transport.Deadlines;
import phalanx.proxy.transport.Transport;

/** One exchange with an application server, over a connection of its own. On the exchange's event loop. */
final class CgiExchange extends ChannelInboundHandlerAdapter implements BackendStream {
    private static final int MOST_HELD = 64 << 10;

    private final Exchange exchange;
    private final CgiSettings settings;
    private final ForwardSettings times;
    private final Transport transport;
    private final long contentLength;
    private final CgiWire wire;
    private final CgiHeadReader reader = new CgiHeadReader();
    private final HeldBody held = new HeldBody();
    private final Deadlines.Waiting waiting = new Deadlines.Waiting() {
        @Override
        protected void check(long nowNanos) {
            checkTimes(nowNanos);
        }
    };

    private @Nullable ChannelHandlerContext context;
    private boolean requestEnded;
    private boolean headRead;
    private boolean over;
    private boolean bodiless;
    private long left = -1;
    private long lastProgress = System.nanoTime();

    CgiExchange(
            Exchange exchange, CgiSettings settings, ForwardSettings times, Transport transport, long contentLength) {
        this.exchange = exchange;
        this.settings = settings;
        this.times = times;
        this.transport = transport;
        this.contentLength = contentLength;
        this.wire = settings.protocol() == CgiSettings.Protocol.FASTCGI
                ? new FastCgiWire(this::answer)
                : new UwsgiWire(this::answer);
    }

    void start() {
        exchange.whenOver(_ -> end());
        String protocol = settings.protocol().name().toLowerCase(Locale.ROOT);
        exchange.asked().chosen(protocol, settings.address(), "the only one", "the only one", 1);
        exchange.times().chosen = System.nanoTime();
        exchange.forwardTo(this);
        transport
                .connecting()
                .group(exchange.worker().loop())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        times.connect().toMillis())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(CgiExchange.this);
                    }
                })
                .connect(settings.address())
                .addListener(done -> exchange.worker().run(() -> {
                    if (!done.isSuccess()) {
                        fail(Failure.upstream(
                                502, "connection_refused", settings.name() + " did not accept a connection."));
                    }
                }));
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        if (over) {
            ctx.close();
            return;
        }
        exchange.worker().deadlines().add(waiting);
        exchange.times().connected = System.nanoTime();
        exchange.asked().connected((InetSocketAddress) ctx.channel().localAddress());
        wire.begin(ctx, CgiVariables.of(exchange, settings.root(), settings.index(), settings.added(), contentLength));
        held.giveTo(data -> wire.data(ctx, data));
        if (requestEnded) {
            wire.end(ctx);
        } else {
            exchange.writable(ctx.channel().isWritable());
        }
        ctx.flush();
    }

    // The request's body.

    @Override
    public void data(ByteBuf data) {
        lastProgress = System.nanoTime();
        if (over) {
            data.release();
        } else if (context != null) {
            wire.data(context, data);
        } else {
            held.add(data);
        }
    }

    @Override
    public void end(@Nullable Fields trailer) {
        requestEnded = true;
        lastProgress = System.nanoTime();
        if (context != null && !over) {
            wire.end(context);
        }
    }

    @Override
    public void flush() {
        if (context != null) {
            context.flush();
        }
    }

    @Override
    public void cancel() {
        end();
    }

    @Override
    public boolean writable() {
        return context != null ? context.channel().isWritable() : held.octets() < MOST_HELD;
    }

    @Override
    public void readResponse(boolean more) {
        if (context != null && context.channel().config().isAutoRead() != more) {
            lastProgress = System.nanoTime();
            context.channel().config().setAutoRead(more);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        lastProgress = System.nanoTime();
        if (!over) {
            exchange.writable(ctx.channel().isWritable());
        }
    }

    // The answer.

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        lastProgress = System.nanoTime();
        try {
            while (in.isReadable() && !over) {
                String fault = wire.read(in);
                if (fault != null) {
                    fail(Failure.upstream(
                            502,
                            "http_protocol_error",
                            "The answer of " + settings.name() + " is no " + settings.protocol() + ": " + fault + "."));
                } else if (wire.over()) {
                    whole();
                }
            }
        } finally {
            in.release();
        }
    }

    /** Takes some of what the script wrote. */
    private void answer(ByteBuf in) {
        if (!headRead) {
            ResponseHead head = wire.head(reader, in);
            String fault = reader.fault();
            if (fault != null) {
                fail(Failure.upstream(
                        502,
                        "http_protocol_error",
                        "The answer of " + settings.name() + " has no good header: " + fault + "."));
                return;
            }
            if (head == null) {
                return;
            }
            headRead = true;
            left = head.contentLength();
            bodiless = head.bodiless(exchange.request().method());
            exchange.head(head, bodiless);
        }
        if (bodiless || over) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (in.isReadable()) {
            if (left >= 0) {
                int taken = (int) Math.min(left, in.readableBytes());
                left -= taken;
                if (taken > 0) {
                    exchange.data(in.readRetainedSlice(taken));
                }
                in.skipBytes(in.readableBytes());
            } else {
                exchange.data(in.readRetainedSlice(in.readableBytes()));
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        exchange.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (over) {
            return;
        }
        if (wire.endsWithConnection() && headRead && left <= 0) {
            whole();
        } else {
            fail(Failure.upstream(
                    502,
                    headRead ? "http_response_incomplete" : "connection_terminated",
                    settings.name() + " closed its connection before the answer was whole."));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            System.getLogger("phalanx.proxy").log(System.Logger.Level.WARNING, "An exchange failed", cause);
        }
        fail(Failure.upstream(502, "connection_terminated", settings.name() + " reset its connection."));
    }

    private void whole() {
        if (!headRead) {
            fail(Failure.upstream(502, "http_response_incomplete", settings.name() + " answered nothing."));
        } else if (left > 0 && !bodiless) {
            fail(Failure.upstream(502, "http_response_incomplete", settings.name() + " answered less than it said."));
        } else {
            exchange.end(null);
            exchange.flush();
            end();
        }
    }

    private void fail(Failure failure) {
        if (!over) {
            over = true;
            exchange.failed(failure);
            exchange.flush();
            end();
        }
    }

    private void end() {
        over = true;
        exchange.worker().deadlines().remove(waiting);
        held.release();
        if (context != null) {
            context.close();
        }
    }

    private void checkTimes(long now) {
        boolean asking = !requestEnded;
        long limit = (asking ? times.send() : times.read()).toNanos();
        boolean stuck = context != null
                && (asking
                        ? !context.channel().isWritable()
                        : context.channel().config().isAutoRead());
        if (stuck && now - lastProgress > limit) {
            fail(Failure.upstream(
                    504,
                    "connection_read_timeout",
                    settings.name() + " was silent for " + limit / 1_000_000_000 + " s."));
        }
    }
}
