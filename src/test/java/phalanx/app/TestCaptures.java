package phalanx.app;

import java.io.PrintWriter;
import phalanx.proxy.ProxyServer;
import phalanx.proxy.admin.CaptureControl;

/** Captures of a proxy's traffic, for tests of other rooms. */
public final class TestCaptures {
    private TestCaptures() {}

    public static CaptureControl of(ProxyServer server, PrintWriter says) {
        return new ProxyCaptures(server, 1 << 20, says);
    }
}
