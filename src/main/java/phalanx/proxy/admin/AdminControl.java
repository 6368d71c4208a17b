package phalanx.proxy.admin;

import java.util.Collection;
import java.util.List;
import phalanx.config.Node;
import phalanx.proxy.fault.Faults;
import phalanx.proxy.record.RequestLog;
import phalanx.proxy.route.Upstream;

/** What the admin API may see and do. Any thread; calls that change something take as long as it takes. */
public interface AdminControl {
    /** Whether it serves: not while it drains. */
    boolean ready();

    ProxyMetrics metrics();

    Collection<Upstream> upstreams();

    RequestLog log();

    /** The routes, in the order of the configuration. */
    List<RouteFaults> routes();

    /** A route, as it is written, and the faults made there. */
    record RouteFaults(String at, String route, Faults faults) {}

    /** The configuration in force, includes put in their places. */
    List<Node> configuration();

    /** Reads the configuration file anew; answers what is wrong with it, or nothing. Then nothing changed. */
    List<String> reload();
}
