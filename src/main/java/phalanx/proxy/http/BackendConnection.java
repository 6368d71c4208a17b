package phalanx.proxy.http;

import io.netty.channel.Channel;
import java.time.Duration;

/** A connection to a server that can take a request now. Used on its event loop. */
public interface BackendConnection {
    /**
     * Sends a head; its fields go out as they are, with the framing of the body added.
     *
     * @param readTimeout the longest silence of the server once the request is whole
     * @param sendTimeout the longest time in which it takes nothing of the request
     */
    BackendStream begin(RequestHead head, BackendListener to, Duration readTimeout, Duration sendTimeout);

    Channel channel();

    /** Whether it has served an exchange before the current one: then it may have been dying while it lay idle. */
    boolean reused();

    /** Whether any octet of an answer to the current exchange has come. */
    boolean anyRead();
}
