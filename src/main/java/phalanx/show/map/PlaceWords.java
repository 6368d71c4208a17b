package phalanx.show.map;

import phalanx.show.Words;
import phalanx.topology.Flow;
import phalanx.topology.PlaceRole;
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
