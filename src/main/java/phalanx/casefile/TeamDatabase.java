package phalanx.casefile;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.flywaydb.core.api.FlywayException;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * A team's PostgreSQL, in which every case is a schema of its own. The password comes from {@code PGPASSWORD} or {@code ~/.pgpass}, never
 * with the address, so that it cannot be shown. Immutable, any thread.
 */
public final class TeamDatabase {
    /** The team's database is not there, or not told. */
    static final String UNREACHED = "PHX-6009";

    private static final Pattern ADDRESS = Pattern.compile("jdbc:postgresql:[\\w/.:,\\[\\]%-]+(?:\\?[\\w.=&%/-]*)?");
    private static final Pattern SECRET = Pattern.compile("(?i)[?&](?:ssl)?password=");

    /** Number and begin of a session: numbers are used again. */
    private static final String SESSION = "SELECT pid || ' ' || backend_start FROM pg_stat_activity";
    /** SQLSTATE of a transaction of which it is not known how it ended (ISO/IEC 9075-2 section 24.1). */
    private static final String UNKNOWN_END = "08007";
    /** Each waits a tenth of a second. */
    private static final int TRIES = 20;

    private static final Problem TAKEN = new Problem(
            CaseDatabase.READ_ONLY,
            "This case is open in another Phalanx: here it can only be read, as it was saved last.",
            "Close it there and open it here again, or save it under another name to go on with it there.");
    private static final Problem CHANGED = new Problem(
            CaseDatabase.READ_ONLY,
            "While the connection to the team's database was lost, the case was changed in another Phalanx.",
            "Save yours under another name, or open the case again to go on with what is there now.");

    private final String url;

    private TeamDatabase(String url) {
        this.url = url;
    }

    /** @param url {@code jdbc:postgresql://host/database?user=name}, from the user's settings or environment, never from a case */
    public static Outcome<TeamDatabase> at(String url) {
        return ADDRESS.matcher(url).matches() && !SECRET.matcher(url).find()
                ? Outcome.ok(new TeamDatabase(url))
                : Outcome.failed(
                        new Problem(
                                UNREACHED,
                                "The address of the team's database is not understood, or holds a password.",
                                "Write it as jdbc:postgresql://HOST/DATABASE?user=NAME; the password comes from PGPASSWORD or ~/.pgpass."));
    }

    /** @param id of a case, made of hexadecimal digits and hyphens */
    CaseDatabase ofCase(String id) {
        return new OneCase("phalanx_" + id.replace("-", "").toLowerCase(Locale.ROOT));
    }

    /**
     * One case. The lock on it ends with its connection, but the server may hold one that the network lost for a while: who comes back ends
     * his own, and goes on when nobody changed the case meanwhile.
     */
    private final class OneCase implements CaseDatabase {
        private final String schema;
        /** The session that has, or had, the lock; empty for none. */
        private String session = "";
        /** Hashes that the trail may end with when nobody else wrote to it; empty before it was opened. */
        private List<String> ends = List.of();

        OneCase(String schema) {
            this.schema = schema;
        }

        private String address() {
            return url + (url.indexOf('?') < 0 ? "?" : "&") + "currentSchema=" + schema
                    + "&connectTimeout=10&socketTimeout=30&loginTimeout=15&tcpKeepAlive=true";
        }

        @Override
        public Outcome<Opened> open() {
            try {
                Sql sql = new Sql(DriverManager.getConnection(address()));
                try {
                    return opened(sql);
                } catch (SQLException | RuntimeException e) {
                    end(sql);
                    throw e;
                }
            } catch (SQLException | RuntimeException e) {
                return Outcome.failed(unreached(e));
            }
        }

        private Outcome<Opened> opened(Sql sql) throws SQLException {
            // A server misses a client that is gone after a minute, not after two hours, and lets others have the case.
            for (String pace : List.of("idle = 30", "interval = 10", "count = 3")) {
                sql.run("SET tcp_keepalives_" + pace);
            }
            boolean ours = lock(sql);
            int version = version(sql);
            if (version > Schema.NEWEST) {
                sql.close();
                return Outcome.failed(CaseStore.newer(schema, version));
            }
            if (ours && version < Schema.NEWEST) {
                sql.commit();
                Schema.migrate(address(), null, schema);
            }
            Optional<Problem> broken = version == 0 ? Optional.empty() : broken(sql);
            if (broken.isPresent()) {
                sql.list("SELECT pg_advisory_unlock_all()", _ -> true);
                return Outcome.ok(toRead(sql, broken.get(), false));
            }
            if (!ours) {
                return Outcome.ok(toRead(sql, TAKEN, !ends.isEmpty()));
            }
            String end = AuditTrail.end(sql).hash();
            if (!ends.isEmpty() && !ends.contains(end)) {
                sql.list("SELECT pg_advisory_unlock_all()", _ -> true);
                return Outcome.ok(toRead(sql, CHANGED, false));
            }
            ends = List.of(end);
            sql.commit();
            return Outcome.ok(new Opened(sql, Optional.empty(), false, List.of()));
        }

        /** Where the trail is not as it was written. Whoever else writes to it meanwhile: all of it is read as it was at one time. */
        private Optional<Problem> broken(Sql sql) throws SQLException {
            sql.commit();
            sql.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            Optional<AuditTrail.Break> broken = AuditTrail.firstBreak(AuditTrail.entries(sql), AuditTrail.end(sql));
            sql.commit();
            return broken.map(at -> CaseCheck.broken(schema, at));
        }

