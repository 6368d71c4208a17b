package phalanx.proxy.http;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The server that was asked last for an exchange's answer, and why that one. Empty while none was. On the exchange's event loop. */
public final class AskedServer {
    private @Nullable InetSocketAddress local;
    private @Nullable InetSocketAddress peer;
    private String upstream = "";
    private String why = "";
    private Object reason = "";
    private int attempts;

    /**
     * Notes who is asked.
     *
     * @param of the name of its upstream
     * @param inShort why this server was chosen, in a few words
     * @param details the same with figures, made into text only where it is shown
     * @param attempt counts the servers asked, the same one twice counting as two
     */
    public void chosen(String of, InetSocketAddress server, String inShort, Object details, int attempt) {
        upstream = of;
        local = null;
        peer = server;
        why = inShort;
        reason = details;
        attempts = attempt;
    }

    /** Notes our end of the connection that stands now. */
    public void connected(InetSocketAddress from) {
        local = from;
    }

    /** Our end of the connection to it, or null. */
    public @Nullable InetSocketAddress local() {
        return local;
    }

    /** Its address, or null. */
    public @Nullable InetSocketAddress peer() {
        return peer;
    }

    /** Its upstream. */
    public String upstream() {
        return upstream;
    }

    /** Why it was chosen, in a few words. */
    public String why() {
        return why;
    }

    /** Why it was chosen, with the figures that the balancer had. */
    public String reason() {
        return reason.toString();
    }

    /** Servers asked, the same one twice counting as two. */
    public int attempts() {
        return attempts;
    }
}
