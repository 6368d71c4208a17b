package phalanx.casefile;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables that follow from the audit trail, and how: the same changes in the same order give the same rows. One thread at a time;
 * the caller commits.
 */
final class Tables {
    /** Those tables. */
    static final List<String> FROM_TRAIL = List.of(
            "capture",
            "capture_hash",
            "imported",
            "note",
            "dismissal",
            "saved_filter",
            "bookmark",
            "desk",
            "timeline",
            "vote",
            "decision",
            "agent_step",
            "precedent");

    private Tables() {}

    /** Does to the tables what the entry of that number says. */
    static void apply(Sql sql, long number, String at, String who, Change change) throws SQLException {
        switch (change) {
            case Change.CapturesArranged(var captures) -> arrange(sql, captures);
            case Change.ImportsNamed(var files) -> {
                sql.run("DELETE FROM imported");
                for (int i = 0; i < files.size(); i++) {
                    sql.run("INSERT INTO imported (position, file) VALUES (?, ?)", i, files.get(i));
                }
            }
            case Change.CaptureHashed(var file, var bytes, var sha256, var modified) -> {
                sql.run("DELETE FROM capture_hash WHERE file = ?", file);
                sql.run(
                        "INSERT INTO capture_hash (file, bytes, sha256, modified) VALUES (?, ?, ?, ?)",
                        file,
                        bytes,
                        sha256,
                        modified == null ? "" : modified);
            }
            case Change.NoteWritten(var note) ->
                sql.run(
                        "INSERT INTO note (id, who, about, text, written) VALUES (?, ?, ?, ?, ?)",
                        number,
                        who,
                        note.about(),
                        note.text(),
                        note.written());
            case Change.NoteRemoved(var note) ->
                sql.run(
                        "DELETE FROM note WHERE id = (SELECT MIN(id) FROM note WHERE about = ? AND text = ? AND written = ?)",
                        note.about(),
                        note.text(),
                        note.written());
            case Change.Dismissed(var finding, var reason) -> {
                sql.run("DELETE FROM dismissal WHERE finding = ?", finding);
                sql.run("INSERT INTO dismissal (finding, reason) VALUES (?, ?)", finding, reason);
            }
            case Change.DismissalTakenBack(var finding) -> sql.run("DELETE FROM dismissal WHERE finding = ?", finding);
            case Change.FiltersSaved(var filters) -> {
                sql.run("DELETE FROM saved_filter");
                for (int i = 0; i < filters.size(); i++) {
                    sql.run("INSERT INTO saved_filter (position, text) VALUES (?, ?)", i, filters.get(i));
                }
            }
            case Change.Bookmarked(var bookmark) -> {
                sql.run("DELETE FROM bookmark WHERE about = ?", bookmark.about());
                sql.run(
                        "INSERT INTO bookmark (about, title, written) VALUES (?, ?, ?)",
                        bookmark.about(),
                        bookmark.title(),
                        bookmark.written());
            }
            case Change.BookmarkRemoved(var about) -> sql.run("DELETE FROM bookmark WHERE about = ?", about);
            case Change.DeskStood(var desk) -> {
                sql.run("DELETE FROM desk");
                if (desk != null) {
                    sql.run("INSERT INTO desk (document) VALUES (?)", JsonDocument.text(desk));
                }
            }
            case Change.Told(var happened, var source, var kind, var text, var evidence) ->
                sql.run(
                        "INSERT INTO timeline (id, happened_at, noted_at, who, source, kind, text, evidence)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        number,
                        happened,
                        at,
                        who,
                        source,
                        kind,
                        text,
                        evidence);
            case Change.Voted(var proposal, var voter, var agent, var trust, var choice, var reason) ->
                sql.run(
                        "INSERT INTO vote (id, at, proposal, voter, agent, trust, choice, reason)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        number,
                        at,
                        proposal,
                        voter,
                        agent,
                        trust,
                        choice.name(),
                        reason);
            case Change.Decided(var proposal, var outcome, var reason) ->
                sql.run(
                        "INSERT INTO decision (id, at, who, proposal, outcome, reason) VALUES (?, ?, ?, ?, ?, ?)",
                        number,
                        at,
                        who,
                        proposal,
                        outcome.name(),
                        reason);
            case Change.Stepped(var incident, var content) ->
                sql.run(
                        "INSERT INTO agent_step (id, at, incident, content) VALUES (?, ?, ?, ?)",
                        number,
                        at,
                        incident,
                        content);
            case Change.Remembered precedent -> remember(sql, number, precedent);
            case Change.Restored(var _) -> {}
        }
    }

