package phalanx.explain;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import phalanx.telemetry.Telemetry;

/**
 * An answer with what people made of it: what a report tells. Immutable, any thread.
 *
 * @param name of the case, empty for one that was not kept
 * @param pictures which go with it
 * @param notes oldest first
 * @param dismissed why a finding is no problem after all, by its id
 * @param drawings views of the desk as they stood
 * @param imported what other tools recorded
 */
public record CaseAccount(
        String name,
        Analysis analysis,
        Set<Picture> pictures,
        List<Note> notes,
        Map<String, String> dismissed,
        List<Drawing> drawings,
        Telemetry imported) {
    /** What a report can show. */
    public enum Picture {
        /** The path with its capture points. */
        MAP,
        /** For each finding the packets around its first proof. */
        LADDERS,
        /** Throughput, loss, round trips and what was unusual, over time. */
        CHARTS
    }

    /**
     * What somebody wrote down.
     *
     * @param about what it is on, in words
     * @param written when, ISO 8601 in UTC
     */
    public record Note(String about, String text, String written) {}

    public CaseAccount {
        pictures = Set.copyOf(pictures);
        notes = List.copyOf(notes);
        dismissed = Map.copyOf(dismissed);
        drawings = List.copyOf(drawings);
    }

    /** The answer alone, with all its pictures. */
    public static CaseAccount of(Analysis analysis) {
        return new CaseAccount(
                "", analysis, EnumSet.allOf(Picture.class), List.of(), Map.of(), List.of(), Telemetry.NONE);
    }

    /** The same beside what other tools recorded. */
    public CaseAccount with(Telemetry recorded) {
        return new CaseAccount(name, analysis, pictures, notes, dismissed, drawings, recorded);
    }

    /** The findings that nobody dismissed, most important first. */
    public List<ExplainedFinding> standing() {
        return analysis.findings().stream()
                .filter(told -> !dismissed.containsKey(told.id()))
                .toList();
    }

    /** The findings that somebody dismissed, most important first. */
    public List<ExplainedFinding> setAside() {
        return analysis.findings().stream()
                .filter(told -> dismissed.containsKey(told.id()))
                .toList();
    }
}
