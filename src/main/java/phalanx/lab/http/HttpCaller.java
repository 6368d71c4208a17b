package phalanx.lab.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.pool.AbstractChannelPoolHandler;
import io.netty.channel.pool.AbstractChannelPoolMap;
import io.netty.channel.pool.SimpleChannelPool;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.resolver.DefaultNameResolver;
import io.netty.resolver.NameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import phalanx.config.HostPort;

/**
 * Sends requests over kept connections, on one event loop. A name is asked for at each call, and its answer is kept no longer than its
 * time to live. Any thread.
 */
public final class HttpCaller implements AutoCloseable {
    private static final int LONGEST_BODY = 64 << 10;
    private static final Duration PATIENCE_WITH_NAMES = Duration.ofSeconds(1);
    private static final AttributeKey<Exchange> EXCHANGE = AttributeKey.valueOf(HttpCaller.class, "exchange");

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = loops.next();
    private final NameResolver<InetAddress> names;
    private final AbstractChannelPoolMap<InetSocketAddress, SimpleChannelPool> pools;

    /** @param dns the server that is asked for names; null for the system's */
    public HttpCaller(@Nullable InetSocketAddress dns) {
        names = dns == null
                ? new DefaultNameResolver(loop)
                : new DnsNameResolverBuilder(loop)
                        .datagramChannelType(NioDatagramChannel.class)
                        .nameServerProvider(new SingletonDnsServerAddressStreamProvider(dns))
                        .queryTimeoutMillis(PATIENCE_WITH_NAMES.toMillis())
                        .maxQueriesPerResolve(1)
                        .negativeTtl(0)
                        .build();
        Bootstrap bootstrap = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 5_000);
        pools = new AbstractChannelPoolMap<>() {
            @Override
            protected SimpleChannelPool newPool(InetSocketAddress at) {
                return new SimpleChannelPool(bootstrap.clone().remoteAddress(at), new Setup());
            }
        };
    }

    private static final class Setup extends AbstractChannelPoolHandler {
        @Override
        public void channelCreated(Channel channel) {
            channel.pipeline().addLast(new HttpClientCodec(), new HttpObjectAggregator(LONGEST_BODY), new Answers());
        }
    }

    /**
     * What is asked for.
     *
     * @param limit the longest time until the answer is there whole
     */
    public record Call(
            String method, HostPort at, String path, String body, Map<String, String> headers, Duration limit) {}

    /** An answer, of whatever status. */
    public record Reply(int status, String body) {}

    /** There is no answer. */
    public static final class Unanswered extends Exception {
        private static final long serialVersionUID = 1;
        private final Why why;

        /** What stood in the way; the names are OpenTelemetry's values of {@code error.type}. */
        public enum Why {
            NAME_NOT_RESOLVED,
            CONNECTION_REFUSED,
            CONNECTION_RESET,
            TIMEOUT
        }

        Unanswered(Why why, Call call) {
            super(call.method() + " " + call.at() + call.path() + ": "
                    + switch (why) {
                        case NAME_NOT_RESOLVED -> "the name " + call.at().host() + " cannot be resolved";
                        case CONNECTION_REFUSED -> "no connection";
                        case CONNECTION_RESET -> "the connection ended without an answer";
                        case TIMEOUT -> "no answer within " + call.limit().toMillis() + " ms";
                    });
            this.why = why;
        }

        public Why why() {
            return why;
        }
    }

    private record Exchange(Call call, Promise<Reply> reply, SimpleChannelPool pool) {
        void fail(Unanswered.Why why) {
            reply.tryFailure(new Unanswered(why, call));
        }
    }

    /** Sends a request; the future fails with {@link Unanswered} alone. */
    public Future<Reply> send(Call call) {
        Promise<Reply> reply = loop.newPromise();
        Future<?> alarm = loop.schedule(
                () -> reply.tryFailure(new Unanswered(Unanswered.Why.TIMEOUT, call)),
                call.limit().toNanos(),
                TimeUnit.NANOSECONDS);
        reply.addListener(_ -> alarm.cancel(false));
        names.resolve(call.at().host()).addListener((Future<InetAddress> found) -> {
            if (found.isSuccess()) {
                connect(call, new InetSocketAddress(found.getNow(), call.at().port()), reply);
            } else {
                reply.tryFailure(new Unanswered(Unanswered.Why.NAME_NOT_RESOLVED, call));
            }
        });
        return reply;
    }

    private void connect(Call call, InetSocketAddress at, Promise<Reply> reply) {
        SimpleChannelPool pool = pools.get(at);
        pool.acquire().addListener((Future<Channel> got) -> {
            Exchange exchange = new Exchange(call, reply, pool);
            if (!got.isSuccess()) {
                exchange.fail(Unanswered.Why.CONNECTION_REFUSED);
            } else if (reply.isDone()) {
                pool.release(got.getNow());
            } else {
                write(got.getNow(), exchange);
            }
        });
    }

    private static void write(Channel channel, Exchange exchange) {
        Call call = exchange.call();
        channel.attr(EXCHANGE).set(exchange);
        exchange.reply().addListener(done -> {
            if (!done.isSuccess()) {
                channel.close(); // the answer may still come
            }
        });
        ByteBuf content = Unpooled.copiedBuffer(call.body(), StandardCharsets.UTF_8);
        FullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.valueOf(call.method()), call.path(), content);
        request.headers()
                .set(HttpHeaderNames.HOST, call.at().toString())
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        call.headers().forEach(request.headers()::set);
        HttpUtil.setContentLength(request, content.readableBytes());
        channel.writeAndFlush(request).addListener(written -> {
            if (!written.isSuccess()) {
                exchange.fail(Unanswered.Why.CONNECTION_RESET);
            }
        });
    }

    private static final class Answers extends SimpleChannelInboundHandler<FullHttpResponse> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse message) {
            Exchange exchange = context.channel().attr(EXCHANGE).getAndSet(null);
            if (exchange == null) {
                context.close();
                return;
            }
            if (HttpUtil.isKeepAlive(message)) {
                exchange.pool().release(context.channel());
            } else {
                context.close();
            }
            exchange.reply()
                    .trySuccess(
                            new Reply(message.status().code(), message.content().toString(StandardCharsets.UTF_8)));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            Exchange exchange = context.channel().attr(EXCHANGE).getAndSet(null);
            if (exchange != null) {
                exchange.fail(Unanswered.Why.CONNECTION_RESET);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    /** Sends a request and waits; never on an event loop. */
    public Reply call(Call call) throws Unanswered {
        Future<Reply> reply = send(call).awaitUninterruptibly();
        if (reply.isSuccess()) {
            return reply.getNow();
        }
        if (reply.cause() instanceof Unanswered no) {
            throw no;
        }
        throw new IllegalStateException(reply.cause());
    }

    @Override
    public void close() {
        names.close();
        pools.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
