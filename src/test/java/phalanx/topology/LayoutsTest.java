package phalanx.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import phalanx.net.IpAddress;
import phalanx.run.Progress;

class LayoutsTest {
    /** Hosts that talk to each other by chance, every third one a server; there are circles among them. */
    static TrafficGraph graph(int hosts, int edges) {
        Random random = new Random(7);
        List<TrafficGraph.Node> nodes = new ArrayList<>();
        for (int i = 0; i < hosts; i++) {
            Station station = new Station.Host(IpAddress.v4(0x0A00_0000 | i));
            PlaceRole role = i % 3 == 0 ? PlaceRole.SERVER : PlaceRole.CLIENT;
            nodes.add(new TrafficGraph.Node(station, role, station.label(), 1, 1, Flow.NOTHING, Flow.NOTHING));
        }
        List<TrafficGraph.Edge> links = new ArrayList<>();
        for (int i = 0; i < edges; i++) {
            int from = random.nextInt(hosts);
            int to = (from + 1 + random.nextInt(hosts - 1)) % hosts;
            links.add(new TrafficGraph.Edge("e" + i, from, to, 1, Flow.NOTHING, Flow.NOTHING));
        }
        return new TrafficGraph(nodes, links, new int[0]);
    }

    @Test
    void no_layout_lets_nodes_overlap_and_each_is_always_the_same() {
        for (TrafficGraph graph : List.of(graph(2, 1), graph(9, 12), graph(60, 90), graph(200, 1_000))) {
            for (Layout.Kind kind : Layout.Kind.values()) {
                Layout layout = Layouts.of(kind, graph, Progress.NONE);
                assertEquals(graph.nodes().size(), layout.points().size());
                assertApart(layout, kind + " of " + graph.nodes().size());
                assertEquals(layout, Layouts.of(kind, graph, Progress.NONE), "another picture of the same case");
            }
        }
    }

    private static void assertApart(Layout layout, String what) {
        List<Map.Entry<String, Layout.Point>> points =
                List.copyOf(layout.points().entrySet());
        for (int i = 0; i < points.size(); i++) {
            for (int j = i + 1; j < points.size(); j++) {
                Layout.Point a = points.get(i).getValue();
                Layout.Point b = points.get(j).getValue();
                assertTrue(
                        Math.abs(a.x() - b.x()) > Layout.COLUMN - 1e-3 || Math.abs(a.y() - b.y()) > Layout.ROW - 1e-3,
                        () -> what + ": " + points + " overlap");
            }
        }
    }

    @Test
    void two_hundred_hosts_and_a_thousand_links_are_laid_out_within_a_second() {
        TrafficGraph graph = graph(200, 1_000);
        Layouts.of(Layout.Kind.FORCE, graph(50, 100), Progress.NONE);
        for (Layout.Kind kind : Layout.Kind.values()) {
            long begin = System.nanoTime();
            Layouts.of(kind, graph, Progress.NONE);
            long millis = (System.nanoTime() - begin) / 1_000_000;
            assertTrue(millis < 4_000, () -> kind + " took " + millis + " ms, even on a busy machine");
        }
    }

    @Test
    void a_chain_is_laid_out_from_left_to_right_and_a_circle_ends() {
        int[] layers = Layering.of(4, new int[] {0, 1, 2, 0}, new int[] {1, 2, 3, 3});
        assertEquals(List.of(0, 1, 2, 3), List.of(layers[0], layers[1], layers[2], layers[3]));
        int[] round = Layering.of(3, new int[] {0, 1, 2}, new int[] {1, 2, 0});
        assertEquals(List.of(0, 1, 2), List.of(round[0], round[1], round[2]));
    }
}
