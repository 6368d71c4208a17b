package phalanx.show.map;

import java.util.List;
import phalanx.explain.ExplainedFinding;

/**
 * What there is to say of a place or link of the map. Immutable, any thread.
 *
 * @param there what the first column of figures is about, empty when there are no figures
 * @param back what the second is about
 * @param notes sentences: translations, sizes, clocks
 */
record PlaceSummary(
        String title,
        String what,
        String there,
        String back,
        List<Row> rows,
        List<String> notes,
        List<ExplainedFinding> findings) {
    /** A figure of both ways. */
    record Row(String name, String there, String back) {}

    PlaceSummary {
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
        findings = List.copyOf(findings);
    }
}
