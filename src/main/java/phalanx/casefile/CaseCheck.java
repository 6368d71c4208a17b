package phalanx.casefile;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import phalanx.run.Problem;

/** Whether the records of a case are what was written. One thread at a time. */
final class CaseCheck {
    /** The audit trail is not as it was written. */
    static final String BROKEN = "PHX-6006";
    /** Other records are not. */
    static final String ALTERED = "PHX-6008";

    private CaseCheck() {}

    static Problem broken(Object folder, AuditTrail.Break at) {
        return new Problem(
                BROKEN,
                "%s: entry %d of the audit trail %s; the case can only be read."
                        .formatted(folder, at.number(), at.why()),
                "Take a copy of it from before, or let phalanx doctor --rebuild save what can be read; the captures themselves are untouched.");
    }

    static Problem altered(Object folder, String what) {
        return new Problem(
                ALTERED,
                "%s: %s is not as Phalanx wrote it.".formatted(folder, what),
                "It is made anew when the case is opened or analysed the next time, or now by phalanx doctor --rebuild.");
    }

    /** A whole check of a case that has no journal of its own. */
    static List<Problem> faults(Sql sql, Path folder) throws SQLException {
        List<AuditTrail.Entry> entries = AuditTrail.entries(sql);
        List<Problem> faults = new ArrayList<>();
        Optional<AuditTrail.Break> broken = AuditTrail.firstBreak(entries, AuditTrail.end(sql));
        broken.ifPresent(at -> faults.add(broken(folder, at)));
        faults.addAll(tables(sql, folder, entries));
        return faults;
    }

    /**
     * Whether the tables are what the trail makes of empty ones, and what was found in the captures has the sum that was kept with it.
     *
     * @param entries the trail; the tables may not have seen its end yet
     */
    static List<Problem> tables(Sql sql, Path folder, List<AuditTrail.Entry> entries) throws SQLException {
        List<Problem> faults = new ArrayList<>();
        AuditTrail.Entry end = AuditTrail.end(sql);
        if (end.number() > entries.size()) {
            faults.add(broken(folder, new AuditTrail.Break(entries.size() + 1L, AuditTrail.MISSING)));
        }
        List<AuditTrail.Entry> seen = entries.subList(0, (int) Math.min(end.number(), entries.size()));
        try (Sql replayed = Schema.inMemory(seen)) {
            for (String table : Tables.FROM_TRAIL) {
                if (!Tables.rows(sql, table).equals(Tables.rows(replayed, table))) {
                    faults.add(altered(folder, "table " + table));
                }
            }
        }
        for (Ingest<?> ingest : List.of(Ingest.FINDINGS, Ingest.CONVERSATIONS)) {
            if (!ingest.sound(sql)) {
                faults.add(altered(folder, "table " + ingest.stage()));
            }
        }
        return faults;
    }
}
