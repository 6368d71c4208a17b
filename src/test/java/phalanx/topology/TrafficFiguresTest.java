package phalanx.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import phalanx.app.TestPipeline;
import phalanx.explain.Analysis;
import phalanx.net.Direction;
import phalanx.run.Progress;
import phalanx.stitch.Journeys;
import phalanx.stitch.Stitched;

/** Figures of links where a point in the middle did not record every packet. */
class TrafficFiguresTest {
    private final Analysis analysis = TestPipeline.analyze(TestPipeline.sample("lossy-capture"));
    private final Stitched stitched = analysis.stitched();

    @Test
    void the_delay_of_the_whole_path_is_from_its_first_point_to_its_last() {
        TrafficGraph graph = HostGraph.of(
                stitched,
                analysis.measures(),
                HostGraph.Servers.BY_ADDRESS,
                _ -> true,
                station -> station,
                Progress.NONE);
        List<Integer> order = stitched.clientFirst();
        int first = order.getFirst();
        int last = order.getLast();
        Journeys journeys = stitched.journeys();
        long[] delays = IntStream.range(0, journeys.size())
                .filter(j -> journeys.direction(j) == Direction.SERVER_TO_CLIENT)
                .filter(j -> journeys.row(j, first) >= 0 && journeys.row(j, last) >= 0)
                .mapToLong(j -> stitched.commonNanos(first, journeys.row(j, first))
                        - stitched.commonNanos(last, journeys.row(j, last)))
                .toArray();
        assertEquals(1, graph.edges().size());
        assertEquals(
                DelayPercentiles.of(delays), graph.edges().getFirst().backward().delay());
    }

    @Test
    void bytes_of_a_link_are_those_of_its_packets() {
        TrafficGraph graph = PathGraph.of(stitched, analysis.map(), Progress.NONE);
        assertTrue(analysis.measures().segments().stream()
                .anyMatch(segment -> segment.counts().missingFromCapture() > 0));
        int compared = 0;
        for (TrafficGraph.Edge edge : graph.edges()) {
            Flow near = graph.nodes().get(edge.from()).sent();
            if (graph.nodes().get(edge.from()).station() instanceof Station.CapturePoint
                    && near.packets() == edge.forward().packets()) {
                assertEquals(near.bytes(), edge.forward().bytes(), edge.id());
                compared++;
            }
            Flow far = graph.nodes().get(edge.to()).received();
            if (graph.nodes().get(edge.to()).station() instanceof Station.CapturePoint
                    && far.packets() == edge.backward().packets()) {
                assertEquals(far.bytes(), edge.backward().bytes(), edge.id());
                compared++;
            }
        }
        assertTrue(compared > 3, compared + " links have all packets of a point");
    }
}