    /**
     * Empties the tables and does again what was done; entries of which nothing can be made are passed over. H2 empties a table at once, for
     * others, too, but deletes row by row in a time that grows with the square.
     *
     * @return the numbers of those that were passed over
     */
    static List<Long> replay(Sql sql, List<AuditTrail.Entry> entries) throws SQLException {
        for (String table : FROM_TRAIL) {
            sql.run("TRUNCATE TABLE " + table);
        }
        sql.run("TRUNCATE TABLE audit");
        AuditTrail.insert(sql, entries);
        List<Long> unusable = new ArrayList<>();
        for (AuditTrail.Entry entry : entries) {
            if (!redo(sql, entry)) {
                unusable.add(entry.number());
            }
        }
        return unusable;
    }

    /** @return false when nothing can be made of it: an entry of a newer program, or one that the tables refuse; they are as before then */
    private static boolean redo(Sql sql, AuditTrail.Entry entry) throws SQLException {
        Change change = AuditTrail.change(entry).orElse(null);
        if (change == null) {
            return false;
        }
        Savepoint before = sql.connection().setSavepoint();
        try {
            apply(sql, entry.number(), entry.at(), entry.who(), change);
            sql.connection().releaseSavepoint(before);
            return true;
        } catch (SQLException | RuntimeException e) {
            if (e instanceof SQLException thrown && !Sql.isRefused(thrown)) {
                throw e;
            }
            System.getLogger("phalanx.casefile").log(System.Logger.Level.DEBUG, "an entry is left out", e);
            sql.connection().rollback(before);
            return false;
        }
    }

    private static void arrange(Sql sql, List<CaseFile.Capture> captures) throws SQLException {
        sql.run("DELETE FROM capture");
        for (int i = 0; i < captures.size(); i++) {
            CaseFile.Capture capture = captures.get(i);
            sql.run(
                    "INSERT INTO capture (position, file, name, role, place, clock_offset_nanos) VALUES (?, ?, ?, ?, ?, ?)",
                    i,
                    capture.file(),
                    capture.name(),
                    capture.role(),
                    capture.place(),
                    capture.clockOffsetNanos());
        }
        sql.run("DELETE FROM capture_hash WHERE file NOT IN (SELECT file FROM capture)");
    }

    static List<CaseFile.Capture> captures(Sql sql) throws SQLException {
        return sql.list(
                "SELECT file, name, role, place, clock_offset_nanos FROM capture ORDER BY position",
                row -> new CaseFile.Capture(
                        row.getString(1), row.getString(2), row.getString(3), row.getInt(4), (Long) row.getObject(5)));
    }

    static List<String> imports(Sql sql) throws SQLException {
        return sql.list("SELECT file FROM imported ORDER BY position", row -> row.getString(1));
    }

    /** What the captures were when they were kept, by file. */
    static Map<String, Change.CaptureHashed> hashes(Sql sql) throws SQLException {
        Map<String, Change.CaptureHashed> all = new HashMap<>();
        sql.list(
                        "SELECT file, bytes, sha256, modified FROM capture_hash",
                        row -> new Change.CaptureHashed(
                                row.getString(1), row.getLong(2), row.getString(3), row.getString(4)))
                .forEach(hash -> all.put(hash.file(), hash));
        return all;
    }

    static List<CaseFile.Note> notes(Sql sql) throws SQLException {
        return sql.list(
                "SELECT about, text, written FROM note ORDER BY written, id",
                row -> new CaseFile.Note(row.getString(1), row.getString(2), row.getString(3)));
    }

    static Map<String, String> dismissed(Sql sql) throws SQLException {
        return pairs(sql, "SELECT finding, reason FROM dismissal");
    }

    static List<String> filters(Sql sql) throws SQLException {
        return sql.list("SELECT text FROM saved_filter ORDER BY position", row -> row.getString(1));
    }

    static List<CaseFile.Bookmark> bookmarks(Sql sql) throws SQLException {
        return sql.list(
                "SELECT about, title, written FROM bookmark ORDER BY written, about",
                row -> new CaseFile.Bookmark(row.getString(1), row.getString(2), row.getString(3)));
    }

    private static Map<String, String> pairs(Sql sql, String query) throws SQLException {
        Map<String, String> all = new HashMap<>();
        sql.list(query, row -> Map.entry(row.getString(1), row.getString(2)))
                .forEach(pair -> all.put(pair.getKey(), pair.getValue()));
        return all;
    }

    static List<Recorded<Change.Told>> timeline(Sql sql) throws SQLException {
        return sql.list(
                "SELECT id, noted_at, who, happened_at, source, kind, text, evidence FROM timeline ORDER BY happened_at, id",
                row -> new Recorded<>(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        new Change.Told(
                                row.getString(4),
                                row.getString(5),
                                row.getString(6),
                                row.getString(7),
                                row.getString(8))));
    }

