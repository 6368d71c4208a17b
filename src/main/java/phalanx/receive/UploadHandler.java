package phalanx.receive;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import phalanx.run.ForeignText;

/**
 * One upload, and then the connection ends. On its event loop, which serves uploads only, so that it may write to the disk; the finished
 * capture is read on a thread of its own.
 */
final class UploadHandler extends SimpleChannelInboundHandler<HttpObject> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> CONTENT = Set.of(
            "application/octet-stream",
            "application/vnd.tcpdump.pcap",
            "application/x-pcapng",
            "application/gzip",
            "application/zstd");
    private static final String LOCAL = "(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?";
    private static final int MOST_QUERY = 1024;
    private static final long GOODBYE_SECONDS = 2;

    private final Inbox inbox;
    private final ReceiveLimits limits;
    private final Predicate<String> token;
    private final boolean loopback;
    private final Executor checks;
    private final Consumer<String> told;
    private Inbox.@Nullable Upload upload;
    private boolean begun;
    private boolean answered;
    private long octetsBefore;
    private @Nullable Future<?> watch;

    /**
     * @param loopback whether only this machine can connect, whose pages must not
     * @param checks reads finished captures, elsewhere than on the event loop
     */
    UploadHandler(
            Inbox inbox,
            ReceiveLimits limits,
            Predicate<String> token,
            boolean loopback,
            Executor checks,
            Consumer<String> told) {
        this.inbox = inbox;
        this.limits = limits;
        this.token = token;
        this.loopback = loopback;
        this.checks = checks;
        this.told = told;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        long millis = limits.patience().toMillis();
        watch = context.executor().scheduleAtFixedRate(() -> look(context), millis, millis, TimeUnit.MILLISECONDS);
        context.fireChannelActive();
    }

    /** Whether enough came since it was looked at last. */
    private void look(ChannelHandlerContext context) {
        Inbox.Upload coming = upload;
        if (!begun) {
            context.close();
        } else if (coming != null && !answered) {
            long came = coming.octets() - octetsBefore;
            octetsBefore = coming.octets();
            if (came * 1000 < limits.slowest() * limits.patience().toMillis()) {
                refuse(context, Refusal.SLOW);
            }
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (answered) {
            if (message instanceof LastHttpContent) {
                context.close();
            }
            return; // the rest of what was refused
        }
        try {
            if (message.decoderResult().isFailure()) {
                throw new Inbox.Refused(Refusal.REQUEST);
            }
            if (message instanceof HttpRequest request) {
                begin(context, request);
            }
            if (message instanceof HttpContent content && upload != null) {
                upload.write(ByteBufUtil.getBytes(content.content()));
                if (message instanceof LastHttpContent) {
                    finish(context, upload);
                }
            }
        } catch (Inbox.Refused no) {
            refuse(context, no.why());
        } catch (IOException e) {
            told.accept("not written: " + e.getMessage());
            refuse(context, Refusal.NOT_KEPT);
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) throws IOException, Inbox.Refused {
        begun = true;
        Refusal no = refuses(request);
        if (no != null) {
            throw new Inbox.Refused(no);
        }
        upload = inbox.begin(name(request), HttpUtil.getContentLength(request, 0L));
        if (HttpUtil.is100ContinueExpected(request)) {
            context.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
    }

    private @Nullable Refusal refuses(HttpRequest request) {
        if (request.headers().getAll(HttpHeaderNames.HOST).size() != 1) {
            return Refusal.REQUEST; // RFC 9112 section 3.2
        }
        String host = request.headers().get(HttpHeaderNames.HOST, "");
        if (loopback && !host.toLowerCase(Locale.ROOT).matches(LOCAL)) {
            return Refusal.WRONG_HOST; // a name that a page made point here
        }
        if (request.headers().contains(HttpHeaderNames.ORIGIN)
                || request.headers().contains("Sec-Fetch-Site")) {
            return Refusal.PAGE;
        }
        if (!path(request).equals("/captures")) {
            return Refusal.NOWHERE;
        }
        if (!request.method().equals(HttpMethod.POST)) {
            return Refusal.METHOD;
        }
        String shown = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
        if (!shown.startsWith("Bearer ") || !token.test(shown.substring(7).strip())) {
            return Refusal.TOKEN;
        }
        String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "").toLowerCase(Locale.ROOT);
        if (!CONTENT.contains(type.replaceFirst("\\s*;.*", ""))
                || !request.headers()
                        .get(HttpHeaderNames.CONTENT_ENCODING, "identity")
                        .equals("identity")) {
            return Refusal.CONTENT;
        }
        boolean chunked = HttpUtil.isTransferEncodingChunked(request);
        return !chunked && !HttpUtil.isContentLengthSet(request) ? Refusal.LENGTH : null;
    }

    private static String path(HttpRequest request) {
        int query = request.uri().indexOf('?');
        return query < 0 ? request.uri() : request.uri().substring(0, query);
    }

    private static String name(HttpRequest request) throws Inbox.Refused {
        if (request.uri().length() > MOST_QUERY) {
            throw new Inbox.Refused(Refusal.REQUEST);
        }
        try {
            List<String> names =
                    new QueryStringDecoder(request.uri()).parameters().getOrDefault("name", List.of(""));
            return names.getFirst();
        } catch (IllegalArgumentException e) {
            throw new Inbox.Refused(Refusal.REQUEST);
        }
    }

    private void finish(ChannelHandlerContext context, Inbox.Upload coming) {
        answered = true; // nothing more is taken while it is read
        try {
            checks.execute(() -> check(context, coming));
        } catch (OutOfMemoryError e) {
            System.getLogger("phalanx.receive")
                    .log(System.Logger.Level.WARNING, "there is no thread to check a capture", e);
            refuse(context, Refusal.BUSY);
        }
    }

    private void check(ChannelHandlerContext context, Inbox.Upload coming) {
        try {
            Inbox.Kept kept = coming.keep();
            ObjectNode body = JSON.createObjectNode()
                    .put("name", kept.name())
                    .put("bytes", kept.octets())
                    .put("sha256", kept.sha256());
            context.executor().execute(() -> {
                tell(context, "201 " + kept.name() + ", " + kept.octets() + " bytes");
                answer(context, HttpResponseStatus.CREATED, "application/json", body);
            });
        } catch (Inbox.Refused no) {
            context.executor().execute(() -> refuse(context, no.why()));
        } catch (IOException e) {
            told.accept("not written: " + e.getMessage());
            context.executor().execute(() -> refuse(context, Refusal.NOT_KEPT));
        } catch (RuntimeException | Error e) {
            System.getLogger("phalanx.receive").log(System.Logger.Level.ERROR, "a capture could not be checked", e);
            context.executor().execute(() -> refuse(context, Refusal.NOT_KEPT));
        } finally {
            coming.close();
        }
    }

    private void refuse(ChannelHandlerContext context, Refusal why) {
        answered = true;
        leave();
        tell(context, why.status().code() + " " + why.code() + " " + why.title());
        answer(
                context,
                why.status(),
                "application/problem+json",
                JSON.createObjectNode()
                        .put("type", "about:blank")
                        .put("title", why.title())
                        .put("status", why.status().code())
                        .put("detail", why.detail())
                        .put("code", why.code()));
    }

    private void tell(ChannelHandlerContext context, String what) {
        String from = context.channel().remoteAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress()
                : "?";
        told.accept(ForeignText.line(from + ": " + what));
    }

    /** Answers and ends the connection, at once or when the other side has stopped talking: else the answer might never arrive. */
    private void answer(ChannelHandlerContext context, HttpResponseStatus status, String type, ObjectNode body) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                status,
                Unpooled.wrappedBuffer(body.toString().getBytes(StandardCharsets.UTF_8)));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, type)
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, "close")
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set("X-Content-Type-Options", "nosniff");
        if (status.equals(HttpResponseStatus.UNAUTHORIZED)) {
            response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
        }
        if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
            response.headers().set(HttpHeaderNames.ALLOW, "POST");
        }
        boolean done = status.equals(HttpResponseStatus.CREATED);
        context.writeAndFlush(response).addListener(sent -> {
            if (done || !sent.isSuccess()) {
                context.close();
            } else {
                context.executor().schedule(() -> context.close(), GOODBYE_SECONDS, TimeUnit.SECONDS);
            }
        });
    }

    private void leave() {
        if (upload != null) {
            upload.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (watch != null) {
            watch.cancel(false);
        }
        if (upload != null && !answered) {
            tell(context, "499 " + Refusal.TOO_SLOW + " The capture did not come to its end");
            leave();
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        System.getLogger("phalanx.receive").log(System.Logger.Level.DEBUG, "a connection broke", cause);
        context.close();
    }
}
