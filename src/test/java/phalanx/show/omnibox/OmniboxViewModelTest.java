package phalanx.show.omnibox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phalanx.app.TestPipeline;
import phalanx.explain.Analysis;
import phalanx.show.Screen;
import phalanx.show.Selection;
import phalanx.show.Shown;
import phalanx.show.command.Command;
import phalanx.show.command.Commands;

/** What the line at the top does, over a real sample. */
class OmniboxViewModelTest {
    private static final Analysis ANALYSIS = TestPipeline.analyze(TestPipeline.sample("loss-on-wan-link"));

    private final List<String> ran = new ArrayList<>();
    private final Commands commands = new Commands()
            .add("save-case", Command.Group.FILE, null, () -> ran.add("save"))
            .add("close", Command.Group.FILE, null, () -> ran.add("close"));
    private final OmniboxViewModel model = new OmniboxViewModel(commands, Screen.AT_ONCE);
    private final Selection selection = new Selection(ANALYSIS.stitched());

    @BeforeEach
    void investigate() {
        model.investigate(ANALYSIS, selection);
    }

    private Shown filtered(String filter) {
        model.typed(filter);
        assertTrue(model.enter(filter), () -> filter + ": " + model.state().get());
        return model.shown().get();
    }

    @Test
    void a_filter_leaves_the_frames_that_match_and_counts_them() {
        Shown syn = filtered("tcp.flags.syn == 1");
        assertEquals(2 * 2 * 5, syn.matched(), "two connections, SYN and SYN-ACK, five capture points");
        assertEquals(4, syn.journeys().cardinality());
        assertEquals(2, syn.conversations().cardinality());
        assertEquals(
                ANALYSIS.stitched().captures().stream()
                        .mapToLong(point -> point.packets().frames())
                        .sum(),
                syn.total());
        model.clear();
        assertTrue(model.shown().get().isAll());
    }

    @Test
    void a_filter_can_ask_what_only_the_investigation_knows() {
        String name = ANALYSIS.stitched().hopName(0);
        Shown one = filtered("hop.name == \"" + name + "\"");
        assertEquals(ANALYSIS.stitched().captures().getFirst().packets().frames(), one.matched());
        Shown conversation = filtered("conv.id == 1");
        assertEquals(BitSet.valueOf(new long[] {2}), conversation.conversations());
        Shown proof = filtered("finding.evidence");
        long frames = ANALYSIS.findings().stream()
                .flatMap(told -> told.finding().evidence().stream())
                .flatMap(evidence ->
                        java.util.Arrays.stream(evidence.frames()).mapToObj(frame -> evidence.capture() + "/" + frame))
                .distinct()
                .count();
        assertEquals(frames, proof.matched());
        assertEquals(proof.total(), filtered("not finding.evidence").matched() + frames);
    }

    @Test
    void what_is_not_understood_says_where_and_does_nothing() {
        model.typed("tcp.prot == 80");
        var invalid = assertInstanceOf(
                OmniboxViewModel.State.Invalid.class, model.state().get());
        assertEquals(1, invalid.column());
        assertTrue(invalid.message().contains("tcp.port"), invalid.message());
        assertFalse(model.enter("tcp.prot == 80"));
        assertTrue(model.shown().get().isAll());
        assertEquals(List.of(), model.history());
    }

    @Test
    void a_filter_is_taken_off_and_put_on_again_and_remembered_once() {
        filtered("tcp.port == 80");
        filtered("udp");
        filtered("tcp.port == 80");
        assertEquals(List.of("tcp.port == 80", "udp"), model.history());
        assertEquals("", model.toggle());
        assertTrue(model.shown().get().isAll());
        assertEquals("tcp.port == 80", model.toggle());
        assertFalse(model.shown().get().isAll());
    }

    @Test
    void the_empty_line_offers_filters_that_are_kept_before_those_used_before() {
        filtered("udp");
        filtered("tcp");
        model.keep("tcp");
        model.keep("dns");
        assertEquals(List.of("tcp", "dns", "udp"), titles(""));
        model.keep("dns");
        model.keep("dns ==");
        assertEquals(List.of("tcp", "udp"), titles(""));
    }

    private List<String> titles(String text) {
        return model.suggestions(text, text.length()).stream()
                .map(Suggestion::title)
                .toList();
    }

    @Test
    void fields_operators_and_values_of_the_case_complete_a_filter() {
        assertEquals("tcp.analysis.retransmission", titles("tcp.analysis.retr").getFirst());
        assertTrue(titles("hop.").contains("hop.name"));
        assertTrue(titles("tcp.port ").contains("=="), () -> titles("tcp.port ").toString());
        assertTrue(
                titles("ip.addr == ").contains("10.42.4.20"),
                () -> titles("ip.addr == ").toString());
        assertEquals(List.of("80"), titles("tcp.port == "));
        var value =
                (Suggestion.Completion) model.suggestions("hop.name == ed", 14).getFirst();
        assertEquals("hop.name == \"edge-router\" ", value.text());
        var field =
                (Suggestion.Completion) model.suggestions("tcp.por and udp", 7).getFirst();
        assertEquals("tcp.port and udp", field.text());
        assertEquals(9, field.caret());
    }

    @Test
    void commands_are_found_by_a_few_letters_and_run() {
        assertEquals("Save case", titles(">sc").getFirst());
        assertTrue(model.enter(">sc"));
        assertEquals(List.of("save"), ran);
    }

    @Test
    void frames_conversations_findings_and_points_can_be_gone_to() {
        model.enter("#17");
        assertEquals(17, Objects.requireNonNull(selection.now().packet()).frame());
        model.enter("#c1");
        assertEquals(1, selection.now().conversation());
        model.enter("#F2");
        assertEquals("F2", Objects.requireNonNull(selection.now().finding()).id());
        model.enter("@edge");
        assertEquals("edge-router", ANALYSIS.stitched().hopName(selection.now().capture()));
        assertFalse(model.enter("#99999999"));
        assertInstanceOf(OmniboxViewModel.State.Invalid.class, model.state().get());
    }

    @Test
    void a_search_selects_one_match_after_the_other_and_comes_round() {
        model.enter("/SYN");
        Selection.Packet first = Objects.requireNonNull(selection.now().packet());
        assertEquals("match 1 of 20", applied());
        for (int i = 2; i <= 20; i++) {
            model.next(1);
        }
        assertEquals("match 20 of 20", applied());
        model.next(1);
        assertEquals(first, selection.now().packet());
        model.next(-1);
        assertEquals("match 20 of 20", applied());
        model.enter("/no packet says this");
        assertEquals("No packet has \"no packet says this\" in its line.", applied());
    }

    private String applied() {
        return ((OmniboxViewModel.State.Applied) model.state().get()).message();
    }
}