    private static void remember(Sql sql, long number, Change.Remembered precedent) throws SQLException {
        sql.run(
                "INSERT INTO precedent (id, incident, happened_at, signature, vector, cause, service, remedy, healed)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                number,
                precedent.incident(),
                precedent.happenedAt(),
                precedent.signature(),
                Base64.getDecoder().decode(precedent.vector()),
                precedent.cause(),
                precedent.service(),
                precedent.remedy(),
                precedent.healed());
    }

    static List<Change.Remembered> precedents(Sql sql, int most) throws SQLException {
        return sql.list(
                        "SELECT incident, happened_at, signature, vector, cause, service, remedy, healed FROM precedent"
                                + " ORDER BY id DESC LIMIT " + most,
                        row -> new Change.Remembered(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                Base64.getEncoder().encodeToString(row.getBytes(4)),
                                row.getString(5),
                                row.getString(6),
                                row.getString(7),
                                row.getBoolean(8)))
                .reversed();
    }

    static List<Recorded<Change.Stepped>> steps(Sql sql, int most) throws SQLException {
        return sql.list(
                        "SELECT id, at, incident, content FROM agent_step ORDER BY id DESC LIMIT " + most,
                        row -> new Recorded<>(
                                row.getLong(1),
                                row.getString(2),
                                "",
                                new Change.Stepped(row.getString(3), row.getString(4))))
                .reversed();
    }

    static long stepCount(Sql sql) throws SQLException {
        return sql.list("SELECT COUNT(*) FROM agent_step", row -> row.getLong(1))
                .getFirst();
    }

    static List<Recorded<Change.Voted>> votes(Sql sql) throws SQLException {
        return sql.list(
                "SELECT id, at, voter, proposal, agent, trust, choice, reason FROM vote ORDER BY id",
                row -> new Recorded<>(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        new Change.Voted(
                                row.getString(4),
                                row.getString(3),
                                row.getBoolean(5),
                                row.getDouble(6),
                                Change.Choice.valueOf(row.getString(7)),
                                row.getString(8))));
    }

    static List<Recorded<Change.Decided>> decisions(Sql sql) throws SQLException {
        return sql.list(
                "SELECT id, at, who, proposal, outcome, reason FROM decision ORDER BY id",
                row -> new Recorded<>(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        new Change.Decided(
                                row.getString(4), Change.Verdict.valueOf(row.getString(5)), row.getString(6))));
    }

    /** All rows of a table of {@link #FROM_TRAIL}, for comparison. */
    static Set<List<@Nullable Object>> rows(Sql sql, String table) throws SQLException {
        return new HashSet<>(sql.list("SELECT * FROM " + table, Tables::values));
    }

    private static List<@Nullable Object> values(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            Object value = row.getObject(i);
            values.add(value instanceof byte[] octets ? HexFormat.of().formatHex(octets) : value);
        }
        return values;
    }

    /** The changes that make one content of another. */
    static List<Change> between(CaseFile before, CaseFile after) {
        List<Change> changes = new ArrayList<>();
        if (!before.captures().equals(after.captures())) {
            changes.add(new Change.CapturesArranged(after.captures()));
        }
        List<CaseFile.Note> gone = new ArrayList<>(before.notes());
        after.notes().forEach(gone::remove);
        List<CaseFile.Note> come = new ArrayList<>(after.notes());
        before.notes().forEach(come::remove);
        gone.forEach(note -> changes.add(new Change.NoteRemoved(note)));
        come.forEach(note -> changes.add(new Change.NoteWritten(note)));
        before.dismissed().keySet().stream()
                .filter(finding -> !after.dismissed().containsKey(finding))
                .sorted()
                .forEach(finding -> changes.add(new Change.DismissalTakenBack(finding)));
        after.dismissed().entrySet().stream()
                .filter(one -> !Objects.equals(before.dismissed().get(one.getKey()), one.getValue()))
                .sorted(Map.Entry.comparingByKey())
                .forEach(one -> changes.add(new Change.Dismissed(one.getKey(), one.getValue())));
        before.bookmarks().stream()
                .filter(bookmark -> after.bookmarks().stream()
                        .noneMatch(other -> other.about().equals(bookmark.about())))
                .forEach(bookmark -> changes.add(new Change.BookmarkRemoved(bookmark.about())));
        after.bookmarks().stream()
                .filter(bookmark -> !before.bookmarks().contains(bookmark))
                .forEach(bookmark -> changes.add(new Change.Bookmarked(bookmark)));
        if (!before.savedFilters().equals(after.savedFilters())) {
            changes.add(new Change.FiltersSaved(after.savedFilters()));
        }
        if (!before.imports().equals(after.imports())) {
            changes.add(new Change.ImportsNamed(after.imports()));
        }
        if (!Objects.equals(before.desk(), after.desk())) {
            changes.add(new Change.DeskStood(after.desk()));
        }
        return changes;
    }
}
