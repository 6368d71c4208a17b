package phalanx.proxy.serve;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.CgiHeadReader;
import phalanx.proxy.http.ResponseHead;

/** How one exchange is written to and read from an application server's connection. On its event loop. */
interface CgiWire {
    /** Writes what stands before the body. */
    void begin(ChannelHandlerContext ctx, Map<String, String> variables);

    /** Writes some of the body; the buffer is released. */
    void data(ChannelHandlerContext ctx, ByteBuf data);

    /** Ends the body. */
    void end(ChannelHandlerContext ctx);

    /** Takes octets, handing on what the script wrote; answers why they cannot be read, or null. */
    @Nullable
    String read(ByteBuf in);

    /** Whether the answer was said to be over. */
    boolean over();

    /** Whether the end of the connection is the end of the answer. */
    boolean endsWithConnection();

    /** Reads the head at the beginning of what the script wrote; null while it is not whole. */
    @Nullable
    ResponseHead head(CgiHeadReader reader, ByteBuf in);
}
