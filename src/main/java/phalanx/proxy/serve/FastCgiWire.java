package phalanx.proxy.serve;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.CgiHeadReader;
import phalanx.proxy.http.ResponseHead;
import phalanx.run.ForeignText;

/** Records of FastCGI (FastCGI Specification 1.0, section 3.3), one request a connection. */
final class FastCgiWire implements CgiWire {
    private static final int HEADER = 8;
    private static final int BEGIN_REQUEST = 1;
    private static final int END_REQUEST = 3;
    private static final int PARAMS = 4;
    private static final int STDIN = 5;
    private static final int STDOUT = 6;
    private static final int STDERR = 7;
    private static final int RESPONDER = 1;
    private static final int LARGEST_RECORD = 0xFFFF;
    private static final int LONGEST_LOGGED = 500;

    private final Consumer<ByteBuf> answer;
    private final byte[] header = new byte[HEADER];
    private int headerRead;
    private int type;
    private int contentLeft;
    private int paddingLeft;
    private boolean over;
    private int logged;

    FastCgiWire(Consumer<ByteBuf> answer) {
        this.answer = answer;
    }

    @Override
    public void begin(ChannelHandlerContext ctx, Map<String, String> variables) {
        ByteBuf out = ctx.alloc().buffer(2048);
        header(out, BEGIN_REQUEST, 8);
        out.writeShort(RESPONDER).writeZero(6);
        ByteBuf pairs = ctx.alloc().buffer(2048);
        try {
            variables.forEach((name, value) -> {
                byte[] n = CgiVariables.octets(name);
                byte[] v = CgiVariables.octets(value);
                length(pairs, n.length);
                length(pairs, v.length);
                pairs.writeBytes(n).writeBytes(v);
            });
            while (pairs.isReadable()) {
                int taken = Math.min(pairs.readableBytes(), LARGEST_RECORD);
                header(out, PARAMS, taken);
                out.writeBytes(pairs, taken);
            }
        } finally {
            pairs.release();
        }
        header(out, PARAMS, 0);
        ctx.write(out, ctx.voidPromise());
    }

    private static void header(ByteBuf out, int type, int length) {
        out.writeByte(1).writeByte(type).writeShort(1).writeShort(length).writeShort(0);
    }

    private static void length(ByteBuf out, int length) {
        if (length < 128) {
            out.writeByte(length);
        } else {
            out.writeInt(length | 0x8000_0000);
        }
    }

    @Override
    public void data(ChannelHandlerContext ctx, ByteBuf data) {
        while (data.readableBytes() > 0) {
            int taken = Math.min(data.readableBytes(), LARGEST_RECORD);
            ByteBuf head = ctx.alloc().buffer(HEADER);
            header(head, STDIN, taken);
            ctx.write(head, ctx.voidPromise());
            ctx.write(data.readRetainedSlice(taken), ctx.voidPromise());
        }
        data.release();
    }

    @Override
    public void end(ChannelHandlerContext ctx) {
        ByteBuf head = ctx.alloc().buffer(HEADER);
        header(head, STDIN, 0);
        ctx.write(head, ctx.voidPromise());
    }

    @Override
    public @Nullable String read(ByteBuf in) {
        while (in.isReadable() && !over) {
            if (headerRead < HEADER) {
                int taken = Math.min(HEADER - headerRead, in.readableBytes());
                in.readBytes(header, headerRead, taken);
                headerRead += taken;
                if (headerRead < HEADER) {
                    return null;
                }
                if (header[0] != 1) {
                    return "a record is of another version";
                }
                type = header[1];
                contentLeft = (header[4] & 0xFF) << 8 | header[5] & 0xFF;
                paddingLeft = header[6] & 0xFF;
            }
            int content = Math.min(contentLeft, in.readableBytes());
            if (content > 0) {
                contentLeft -= content;
                content(in.readSlice(content));
            }
            if (contentLeft == 0) {
                int padding = Math.min(paddingLeft, in.readableBytes());
                in.skipBytes(padding);
                paddingLeft -= padding;
                if (paddingLeft == 0) {
                    headerRead = 0;
                    over |= type == END_REQUEST;
                }
            }
        }
        return null;
    }

    private void content(ByteBuf content) {
        if (type == STDOUT) {
            answer.accept(content);
        } else if (type == STDERR && logged < LONGEST_LOGGED) { // for the log, never for the client
            String text = content.toString(
                    content.readerIndex(),
                    Math.min(content.readableBytes(), LONGEST_LOGGED - logged),
                    StandardCharsets.UTF_8);
            logged += text.length();
            System.getLogger("phalanx.proxy")
                    .log(System.Logger.Level.INFO, "FastCGI stderr: " + ForeignText.line(text));
        }
    }

    @Override
    public boolean over() {
        return over;
    }

    @Override
    public boolean endsWithConnection() {
        return false;
    }

    @Override
    public @Nullable ResponseHead head(CgiHeadReader reader, ByteBuf in) {
        return reader.read(in);
    }
}
