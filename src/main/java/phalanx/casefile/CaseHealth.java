package phalanx.casefile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;

/**
 * How a case is. Immutable, any thread.
 *
 * @param told what it holds, a line each
 * @param faults what is not as it was written, in the records and then in the captures; empty for a sound case
 */
public record CaseHealth(List<String> told, List<Problem> faults) {
    public CaseHealth {
        told = List.copyOf(told);
        faults = List.copyOf(faults);
    }

    /** Of a case that has the form before there were databases. */
    static CaseHealth old(CaseFile kept) {
        return new CaseHealth(
                List.of("older form, %d captures, %d notes: it becomes a database when it is saved"
                        .formatted(kept.captures().size(), kept.notes().size())),
                List.of());
    }

    /** Reads all captures. @param records what is wrong with the records */
    static Outcome<CaseHealth> of(Case opened, Path home, List<Problem> records, Progress progress) {
        return opened.content()
                .then(content -> opened.trail()
                        .then(trail -> opened.derived().then(derived -> {
                            List<String> told = new ArrayList<>();
                            told.add("%d captures, %d notes, %d dismissed findings, %d saved filters"
                                    .formatted(
                                            content.captures().size(),
                                            content.notes().size(),
                                            content.dismissed().size(),
                                            content.savedFilters().size()));
                            told.add(trail.size() + " entries in the audit trail"
                                    + (trail.isEmpty()
                                            ? ""
                                            : ", from " + trail.getFirst().at() + " to "
                                                    + trail.getLast().at()));
                            told.add("%d findings and %d conversations as found last"
                                    .formatted(
                                            derived.findings().size(),
                                            derived.conversations().size()));
                            opened.readOnly().filter(_ -> records.isEmpty()).ifPresent(why -> told.add(why.what()));
                            return CaptureHashes.changed(opened, home, progress)
                                    .then(changed -> Outcome.ok(new CaseHealth(
                                            told,
                                            Stream.of(records, opened.unusable(home), changed)
                                                    .flatMap(List::stream)
                                                    .distinct()
                                                    .toList())));
                        })));
    }
}
