package phalanx.topology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import phalanx.measure.ConversationMetrics;
import phalanx.measure.Measures;
import phalanx.net.Endpoint;
import phalanx.run.Progress;
import phalanx.stitch.Conversation;
import phalanx.stitch.Stitched;

/**
 * Who talks to whom: hosts or services as nodes, all conversations between two of them as one edge. Addresses are those on their
 * owner's side of any translation. One thread.
 */
public final class HostGraph {
    /** What servers are told apart by. */
    public enum Servers {
        BY_ADDRESS,
        BY_ADDRESS_AND_PORT
    }

    private static final int STOP_EVERY = 0x1000;

    private final Stitched stitched;
    private final Measures measures;
    private final Map<Station, Place> places = new LinkedHashMap<>();
    private final List<Link> links = new ArrayList<>();
    private final int[] linkOf;
    /** Conversations whose client stands at their link's {@code to}. */
    private final BitSet turned = new BitSet();

    private static final class Place {
        final Station station;
        final int number;
        final Set<Station> inside = new HashSet<>();
        boolean opens;
        boolean answers;
        int conversations;
        Flow sent = Flow.NOTHING;
        Flow received = Flow.NOTHING;

        Place(Station station, int number) {
            this.station = station;
            this.number = number;
        }

        void passes(Flow out, Flow in) {
            sent = sent.and(out);
            received = received.and(in);
        }

        TrafficGraph.Node node() {
            return new TrafficGraph.Node(
                    station,
                    PlaceRole.ofTraffic(opens, answers),
                    station.label(),
                    inside.size(),
                    conversations,
                    sent,
                    received);
        }
    }

    private static final class Link {
        final Place from;
        final Place to;
        int conversations;

        Link(Place from, Place to) {
            this.from = from;
            this.to = to;
        }
    }

    private HostGraph(Stitched stitched, Measures measures) {
        this.stitched = stitched;
        this.measures = measures;
        linkOf = new int[stitched.conversations().size()];
        Arrays.fill(linkOf, -1);
    }

    /**
     * @param counted which conversations, by their index
     * @param gathered what stands for a host or service: itself or a subnet
     * @throws Progress.Cancelled when it is no longer wanted
     */
    public static TrafficGraph of(
            Stitched stitched,
            Measures measures,
            Servers servers,
            IntPredicate counted,
            UnaryOperator<Station> gathered,
            Progress progress) {
        HostGraph graph = new HostGraph(stitched, measures);
        graph.place(servers, counted, gathered, progress);
        return graph.finished(progress);
    }

    /**
     * Services by their names, over the hosts that they run on, with their calls of each other; hosts without a service as they are.
     *
     * @param apart ids of services that are shown by their hosts
     */
    public static TrafficGraph of(
            Stitched stitched,
            Measures measures,
            Services services,
            Predicate<String> apart,
            IntPredicate counted,
            Progress progress) {
        UnaryOperator<Station> gathered = station -> {
            Station service = services.station(station);
            return !apart.test(service.id())
                    ? service
                    : station instanceof Station.Service(var endpoint) ? new Station.Host(endpoint.address()) : station;
        };
        return services.with(of(stitched, measures, Servers.BY_ADDRESS_AND_PORT, counted, gathered, progress), apart);
    }

    private void place(Servers servers, IntPredicate counted, UnaryOperator<Station> gathered, Progress progress) {
        Map<Long, Integer> byPair = new HashMap<>();
        for (Conversation conversation : stitched.conversations()) {
            int id = conversation.id();
            if (id % STOP_EVERY == 0) {
                progress.stopIfCancelled();
            }
            if (!counted.test(id)) {
                continue;
            }
            Endpoint far = NetworkMaps.farServer(conversation);
            Place client = place(new Station.Host(conversation.client().address()), gathered);
            Place server = place(
                    servers == Servers.BY_ADDRESS ? new Station.Host(far.address()) : new Station.Service(far),
                    gathered);
            client.opens |= conversation.opened();
            server.answers |= conversation.opened();
            client.conversations++;
            if (client == server) {
                Flow within = within(measures.conversations().get(id));
                client.passes(within, within);
                continue;
            }
            server.conversations++;
            long pair = (long) Math.min(client.number, server.number) << 32 | Math.max(client.number, server.number);
            linkOf[id] = byPair.computeIfAbsent(pair, _ -> {
                links.add(new Link(client, server));
                return links.size() - 1;
            });
            Link link = links.get(linkOf[id]);
            link.conversations++;
            turned.set(id, link.from != client);
        }
    }

    private Place place(Station itself, UnaryOperator<Station> gathered) {
        Place place = places.computeIfAbsent(gathered.apply(itself), station -> new Place(station, places.size()));
        place.inside.add(itself);
        return place;
    }

    /** Traffic between two hosts of one subnet. */
    private static Flow within(ConversationMetrics metrics) {
        return Flow.unmeasured(metrics.packets()[0] + metrics.packets()[1], metrics.bytes()[0] + metrics.bytes()[1]);
    }

    private TrafficGraph finished(Progress progress) {
        FlowTally tally = new FlowTally(stitched, measures, linkOf, turned, links.size(), progress);
        List<TrafficGraph.Edge> edges = new ArrayList<>();
        for (int i = 0; i < links.size(); i++) {
            Link link = links.get(i);
            Flow forward = tally.forward(i);
            Flow backward = tally.backward(i);
            link.from.passes(forward, backward);
            link.to.passes(backward, forward);
            String id = link.from.station.id() + ">" + link.to.station.id();
            edges.add(
                    new TrafficGraph.Edge(id, link.from.number, link.to.number, link.conversations, forward, backward));
        }
        return new TrafficGraph(places.values().stream().map(Place::node).toList(), edges, linkOf);
    }
}
