package phalanx.show.map;

import org.jspecify.annotations.Nullable;
import phalanx.show.Words;
import phalanx.telemetry.ServiceName;
import phalanx.topology.Calls;
import phalanx.topology.Flow;
import phalanx.topology.PlaceRole;
import phalanx.topology.Services;
import phalanx.topology.Station;
import phalanx.topology.TrafficGraph;

/** How places and links are called on the map, in its table and in the summary. Any thread. */
final class PlaceWords {
    private static final Words WORDS = Words.of("map");

    private PlaceWords() {}

    static String role(PlaceRole role) {
        return switch (role) {
            case CLIENT -> WORDS.get("role.client");
            case SERVER -> WORDS.get("role.server");
            case CLIENT_AND_SERVER -> WORDS.get("role.client-and-server");
            case LOAD_BALANCER -> WORDS.get("role.load-balancer");
            case FIREWALL -> WORDS.get("role.firewall");
            case ROUTER -> WORDS.get("role.router");
            case CAPTURE_POINT -> WORDS.get("role.capture-point");
            case UNKNOWN -> WORDS.get("role.unknown");
        };
    }

    /** The name that other tools have for a host, else as {@link #name(TrafficGraph.Node)}. */
    static String name(TrafficGraph.Node node, Services services) {
        ServiceName name = known(node, services);
        return name == null ? name(node) : name.shown();
    }

    private static @Nullable ServiceName known(TrafficGraph.Node node, Services services) {
        return switch (node.station()) {
            case Station.Host(var address) -> services.nameOf(address);
            case Station.Service(var endpoint) -> services.nameOf(endpoint.address());
            case Station.Named _, Station.CapturePoint _, Station.End _, Station.Subnet _ -> null;
        };
    }

    /** The address of a host that is called by a name, else as {@link #detail(TrafficGraph.Node)}. */
    static String detail(TrafficGraph.Node node, Services services) {
        return known(node, services) == null ? detail(node) : node.label();
    }

    /** {@code 20 calls, 25 % failed, p99 40 ms}. */
    static String calls(Calls calls) {
        return WORDS.get("calls", calls.count())
                + (calls.failed() == 0
                        ? ""
                        : WORDS.get("calls.failed", Words.language().percent(calls.failed(), calls.count())))
                + ", "
                + WORDS.get("calls.p99", Words.language().duration(calls.p99Nanos()));
    }

    static String name(TrafficGraph.Node node) {
        return node.station() instanceof Station.End
                ? node.hosts() == 1 ? node.label() : role(node.role())
                : node.label();
    }

    static String detail(TrafficGraph.Node node) {
        return switch (node.station()) {
            case Station.CapturePoint _ ->
                WORDS.get(
                        "detail.packets",
                        node.sent().packets() + node.received().packets());
            case Station.End _ -> node.hosts() == 1 ? role(node.role()) : WORDS.get("detail.hosts", node.hosts());
            case Station.Host _, Station.Service _ -> WORDS.get("detail.conversations", node.conversations());
            case Station.Named named ->
                node.conversations() == 0
                        ? WORDS.get("detail.traced")
                        : WORDS.get(
                                "detail.hosts", Math.max(1, named.addresses().size()));
            case Station.Subnet _ -> WORDS.get("detail.hosts", node.hosts());
        };
    }

    /** {@code p95 12.4 ms, loss 0.8 %}; empty where nothing was measured. */
    static String figures(Flow flow) {
        String delay = flow.delay()
                .map(d -> WORDS.get("edge.delay", Words.language().duration(d.p95Nanos())))
                .orElse("");
        String loss = flow.lost() > 0 ? WORDS.get("edge.loss", loss(flow)) : "";
        return delay.isEmpty() || loss.isEmpty() ? delay + loss : delay + ", " + loss;
    }

    /** {@code 0.8 %}, a dash where loss cannot be told. */
    static String loss(Flow flow) {
        return flow.seen() == 0 ? "\u2013" : Words.language().percent(flow.lost(), flow.seen());
    }
}