        private static Opened toRead(Sql sql, Problem why, boolean passing) throws SQLException {
            sql.commit();
            sql.connection().setReadOnly(true);
            return new Opened(sql, Optional.of(why), passing, List.of());
        }

        /** One writes, as with a file. Our own session that the network lost is ended first. @return whether the case is ours */
        private boolean lock(Sql sql) throws SQLException {
            boolean ours = tryLock(sql);
            for (int i = 0; i < TRIES && !ours && end(sql, session); i++) {
                ours = tryLock(sql); // the session ends in its own time
            }
            if (ours) {
                session = sql.list(SESSION + " WHERE pid = pg_backend_pid()", row -> row.getString(1))
                        .getFirst();
            }
            return ours;
        }

        private boolean tryLock(Sql sql) throws SQLException {
            return sql.list("SELECT pg_try_advisory_lock(hashtextextended(?, 0))", row -> row.getBoolean(1), schema)
                    .getFirst();
        }

        /** Ends a session and waits a little. @return whether it was there */
        private static boolean end(Sql sql, String session) throws SQLException {
            boolean there = !sql.list(
                            "SELECT pg_terminate_backend(pid), pg_sleep(0.1) FROM pg_stat_activity"
                                    + " WHERE pid || ' ' || backend_start = ?",
                            row -> row.getBoolean(1),
                            session)
                    .isEmpty();
            sql.commit(); // who is there is the same all through a transaction
            return there;
        }

        private int version(Sql sql) throws SQLException {
            return sql.connection().getSchema() == null ? 0 : Schema.version(sql);
        }

        @Override
        public boolean keep(Sql sql, List<AuditTrail.Entry> entries) throws SQLException {
            String before = ends.getFirst();
            String end = entries.isEmpty() ? before : entries.getLast().hash();
            ends = List.of(before, end); // of a commit without an answer it is not known
            try {
                sql.commit(); // PostgreSQL writes it to the disk first (synchronous_commit)
            } catch (SQLException e) {
                if (entries.isEmpty() || !arrived(entries.getLast(), e)) {
                    throw e;
                }
                ends = List.of(end);
                return false;
            }
            ends = List.of(end);
            return true;
        }

        /**
         * Looks, on a connection of its own, whether a commit was carried out whose answer was lost.
         *
         * @throws SQLException when that cannot be found out
         */
        private boolean arrived(AuditTrail.Entry entry, SQLException lost) throws SQLException {
            try (Sql sql = new Sql(DriverManager.getConnection(address()))) {
                if (!lock(sql) && end(sql, session)) {
                    throw new SQLException("the session that was lost is still there"); // it may commit yet
                }
                return sql.list("SELECT hash FROM audit WHERE number = ?", row -> row.getString(1), entry.number())
                        .contains(entry.hash());
            } catch (SQLException e) {
                SQLException unknown = new SQLException("a commit has no answer", UNKNOWN_END, lost);
                unknown.addSuppressed(e);
                throw unknown;
            }
        }

        @Override
        public Problem problem(Exception thrown) {
            return unreached(thrown);
        }

        @Override
        public Outcome<List<Problem>> check(Path folder) {
            return open().then(opened -> {
                try (Sql sql = opened.sql()) {
                    return Outcome.ok(CaseCheck.faults(sql, folder));
                } catch (SQLException | FlywayException e) {
                    return Outcome.failed(unreached(e));
                }
            });
        }

        @Override
        public Outcome<String> rebuild() {
            return open().then(opened -> {
                try (Sql sql = opened.sql()) {
                    if (opened.readOnly().isPresent()) {
                        return Outcome.failed(opened.readOnly().get());
                    }
                    List<AuditTrail.Entry> entries = AuditTrail.entries(sql);
                    Tables.replay(sql, entries);
                    for (Ingest<?> ingest : List.of(Ingest.FINDINGS, Ingest.CONVERSATIONS)) {
                        ingest.forget(sql);
                    }
                    sql.commit();
                    return Outcome.ok("All %d entries of the audit trail are there.".formatted(entries.size()));
                } catch (SQLException | FlywayException e) {
                    return Outcome.failed(unreached(e));
                }
            });
        }

        @Override
        public void close() {
            // The lock ends with the connection.
        }

        @Override
        public void end(Sql sql) {
            try {
                sql.close();
            } catch (SQLException e) {
                System.getLogger("phalanx.casefile").log(System.Logger.Level.DEBUG, "closed after a fault", e);
            }
        }

        private Problem unreached(Exception e) {
            System.getLogger("phalanx.casefile").log(System.Logger.Level.DEBUG, "the team's database failed", e);
            String state = e instanceof SQLException sql ? String.valueOf(sql.getSQLState()) : "";
            return new Problem(
                    UNREACHED,
                    "The team's database cannot be used (" + why(state) + ").",
                    "Check PHALANX_STORE, the network and the password (PGPASSWORD or ~/.pgpass); what was saved before is untouched, and the next save connects anew.");
        }

        /** By class of SQLSTATE: the server's own words may hold addresses and names. */
        private static String why(String state) {
            if (state.equals(UNKNOWN_END)) {
                return "no connection; whether the last change was saved is not known";
            }
            return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
                case "08", "57" -> "no connection";
                case "28" -> "user or password refused";
                case "3D" -> "there is no such database";
                case "42" -> "the user lacks a right";
                case "53" -> "it is out of space or connections";
                default -> "state " + (state.isEmpty() ? "unknown" : state);
            };
        }
    }
}
