package phalanx.casefile;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phalanx.run.Problem;

/** Whether the records of a case are what was written. One thread at a time. */
final class CaseCheck {
    /** The audit trail is not as it was written. */
    static final String BROKEN = "PHX-6006";
    /** Other records are not. */
    static final String ALTERED = "PHX-6008";

    /** Entries, or what is to become one, cannot be used. */
    static final String UNUSABLE = "PHX-6010";

    /** Numbers of entries that are named. */
    private static final int NAMED = 20;

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

    /** Entries were passed over. @param numbers at least one */
    static Problem unusable(Object folder, List<Long> numbers) {
        String named = numbers.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", "));
        return new Problem(
                UNUSABLE,
                "%s: %d entries of the audit trail cannot be used and are left out (%s%s)."
                        .formatted(folder, numbers.size(), named, numbers.size() > NAMED ? ", ..." : ""),
                "All others are there. A newer Phalanx may understand them; of a case from others, ask who wrote it.");
    }

    /** What is to be kept is longer than the tables take. */
    static Problem refused(Object folder) {
        return new Problem(
                UNUSABLE,
                folder + ": a text is too long to be kept.",
                "Shorten it: a note can have 1,000,000 characters, a name 10,000. What was kept before is untouched.");
    }

    /**
     * Where a trail lacks what was there: a trail that was cut off behind what had been acknowledged, or replaced.
     *
     * @param entries in a chain that holds
     * @param end number and hash that the last entry once had, as the tables remember it
     * @return null for nowhere
     */
    static AuditTrail.@Nullable Break cut(List<AuditTrail.Entry> entries, AuditTrail.Entry end) {
        if (end.number() > entries.size()) {
            return new AuditTrail.Break(entries.size() + 1L, AuditTrail.MISSING);
        }
        return end.number() > 0 && !entries.get((int) end.number() - 1).hash().equals(end.hash())
                ? new AuditTrail.Break(end.number(), AuditTrail.ALTERED)
                : null;
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
        long end = AuditTrail.end(sql).number();
        try (Sql replayed = Schema.inMemory()) {
            List<Long> unusable = Tables.replay(replayed, entries.subList(0, (int) Math.min(end, entries.size())));
            if (!unusable.isEmpty()) {
                faults.add(unusable(folder, unusable));
            }
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
