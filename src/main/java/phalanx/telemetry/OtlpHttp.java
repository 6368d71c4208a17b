package phalanx.telemetry;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
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
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** OTLP/HTTP: a message a request, answered in the form in which it came ("OTLP Specification", OTLP/HTTP). On its event loop. */
final class OtlpHttp extends OtlpReading<HttpObject> {
    private static final String PROTOBUF = "application/x-protobuf", JSON = "application/json";
    private static final String LOCAL = "(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?";

    private static final long GOODBYE_SECONDS = 2;

    private final boolean loopback;
    private OtlpMessage.Signal signal = OtlpMessage.Signal.TRACES;
    private String type = PROTOBUF;
    private String encoding = "";
    private boolean keepAlive;
    private boolean refused;

    /** @param loopback whether only this machine can connect, whose pages must not */
    OtlpHttp(OtlpIntake intake, boolean loopback) {
        super(intake);
        this.loopback = loopback;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (refused) {
            if (part instanceof LastHttpContent) {
                context.close();
            }
            return; // the rest of what was refused
        }
        try {
            if (part.decoderResult().isFailure()) {
                throw new OtlpRefusal.Refused(OtlpRefusal.MALFORMED);
            }
            if (part instanceof HttpRequest request) {
                begin(context, request);
            }
            OtlpIntake.Body coming = body;
            if (part instanceof HttpContent content && coming != null) {
                coming.add(content.content());
                if (part instanceof LastHttpContent) {
                    byte[] octets = coming.octets();
                    end();
                    OtlpPartial taken = intake.take(signal, type.equals(JSON), intake.unpacked(octets, encoding));
                    OtlpPatience.of(context.channel()).served();
                    answer(
                            context,
                            HttpResponseStatus.OK,
                            type.equals(JSON) ? taken.json().getBytes(StandardCharsets.UTF_8) : taken.octets());
                }
            }
        } catch (OtlpRefusal.Refused no) {
            refuse(context, no.why());
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) throws OtlpRefusal.Refused {
        keepAlive = HttpUtil.isKeepAlive(request);
        String said = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "").toLowerCase(Locale.ROOT);
        type = said.replaceFirst("\\s*;.*", "").equals(JSON) ? JSON : PROTOBUF;
        String host = request.headers().get(HttpHeaderNames.HOST, "").toLowerCase(Locale.ROOT);
        boolean page = request.headers().contains(HttpHeaderNames.ORIGIN)
                || request.headers().contains("Sec-Fetch-Site")
                || loopback && !host.matches(LOCAL); // a name that a page made point here
        int query = request.uri().indexOf('?');
        OtlpMessage.Signal wanted =
                OtlpIntake.SIGNALS.get(query < 0 ? request.uri() : request.uri().substring(0, query));
        if (page) {
            throw new OtlpRefusal.Refused(OtlpRefusal.PAGE);
        }
        if (wanted == null) {
            throw new OtlpRefusal.Refused(OtlpRefusal.NOWHERE);
        }
        if (!request.method().equals(HttpMethod.POST)) {
            throw new OtlpRefusal.Refused(OtlpRefusal.METHOD);
        }
        if (!said.replaceFirst("\\s*;.*", "").equals(type)) {
            throw new OtlpRefusal.Refused(OtlpRefusal.CONTENT);
        }
        if (HttpUtil.getContentLength(request, 0L) > intake.limits().mostOctets()) {
            throw new OtlpRefusal.Refused(OtlpRefusal.TOO_LARGE);
        }
        signal = wanted;
        encoding = request.headers().get(HttpHeaderNames.CONTENT_ENCODING, "").toLowerCase(Locale.ROOT);
        begun(context, context.channel());
        if (HttpUtil.is100ContinueExpected(request)) {
            context.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
    }

    /** Ends the connection, too, when the other side has stopped talking: else the answer might never arrive. */
    @Override
    void refuse(ChannelHandlerContext context, OtlpRefusal why) {
        end();
        intake.refused();
        keepAlive = false;
        refused = true;
        answer(
                context,
                HttpResponseStatus.valueOf(why.status()),
                type.equals(JSON)
                        ? ("{\"code\":" + why.code() + ",\"message\":\"" + why.text() + "\"}")
                                .getBytes(StandardCharsets.UTF_8)
                        : status(why));
    }

    /** A google.rpc.Status in protobuf: 1 code, 2 message. */
    private static byte[] status(OtlpRefusal why) {
        byte[] text = why.text().getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream status = new ByteArrayOutputStream();
        status.write(1 << 3);
        status.write(why.code());
        status.write(2 << 3 | 2);
        status.write(text.length); // below 128
        status.writeBytes(text);
        return status.toByteArray();
    }

    private void answer(ChannelHandlerContext context, HttpResponseStatus status, byte[] content) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(content));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, type)
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
            response.headers().set(HttpHeaderNames.ALLOW, "POST");
        }
        if (!keepAlive) {
            response.headers().set(HttpHeaderNames.CONNECTION, "close");
        }
        boolean last = !keepAlive;
        long patient = refused ? GOODBYE_SECONDS : 0;
        context.writeAndFlush(response).addListener(_ -> {
            if (last) {
                context.executor().schedule(() -> context.close(), patient, TimeUnit.SECONDS);
            }
        });
    }
}
