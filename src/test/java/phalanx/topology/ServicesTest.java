package phalanx.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import phalanx.net.Endpoint;
import phalanx.net.IpAddress;
import phalanx.telemetry.ServiceName;
import phalanx.telemetry.Span;
import phalanx.telemetry.Telemetry;

/** Services are found at their addresses, and their calls in what contains what. */
class ServicesTest {
    private static final IpAddress WEB = IpAddress.v4(0x0A000001), CART = IpAddress.v4(0x0A000002);
    private static final Endpoint CART_PORT = new Endpoint(CART, 8080),
            DB = new Endpoint(IpAddress.v4(0x0A000003), 5432);

    private final List<Span> spans = new ArrayList<>();

    private void span(
            String id,
            String parent,
            String service,
            Span.Kind kind,
            long took,
            boolean failed,
            @Nullable Endpoint to) {
        spans.add(new Span(
                "t",
                id,
                parent,
                service,
                "",
                kind,
                1,
                took,
                failed,
                null,
                to,
                service.equals("web") ? WEB : null,
                id,
                Map.of()));
    }

    private Services services(ServiceName... names) {
        return Services.of(new Telemetry(List.of(), List.of(), List.of(names), spans, List.of()));
    }

    private static TrafficGraph graph(Station from, Station to) {
        TrafficGraph.Node one =
                new TrafficGraph.Node(from, PlaceRole.CLIENT, from.label(), 1, 1, Flow.NOTHING, Flow.NOTHING);
        TrafficGraph.Node other =
                new TrafficGraph.Node(to, PlaceRole.SERVER, to.label(), 1, 1, Flow.NOTHING, Flow.NOTHING);
        return new TrafficGraph(
                List.of(one, other),
                List.of(new TrafficGraph.Edge("e", 0, 1, 1, Flow.NOTHING, Flow.NOTHING)),
                new int[] {0});
    }

    @Test
    void a_call_is_a_span_inside_of_one_of_another_service_and_takes_as_long_as_its_caller_waits() {
        for (int i = 0; i < 100; i++) {
            span("c" + i, "", "web", Span.Kind.CLIENT, i + 1, false, CART_PORT);
            span("s" + i, "c" + i, "cart", Span.Kind.SERVER, 1, i >= 98, null);
        }
        Services services = services();
        Station web = services.station(new Station.Host(WEB));
        Station cart = services.station(new Station.Service(CART_PORT));
        assertEquals("named-web", web.id());
        assertEquals("named-cart", cart.id());
        assertTrue(cart.holds(CART_PORT));
        TrafficGraph told = services.with(graph(web, cart), _ -> false);
        assertEquals(
                Optional.of(new Calls(100, 2, 50, 99)), told.edges().getFirst().calls());
        assertEquals(Optional.empty(), told.edges().getFirst().callsBack());
        assertEquals(
                Optional.of(new Calls(100, 2, 50, 99)),
                services.with(graph(cart, web), _ -> false).edges().getFirst().callsBack());
        assertEquals(
                Optional.empty(),
                services.with(graph(web, cart), "named-cart"::equals)
                        .edges()
                        .getFirst()
                        .calls());
    }

    @Test
    void who_is_called_and_sends_no_spans_is_its_address_or_the_name_of_it() {
        span("q", "", "cart", Span.Kind.CLIENT, 5, false, DB);
        TrafficGraph bare = services().with(TrafficGraph.EMPTY, _ -> false);
        assertEquals(
                List.of("named-cart", "host-10.0.0.3"),
                bare.nodes().stream().map(TrafficGraph.Node::id).toList());
        TrafficGraph named = services(new ServiceName(DB.address(), ServiceName.Kind.POD, "shop", "db-0", "db"))
                .with(TrafficGraph.EMPTY, _ -> false);
        assertEquals("named-db", named.nodes().get(1).id());
        assertEquals("named-cart>named-db", named.edges().getFirst().id());
    }

    @Test
    void an_address_that_several_services_claim_is_of_none_but_its_ports_are() {
        span("a", "", "web", Span.Kind.CLIENT, 1, false, CART_PORT);
        span("b", "a", "cart", Span.Kind.SERVER, 1, false, null);
        span("c", "", "web", Span.Kind.CLIENT, 1, false, new Endpoint(CART, 9090));
        span("d", "c", "stock", Span.Kind.SERVER, 1, false, null);
        Services services = services();
        Station host = new Station.Host(CART);
        assertSame(host, services.station(host));
        assertEquals(
                "named-cart", services.station(new Station.Service(CART_PORT)).id());
        assertEquals(
                "named-stock",
                services.station(new Station.Service(new Endpoint(CART, 9090))).id());
    }

    @Test
    void without_traces_and_names_there_are_none() {
        assertTrue(Services.of(Telemetry.NONE).isEmpty());
        assertEquals(
                "host-10.0.0.2",
                Services.NONE.station(new Station.Service(CART_PORT)).id());
    }
}
