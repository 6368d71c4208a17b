package phalanx.lab;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import phalanx.config.HostPort;
import phalanx.config.Node;
import phalanx.proxy.ProxyServer;
import phalanx.proxy.admin.AdminControl;
import phalanx.proxy.fault.Fault;
import phalanx.proxy.route.Server;

/** The ways from the proxy to each instance: what goes wrong on them, and whether they are used. Any thread. */
public final class Ways {
    private final ProxyServer proxy;
    private final Layout layout;
    private final Map<String, List<Fault>> troubles = new ConcurrentHashMap<>();

    Ways(ProxyServer proxy, Layout layout) {
        this.proxy = proxy;
        this.layout = layout;
    }

    /**
     * Has this go wrong on the way to an instance from now on, whatever is loaded anew.
     *
     * @param faults as they are written in the proxy's configuration; none for a good way
     */
    public void trouble(String instance, List<String> faults) {
        troubles.put(
                instance,
                faults.stream().flatMap(one -> Fault.read(one).stream()).toList());
        afterReload();
    }

    /** A configuration that was loaded made all ways good ones: those that were bad become so again. */
    void afterReload() {
        List<AdminControl.RouteFaults> routes = proxy.routes();
        troubles.forEach((instance, faults) -> route(layout.way(instance))
                .ifPresent(at -> routes.stream()
                        .filter(one -> one.at().equals(at))
                        .forEach(one -> one.faults().set(faults))));
    }

    /** Where the route of the server stands that listens there. */
    private Optional<String> route(HostPort listen) {
        return inner(proxy.configuration(), "http")
                .flatMap(http -> inner(http.block().orElse(List.of()), "server"))
                .filter(server -> inner(server.block().orElse(List.of()), "listen")
                        .anyMatch(one -> one.argument(0).equals(listen.toString())))
                .flatMap(server -> inner(server.block().orElse(List.of()), "route"))
                .map(route -> route.at().toString())
                .findFirst();
    }

    private static Stream<Node> inner(List<Node> nodes, String name) {
        return nodes.stream().filter(node -> node.name().text().equals(name));
    }

    /** The server that an instance is for the proxy; empty when the configuration has it no more. */
    public Optional<Server> server(String instance) {
        return proxy.upstreams().stream()
                .filter(upstream -> upstream.name().equals(Layout.service(instance)))
                .flatMap(upstream -> upstream.servers().stream())
                .filter(server -> server.toString().equals(layout.way(instance).toString()))
                .findFirst();
    }
}
