package phalanx.show.notes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import phalanx.app.TestPipeline;
import phalanx.casefile.CaseFile;
import phalanx.diagnose.Where;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.show.Selection;

/** Notes on what is selected, and the way back from them. */
class NotesTest {
    @Test
    void a_note_on_a_finding_behind_the_last_capture_leads_back_to_it() {
        Path client = TestPipeline.sample("loss-on-wan-link").getFirst();
        Analysis analysis = TestPipeline.analyze(List.of(client));
        ExplainedFinding beyond = analysis.findings().stream()
                .filter(told -> told.finding().where() instanceof Where.Segment(var _, int to) && to == Where.BEYOND)
                .findFirst()
                .orElseThrow();
        Selection selection = new Selection(analysis.stitched());
        Notes notes = new Notes(analysis, selection, List.of(), List.of());
        selection.finding(beyond);
        selection.widen();
        CaseFile.Note note = notes.draft("the provider's link", Instant.EPOCH);
        selection.clear();
        assertTrue(notes.show(note));
        assertEquals(beyond, selection.now().finding());
        assertTrue(notes.title(note.about()).contains("client"), notes.title(note.about()));
    }

    @Test
    void all_findings_of_a_case_are_named_differently_or_stand_at_the_same_place() {
        Analysis analysis = TestPipeline.analyze(TestPipeline.sample("firewall-drops-syn"));
        Notes notes = new Notes(analysis, new Selection(analysis.stitched()), List.of(), List.of());
        assertFalse(analysis.findings().isEmpty());
        for (ExplainedFinding one : analysis.findings()) {
            for (ExplainedFinding other : analysis.findings()) {
                if (!one.finding().where().equals(other.finding().where())) {
                    assertNotEquals(notes.finding(one), notes.finding(other));
                }
            }
        }
    }
}
