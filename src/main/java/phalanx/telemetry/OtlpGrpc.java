package phalanx.telemetry;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OTLP/gRPC: one stream is one call with one message (grpc.io, "gRPC over HTTP2": Length-Prefixed-Message, Trailers-Only). On its event
 * loop; windows are opened by the stream's channel as its frames are read.
 */
final class OtlpGrpc extends OtlpReading<Http2StreamFrame> {
    private static final String TYPE = "application/grpc";
    /** Of a message: whether it is packed, and its length. */
    private static final int PREFIX = 5;

    private OtlpMessage.@Nullable Signal signal;
    private String encoding = "";
    private boolean answered;

    OtlpGrpc(OtlpIntake intake) {
        super(intake);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Http2StreamFrame frame) {
        if (answered) {
            return; // the rest of what was refused
        }
        try {
            if (frame instanceof Http2HeadersFrame headers && body == null) {
                begin(context, headers.headers());
                if (headers.isEndStream()) {
                    throw new OtlpRefusal.Refused(OtlpRefusal.MALFORMED);
                }
            }
            OtlpIntake.Body coming = body;
            if (frame instanceof Http2DataFrame data && coming != null) {
                coming.add(data.content());
                if (data.isEndStream()) {
                    finish(context, coming.octets());
                }
            }
        } catch (OtlpRefusal.Refused no) {
            refuse(context, no.why());
        }
    }

    private void begin(ChannelHandlerContext context, Http2Headers headers) throws OtlpRefusal.Refused {
        String type = text(headers, "content-type");
        if (!type.equals(TYPE) && !type.equals(TYPE + "+proto")) {
            throw new OtlpRefusal.Refused(OtlpRefusal.CONTENT);
        }
        signal = OtlpIntake.METHODS.get(text(headers, ":path"));
        encoding = text(headers, "grpc-encoding");
        if (signal == null) {
            throw new OtlpRefusal.Refused(OtlpRefusal.NOWHERE);
        }
        if (!text(headers, ":method").equals("post")) {
            throw new OtlpRefusal.Refused(OtlpRefusal.METHOD);
        }
        begun(context, context.channel().parent());
    }

    private static String text(Http2Headers headers, String name) {
        CharSequence value = headers.get(name);
        String text = value == null ? "" : value.toString();
        return name.equals(":path") ? text : text.toLowerCase(Locale.ROOT);
    }

    private void finish(ChannelHandlerContext context, byte[] octets) throws OtlpRefusal.Refused {
        end();
        ByteBuf message = Unpooled.wrappedBuffer(octets);
        OtlpMessage.Signal of = signal;
        if (of == null || octets.length < PREFIX || message.getUnsignedInt(1) != octets.length - PREFIX) {
            throw new OtlpRefusal.Refused(OtlpRefusal.MALFORMED);
        }
        boolean packed = message.getByte(0) != 0;
        byte[] content = new byte[octets.length - PREFIX];
        message.getBytes(PREFIX, content);
        OtlpPartial taken =
                intake.take(of, false, intake.unpacked(content, packed ? encoding.isEmpty() ? "none" : encoding : ""));
        OtlpPatience.of(context.channel().parent()).served();
        answered = true;
        byte[] answer = taken.octets();
        context.write(new DefaultHttp2HeadersFrame(
                new DefaultHttp2Headers().status("200").add("content-type", TYPE)));
        context.write(new DefaultHttp2DataFrame(Unpooled.buffer(PREFIX + answer.length)
                .writeByte(0) // not packed
                .writeInt(answer.length)
                .writeBytes(answer)));
        context.writeAndFlush(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().add("grpc-status", "0"), true));
    }

    @Override
    void refuse(ChannelHandlerContext context, OtlpRefusal why) {
        answered = true;
        end();
        intake.refused();
        Http2Headers trailers =
                new DefaultHttp2Headers().status(why == OtlpRefusal.CONTENT && signal == null ? "415" : "200");
        Map.of("content-type", TYPE, "grpc-status", String.valueOf(why.code()), "grpc-message", why.text())
                .forEach(trailers::add);
        context.writeAndFlush(new DefaultHttp2HeadersFrame(trailers, true)).addListener(_ -> context.close());
    }
}
