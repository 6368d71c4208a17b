package phalanx.proxy.http;

import io.netty.buffer.ByteBuf;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one exchange: takes the response, whichever version carries it. Used on the connection's event loop. Order of
 * calls: interim heads, one head, data, one end; or an abort at any time, after which all else is ignored.
 */
public interface ClientStream {
    /** Sends an interim response (RFC 9110 section 15.2). */
    void interim(int status, Fields fields);

    /**
     * Sends the head.
     *
     * @param end whether no data and no trailer follow
     */
    void head(ResponseHead head, boolean end);

    /** Sends some of the body; the buffer is this stream's to release. */
    void data(ByteBuf data);

    /**
     * Sends a part of a file as data, copied by the kernel. The file stays open.
     *
     * @param taken called once the kernel has taken it all
     * @return false where it cannot: then nothing was sent
     */
    boolean file(FileChannel file, long from, long length, Runnable taken);

    /** Ends the response. */
    void end(@Nullable Fields trailer);

    /** Hands what was written to the kernel. */
    void flush();

    /** Ends the exchange so that the client cannot take what it has for a whole answer. */
    void abort();

    /** As {@link #abort}, by a reset of the connection or stream that the client cannot miss. */
    void reset();

    /** Told that the client went away; nothing written from here on reaches it. */
    default void gone() {}

    /** Whether more can be written without piling up here. */
    boolean writable();

    /** Goes on, or stops for a while, taking the request's body from the network. */
    void readRequest(boolean more);
}
