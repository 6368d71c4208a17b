package phalanx.proxy.http;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a client's connection needs to know of its listener. The handler may change between two requests (reload). Any thread.
 */
public interface HttpService {
    HttpSettings settings();

    /** Who takes the next exchange. */
    Exchange.Handler handler();

    /** Set once the proxy takes no new requests: connections close behind the response under way. */
    AtomicBoolean draining();

    /** Grows when connections from before are to end behind the response under way. */
    int generation();

    /** Told of a message that was refused before it became an exchange. */
    void refused(ClientConnection connection, Refusal refusal);
}
