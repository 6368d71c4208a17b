package phalanx.show.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.TestPipeline;
import phalanx.diagnose.Finding;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.measure.ConversationMetrics;
import phalanx.measure.SegmentTraffic;
import phalanx.net.Direction;
import phalanx.run.Progress;
import phalanx.show.Palette;
import phalanx.show.Screen;
import phalanx.show.Selection;
import phalanx.show.Shown;
import phalanx.show.ViewContext;
import phalanx.stitch.Conversation;

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
        ConversationMetrics failed = analysis.measures().conversations().stream()
                .filter(metrics -> metrics.retransmissions()[0] > 0)
                .findFirst()
                .orElseThrow();
        Scope scope = conversation(analysis, failed.conversation().id());
        List<Track> tracks = new TrafficTracks(analysis, scope, Progress.NONE).retransmissions();
        Track.Share share = assertInstanceOf(Track.Share.class, tracks.getFirst());
        assertEquals(failed.retransmissions()[0], share.part().size());
        assertEquals(1, share.rest().size(), "the one sent for the first time");
    }

    private static Scope conversation(Analysis analysis, int conversation) {
        return Screen.on(() -> {
            Selection selection = new Selection(analysis.stitched());
            selection.conversation(conversation);
            return Scope.of(analysis, selection.now(), Shown.ALL);
        });
    }

    @Test
    void the_delay_of_a_conversation_opened_from_the_far_end_is_that_of_its_own_way(@TempDir Path folder) {
        Analysis analysis = TestPipeline.analyze(TestPipeline.callBack(folder));
        Conversation back = analysis.stitched().conversations().stream()
                .filter(Conversation::againstTheStream)
                .findFirst()
                .orElseThrow();
        Collected delay =
                new SegmentTracks(analysis, conversation(analysis, back.id())).delay(Direction.CLIENT_TO_SERVER);
        assertEquals(
                List.of(analysis.stitched().hopName(back.nearestToClient()) + " \u2192 "
                        + analysis.stitched().hopName(back.nearestToServer())),
                delay.tracks().stream()
                        .map(track ->
                                assertInstanceOf(Track.Spread.class, track).name())
                        .toList());
    }

    @Test
    void the_selected_finding_has_its_bar_however_many_come_first() {
        Analysis of = TestPipeline.analyze(TestPipeline.sample("loss-on-wan-link"));
        ExplainedFinding told = of.findings().getFirst();
        List<ExplainedFinding> many = IntStream.range(0, 20)
                .mapToObj(i -> new ExplainedFinding(
                        "F" + i, told.finding(), told.summary(), told.explanation(), told.remedy()))
                .toList();
        Analysis analysis = new Analysis(
                of.stitched(),
                of.measures(),
                of.map(),
                many,
                of.byConversation(),
                of.notRun(),
                of.passed(),
                of.checked(),
                of.unusual(),
                of.problems(),
                of.conclusion());
        ChartPicture picture = Screen.on(() -> {
            Selection selection = new Selection(analysis.stitched());
            selection.finding(many.getLast());
            ChartsViewModel model = new ChartsViewModel(
                    new ViewContext(
                            analysis,
                            selection,
                            new SimpleObjectProperty<>(Shown.ALL),
                            new SimpleObjectProperty<>(Palette.LIGHT),
                            Screen.AT_ONCE,
                            _ -> {}),
                    new SimpleObjectProperty<>(true));
            return Objects.requireNonNull(model.picture().get());
        });
        assertTrue(picture.findings().getLast().chosen());
        assertEquals("F19", picture.findings().getLast().id());
        assertEquals("F0", picture.findings().getFirst().id(), "the others keep their order");
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
        ChartTable table =
                new ChartTable(new ChartPicture("", 0, window, 1_000, null, List.of(), List.of(), null, List.of()));
        assertEquals(3, table.rows(), "the steps that begin at 1, 2 and 3 microseconds");
    }
}
