package phalanx.proxy.http;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The other side of one exchange: takes the request's body and makes the response. Used on the client's event loop. */
public interface BackendStream {
    /** Takes some of the request's body; the buffer is this stream's to release. */
    void data(ByteBuf data);

    /** The request's body is over. */
    void end(@Nullable Fields trailer);

    /** Hands what was written to the kernel. */
    void flush();

    /** The client does not want the answer any more. */
    void cancel();

    /** Whether more can be taken without piling up here. */
    boolean writable();

    /** Goes on, or stops for a while, making the response. */
    void readResponse(boolean more);
}
