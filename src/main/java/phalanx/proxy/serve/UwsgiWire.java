package phalanx.proxy.serve;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.CgiHeadReader;
import phalanx.proxy.http.ResponseHead;

/** The uwsgi protocol: one packet of variables, the body as it is, an answer of HTTP up to the end of the connection. */
final class UwsgiWire implements CgiWire {
    private static final int LARGEST = 0xFFFF;

    private final Consumer<ByteBuf> answer;

    UwsgiWire(Consumer<ByteBuf> answer) {
        this.answer = answer;
    }

    @Override
    public void begin(ChannelHandlerContext ctx, Map<String, String> variables) {
        ByteBuf out = ctx.alloc().buffer(2048);
        out.writeByte(0).writeShortLE(0).writeByte(0);
        variables.forEach((name, value) -> {
            byte[] n = CgiVariables.octets(name);
            byte[] v = CgiVariables.octets(value);
            if (out.readableBytes() - 4 + 4 + n.length + v.length <= LARGEST) { // the packet's length has 16 bits
                out.writeShortLE(n.length).writeBytes(n).writeShortLE(v.length).writeBytes(v);
            }
        });
        out.setShortLE(1, out.readableBytes() - 4);
        ctx.write(out, ctx.voidPromise());
    }

    @Override
    public void data(ChannelHandlerContext ctx, ByteBuf data) {
        ctx.write(data, ctx.voidPromise());
    }

    @Override
    public void end(ChannelHandlerContext ctx) {}

    @Override
    public @Nullable String read(ByteBuf in) {
        answer.accept(in);
        return null;
    }

    @Override
    public boolean over() {
        return false;
    }

    @Override
    public boolean endsWithConnection() {
        return true;
    }

    @Override
    public @Nullable ResponseHead head(CgiHeadReader reader, ByteBuf in) {
        return reader.readWithStatusLine(in);
    }
}
