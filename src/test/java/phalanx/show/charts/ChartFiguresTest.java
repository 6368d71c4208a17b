package phalanx.show.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import phalanx.app.TestPipeline;
import phalanx.diagnose.Finding;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.measure.SegmentTraffic;
import phalanx.run.Progress;
import phalanx.show.Screen;
import phalanx.show.Selection;
import phalanx.show.Shown;

/** What charts are made of, without a screen. */
class ChartFiguresTest {
    private static Selection.State state(Analysis analysis, ExplainedFinding finding) {
        return Screen.on(() -> {
            Selection selection = new Selection(analysis.stitched());
            selection.finding(finding);
            return selection.now();
        });
    }

    private static Scope everything(Analysis analysis) {
        return Scope.of(analysis, Screen.on(() -> new Selection(analysis.stitched()).now()), Shown.ALL);
    }

    @Test
    void a_finding_of_one_moment_is_shown_with_the_time_around_it() {
        Analysis analysis = TestPipeline.analyze(TestPipeline.sample("injected-resets"));
        ExplainedFinding told = analysis.findings().getFirst();
        Finding of = told.finding();
        Finding moment = new Finding(
                of.rule(),
                of.kind(),
                of.severity(),
                of.confidence(),
                of.where(),
                of.direction(),
                of.startNanos(),
                of.startNanos(),
                of.facts(),
                of.conversations(),
                of.evidence(),
                of.ruledOut(),
                of.harm(),
                of.words());
        ExplainedFinding one = new ExplainedFinding("F9", moment, told.summary(), told.explanation(), told.remedy());
        Selection.Range extent =
                Scope.of(analysis, state(analysis, one), Shown.ALL).extent();
        assertTrue(extent.toNanos() - extent.fromNanos() >= 100_000_000, extent::toString);
        assertTrue(extent.contains(of.startNanos()));
    }

    @Test
    void a_filter_that_leaves_nothing_over_leaves_the_time_as_it_is() {
        Analysis analysis = TestPipeline.analyze(TestPipeline.sample("slow-server"));
        Shown none = new Shown("icmp", List.of(), new BitSet(), new BitSet(), 0, 2, 3);
        Scope all = everything(analysis);
        assertEquals(
                all.extent(),
                Scope.of(analysis, Screen.on(() -> new Selection(analysis.stitched()).now()), none)
                        .extent());
    }

    @Test
    void repeated_handshakes_are_a_share_of_all_handshakes() {
        Analysis analysis = TestPipeline.analyze(TestPipeline.sample("firewall-drops-syn"));
        List<Track> tracks = new TrafficTracks(analysis, everything(analysis), Progress.NONE).retransmissions();
        Track.Share share = assertInstanceOf(Track.Share.class, tracks.getFirst());
        long again = analysis.measures().conversations().stream()
                .mapToLong(metrics -> metrics.retransmissions()[0])
                .sum();
        assertEquals(again, share.part().size());
        assertTrue(share.rest().size() > 0, "those sent for the first time");
    }

    @Test
    void packets_of_a_segment_are_by_time_whatever_their_order_in_the_file() {
        Analysis analysis = TestPipeline.analyze(TestPipeline.sample("slow-server"));
        SegmentTraffic segment = analysis.measures().segments().getFirst();
        int count = segment.delivered().length;
        SegmentTraffic backwards = new SegmentTraffic(
                segment.counts(),
                IntStream.range(0, count)
                        .map(i -> segment.delivered()[count - 1 - i])
                        .toArray(),
                LongStream.range(0, count)
                        .map(i -> segment.delayNanos()[count - 1 - (int) i])
                        .toArray(),
                segment.lost(),
                segment.duplicates(),
                segment.reordered(),
                segment.changed(),
                segment.originated(),
                segment.missingFromCapture());
        Scope scope = everything(analysis);
        Samples there = Departures.delivered(analysis.stitched(), segment, scope);
        Samples back = Departures.delivered(analysis.stitched(), backwards, scope);
        assertTrue(count > 20);
        for (int i = 0; i < count; i++) {
            assertEquals(there.nanos(i), back.nanos(i));
            assertEquals(there.journey(i), back.journey(i));
            assertEquals(there.value(i), back.value(i));
        }
    }

    @Test
    void packets_of_one_moment_are_reached_one_by_one() {
        double[] seconds = {1, 2, 2, 2, 3};
        int[] journeys = {4, 7, 9, 8, 5};
        Layer layer = new Layer("", Layer.Form.DOTS, Ink.series(0), "", seconds, seconds, seconds, journeys);
        Panel panel = new Panel(Chart.DELAY, "", "", "", "", List.of(layer), 0, 3);
        int[] order = {4, 7, 8, 9, 5};
        for (int i = 0; i + 1 < order.length; i++) {
            assertEquals(order[i + 1], NearestPacket.beside(panel, order[i], 0, true));
            assertEquals(order[i], NearestPacket.beside(panel, order[i + 1], 0, false));
        }
        assertEquals(Selection.NONE, NearestPacket.beside(panel, 5, 0, true));
        assertEquals(4, NearestPacket.beside(panel, Selection.NONE, 0, true));
    }

    @Test
    void the_table_reaches_to_the_end_of_the_window() {
        Selection.Range window = new Selection.Range(1_900, 3_100);
        ChartTable table = new ChartTable(new ChartPicture("", 0, window, 1_000, null, List.of(), List.of()));
        assertEquals(3, table.rows(), "the steps that begin at 1, 2 and 3 microseconds");
    }
}
