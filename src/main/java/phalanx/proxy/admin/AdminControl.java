package phalanx.proxy.admin;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import phalanx.config.Node;
import phalanx.proxy.breakpoint.Breakpoints;
import phalanx.proxy.fault.Faults;
import phalanx.proxy.guard.Gate;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.record.ActiveRequests;
import phalanx.proxy.record.RecordedExchange;
import phalanx.proxy.record.Recording;
import phalanx.proxy.record.RequestLog;
import phalanx.proxy.route.Upstream;

/** What the admin API may see and do. Any thread; calls that change something take as long as it takes. */
public interface AdminControl {
    /** Whether it serves: not while it drains. */
    boolean ready();

    ProxyMetrics metrics();

    Collection<Upstream> upstreams();

    RequestLog log();

    /** The requests under way. */
    ActiveRequests active();

    /** Exchanges with their heads and bodies, while it is switched on. */
    Recording recording();

    Breakpoints breakpoints();

    /** What clients have done, who is banned, what is limited. */
    Gate.Shared guard();

    /** Whether a client may be banned: not one that a server always lets in, nor a proxy that brings requests of others. */
    boolean bannable(InetAddress client);

    /**
     * Sends a recorded request again.
     *
     * @param done told of the exchange that it became, on its event loop
     * @return why it was not sent; empty when it was
     */
    Optional<String> replay(RecordedExchange recorded, Consumer<Exchange> done);

    /** Who captures the proxy's traffic; empty where nothing can. */
    Optional<CaptureControl> captures();

    /** Who answers what begins with a part of a path that is not the proxy's own. */
    Optional<AdminExtension> extension(String part);

    /** What extensions add to the list of what there is, each line behind a line break. */
    String extensionHelp();

    /** The routes, in the order of the configuration. */
    List<RouteFaults> routes();

    /** A route, as it is written, and the faults made there. */
    record RouteFaults(String at, String route, Faults faults) {}

    /** The configuration in force, includes put in their places. */
    List<Node> configuration();

    /** Reads the configuration file anew; answers what is wrong with it, or nothing. Then nothing changed. */
    List<String> reload();
}
