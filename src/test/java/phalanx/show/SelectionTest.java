package phalanx.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import phalanx.app.TestPipeline;
import phalanx.explain.Analysis;
import phalanx.stitch.Stitched;

class SelectionTest {
    private static final Analysis ANALYSIS = TestPipeline.analyze(TestPipeline.sample("loss-on-wan-link"));
    private static final Stitched STITCHED = ANALYSIS.stitched();

    private final Selection selection = new Selection(STITCHED);

    private static Selection.Packet packet(Selection.State state) {
        return Objects.requireNonNull(state.packet());
    }

    @Test
    void views_are_told_once_for_each_change_and_never_of_half_of_one() {
        List<Selection.State> told = new ArrayList<>();
        selection.state().subscribe((_, now) -> told.add(now));
        selection.finding(ANALYSIS.findings().getFirst());
        selection.finding(ANALYSIS.findings().getFirst());
        assertEquals(1, told.size());
        Selection.State state = told.getFirst();
        assertEquals(ANALYSIS.findings().getFirst(), state.finding());
        long proof =
                ANALYSIS.findings().getFirst().finding().evidence().getFirst().frames()[0];
        assertEquals(proof, packet(state).frame());
    }

    @Test
    void a_frame_is_the_sighting_of_a_packet_and_the_next_sighting_is_at_the_next_point() {
        int journey = 3;
        selection.journey(journey);
        List<String> points = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            assertEquals(journey, selection.now().journey());
            points.add(STITCHED.hopName(packet(selection.now()).capture()));
            selection.nextSighting(1);
        }
        assertEquals(5, points.stream().distinct().count(), points::toString);
        assertEquals(points.getFirst(), STITCHED.hopName(packet(selection.now()).capture()));
        Selection.Packet at = packet(selection.now());
        selection.frame(at.capture(), at.frame());
        assertEquals(journey, selection.now().journey());
    }

    @Test
    void back_and_forward_walk_what_was_selected_and_a_new_choice_cuts_the_rest() {
        selection.conversation(0);
        selection.conversation(1);
        selection.journey(7);
        selection.back();
        selection.back();
        assertEquals(0, selection.now().conversation());
        selection.forward();
        assertEquals(1, selection.now().conversation());
        selection.place("hop-2");
        assertEquals(2, selection.now().capture());
        selection.forward();
        assertEquals("hop-2", selection.now().place());
        for (int i = 0; i < 10; i++) {
            selection.back();
        }
        assertEquals(Selection.State.NOTHING, selection.now());
    }

    @Test
    void escape_widens_from_the_packet_to_everything() {
        selection.range(new Selection.Range(5, 9));
        selection.capture(1);
        selection.finding(ANALYSIS.findings().getFirst());
        List<Selection.State> steps = new ArrayList<>();
        while (!selection.now().equals(Selection.State.NOTHING)) {
            steps.add(selection.now());
            selection.widen();
        }
        assertNull(steps.get(1).packet());
        assertNull(steps.get(2).finding());
        assertNull(steps.getLast().range());
        assertEquals(4, steps.size(), steps::toString);
    }

    @Test
    void the_history_is_bounded() {
        for (int i = 0; i < 1_000; i++) {
            selection.journey(i % 50);
        }
        int back = 0;
        while (selection.canGoBack().get()) {
            selection.back();
            back++;
        }
        assertEquals(199, back);
    }
}
