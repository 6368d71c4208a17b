package phalanx.casefile;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import phalanx.casefile.Derived.ConversationRow;
import phalanx.casefile.Derived.FindingRow;

/**
 * Keeps the rows of one kind that were found in the captures, some at a time: how far it came is kept in the same transaction, so that
 * who was interrupted goes on from there. One thread at a time.
 *
 * @param <T> a row as {@link Derived} has it
 */
record Ingest<T>(String stage, String insert, Function<T, Object[]> values, String select, Sql.Row<T> reader) {
    static final Ingest<FindingRow> FINDINGS = new Ingest<>(
            "finding",
            "INSERT INTO finding (position, kind, place, severity, first_nanos, last_nanos, summary)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?)",
            row -> new Object[] {
                0L, row.kind(), row.place(), row.severity(), row.firstNanos(), row.lastNanos(), row.summary()
            },
            "SELECT kind, place, severity, first_nanos, last_nanos, summary FROM finding ORDER BY position",
            row -> new FindingRow(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getString(6)));

    static final Ingest<ConversationRow> CONVERSATIONS = new Ingest<>(
            "conversation",
            "INSERT INTO conversation (position, transport, client, server, first_nanos, last_nanos, bytes_out,"
                    + " bytes_back, packets_out, packets_back) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row -> new Object[] {
                0L,
                row.transport(),
                row.client(),
                row.server(),
                row.firstNanos(),
                row.lastNanos(),
                row.bytesOut(),
                row.bytesBack(),
                row.packetsOut(),
                row.packetsBack()
            },
            "SELECT transport, client, server, first_nanos, last_nanos, bytes_out, bytes_back, packets_out, packets_back"
                    + " FROM conversation ORDER BY position",
            row -> new ConversationRow(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6),
                    row.getLong(7),
                    row.getLong(8),
                    row.getLong(9)));

    /** Rows in one transaction. */
    private static final int BATCH = 500;

    /** How far it came. */
    private record State(String source, int done, int total, String digest) {}

    private State state(Sql sql) throws SQLException {
        return sql
                .list(
                        "SELECT source, done, total, digest FROM ingest WHERE stage = ?",
                        row -> new State(row.getString(1), row.getInt(2), row.getInt(3), row.getString(4)),
                        stage)
                .stream()
                .findFirst()
                .orElse(new State("", 0, 0, ""));
    }

    /**
     * Keeps the next rows; the caller commits. Rows of another answer go first.
     *
     * @param source what tells this answer from others
     * @return how many are still to be kept
     */
    int next(Sql sql, String source, List<T> all) throws SQLException {
        State now = state(sql);
        if (!now.source().equals(source) || now.done() > all.size()) {
            forget(sql);
            now = new State(source, 0, all.size(), "");
            sql.run(
                    "INSERT INTO ingest (stage, source, done, total, digest) VALUES (?, ?, 0, ?, '')",
                    stage,
                    source,
                    all.size());
        }
        List<T> rows = all.subList(now.done(), Math.min(all.size(), now.done() + BATCH));
        if (!rows.isEmpty()) {
            String digest = now.digest();
            List<Object[]> bound = rows.stream().map(values).toList();
            for (int i = 0; i < rows.size(); i++) {
                bound.get(i)[0] = (long) now.done() + i;
                digest = digest(digest, rows.get(i));
            }
            sql.batch(insert, bound);
            sql.run("UPDATE ingest SET done = ?, digest = ? WHERE stage = ?", now.done() + rows.size(), digest, stage);
        }
        return all.size() - now.done() - rows.size();
    }

    /** Takes all rows away; how far it came goes first, for H2 commits when it empties a table. */
    void forget(Sql sql) throws SQLException {
        sql.run("DELETE FROM ingest WHERE stage = ?", stage);
        sql.run("TRUNCATE TABLE " + stage);
    }

    private String digest(String before, T row) {
        return AuditTrail.sha256(before + Sql.storable(row.toString()));
    }

    List<T> kept(Sql sql) throws SQLException {
        return sql.list(select, reader);
    }

    /** Whether the rows are those that were kept. */
    boolean sound(Sql sql) throws SQLException {
        State now = state(sql);
        List<T> rows = kept(sql);
        String digest = "";
        for (T row : rows) {
            digest = digest(digest, row);
        }
        return rows.size() == now.done() && digest.equals(now.digest());
    }
}
