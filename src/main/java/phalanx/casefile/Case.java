package phalanx.casefile;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;

/**
 * An open case: what is kept of it can be read, and added to. What a method that writes has answered {@link Outcome.Ok} to outlives the
 * process and the machine; after a failure nothing of it is kept, unless it says that this is not known, and the next call tries anew. Any
 * thread, one at a time; all methods wait for the disk or the network.
 */
public final class Case implements AutoCloseable {
    /** Who does what nobody asked for. */
    static final String PROGRAM = "phalanx";

    private static final String VERDICT = "verdict";

    private final CaseDatabase database;
    private final String user;
    /** Fair, so that who decides something does not wait behind all rows of an ingest. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private @Nullable Sql sql;
    private volatile @Nullable Problem readOnly;
    private volatile boolean passing;
    private volatile List<Long> unusable = List.of();
    private boolean closed;

    private Case(CaseDatabase database, String user) {
        this.database = database;
        this.user = user;
    }

    /** @param user who changes it, for the audit trail */
    static Outcome<Case> open(CaseDatabase database, String user) {
        Case opened = new Case(database, user);
        Outcome<Sql> connected;
        try {
            connected = opened.inTurn(opened::connected);
        } catch (RuntimeException | Error e) {
            opened.close(); // and with it the lock
            throw e;
        }
        if (connected instanceof Outcome.Failed<Sql>) {
            opened.close();
        }
        return connected.then(_ -> Outcome.ok(opened));
    }

    private Outcome<Sql> connected() {
        Sql now = sql;
        if (closed) {
            return Outcome.failed(database.problem(new IOException("the case is closed")));
        }
        return now != null
                ? Outcome.ok(now)
                : database.open().then(opened -> {
                    sql = opened.sql();
                    readOnly = opened.readOnly().orElse(null);
                    passing = opened.passing();
                    unusable = opened.unusable();
                    return Outcome.ok(opened.sql());
                });
    }

    /** Why the case can only be read, empty when it can be written, too, or perhaps by now. Does not wait. */
    public Optional<Problem> readOnly() {
        return passing ? Optional.empty() : Optional.ofNullable(readOnly);
    }

    /** Why it could only be read when it was last tried, and what of it cannot be used. Does not wait. @param folder of the case, to name it */
    List<Problem> notices(Path folder) {
        return Stream.concat(Optional.ofNullable(readOnly).stream(), unusable(folder).stream())
                .toList();
    }

    /** What of its trail cannot be used; empty when all can be. Does not wait. @param folder of the case, to name it */
    List<Problem> unusable(Path folder) {
        List<Long> numbers = unusable;
        return numbers.isEmpty() ? List.of() : List.of(CaseCheck.unusable(folder, numbers));
    }

    /** Work on the database. */
    @FunctionalInterface
    private interface Work<T> {
        T on(Sql sql) throws SQLException, IOException;
    }

    private <T> T inTurn(Supplier<T> work) {
        turn.lock();
        try {
            return work.get();
        } finally {
            turn.unlock();
        }
    }

    /** Work in a transaction of its own. */
    private <T> Outcome<T> on(Work<T> work) {
        return inTurn(() -> attempt(now -> {
            T value = work.on(now);
            now.commit();
            return value;
        }));
    }

    private <T> Outcome<T> attempt(Work<T> work) {
        return connected().then(now -> {
            try {
                return Outcome.ok(work.on(now));
            } catch (SQLException | IOException | RuntimeException e) {
                giveUp();
                return Outcome.failed(database.problem(e));
            }
        });
    }

    private Outcome<Sql> writable() {
        if (passing) {
            giveUp(); // there may be space again
        }
        return connected().then(now -> {
            Problem refused = readOnly;
            return refused == null ? Outcome.ok(now) : Outcome.failed(refused);
        });
    }

    /** Work that becomes entries of the audit trail. */
    private Outcome<List<AuditTrail.Entry>> decide(Work<List<AuditTrail.Entry>> work) {
        return inTurn(() -> writable()
                .then(_ -> attempt(now -> {
                    List<AuditTrail.Entry> entries = work.on(now);
                    if (!database.keep(now, entries)) {
                        giveUp();
                    }
                    return entries;
                })));
    }

    /** After a fault nothing is known of the connection: the next call makes another one. */
    private void giveUp() {
        Sql gone = sql;
        sql = null;
        readOnly = null;
        passing = false;
        if (gone != null) {
            database.end(gone);
        }
    }

    /** What a user keeps. */
    public Outcome<CaseFile> content() {
        return on(Case::content);
    }

    private static CaseFile content(Sql sql) throws SQLException {
        return new CaseFile(
                CaseFile.VERSION,
                Tables.captures(sql),
                Tables.notes(sql),
                Tables.filters(sql),
                Tables.dismissed(sql),
                sql.list("SELECT document FROM desk", row -> row.getString(1)).stream()
                        .findFirst()
                        .flatMap(JsonDocument::desk)
                        .orElse(null),
                Tables.bookmarks(sql),
                Tables.imports(sql));
    }

    /** Keeps what a user keeps: what differs from what was kept before becomes entries of the audit trail. @return how many */
    public Outcome<Integer> keep(CaseFile content) {
        return decide(now -> record(now, user, Tables.between(content(now), content)))
                .then(entries -> Outcome.ok(entries.size()));
    }

    /** Records changes by the user, all or none. */
    public Outcome<Boolean> record(Change... changes) {
        return record(user, changes);
    }

    /** Records changes, all or none. @param who an agent, a guest, {@code phalanx} itself */
    public Outcome<Boolean> record(String who, Change... changes) {
        return decide(now -> record(now, who, List.of(changes))).then(_ -> Outcome.ok(true));
    }

    private static List<AuditTrail.Entry> record(Sql sql, String who, List<Change> changes) throws SQLException {
        List<AuditTrail.Entry> entries = new ArrayList<>();
        for (Change change : changes) {
            String at = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
            AuditTrail.Entry entry = AuditTrail.append(sql, at, who, change);
            Tables.apply(sql, entry.number(), at, who, change);
            entries.add(entry);
        }
        return entries;
    }

    /** What happened, in the order in which it did. */
    public Outcome<List<Recorded<Change.Told>>> timeline() {
        return on(Tables::timeline);
    }

    /** Oldest first. */
    public Outcome<List<Recorded<Change.Voted>>> votes() {
        return on(Tables::votes);
    }

    /** The newest steps of the agents, oldest first. */
    public Outcome<List<Recorded<Change.Stepped>>> steps(int most) {
        return on(now -> Tables.steps(now, most));
    }

    /** How many steps of the agents there are. */
    public Outcome<Long> stepCount() {
        return on(Tables::stepCount);
    }

    /** The newest precedents, oldest first. */
    public Outcome<List<Change.Remembered>> precedents(int most) {
        return on(now -> Tables.precedents(now, most));
    }

    /** Oldest first. */
    public Outcome<List<Recorded<Change.Decided>>> decisions() {
        return on(Tables::decisions);
    }

    /** Every change ever made, oldest first; those that only a newer program understands are left out. */
    public Outcome<List<Recorded<Change>>> trail() {
        return on(now -> {
            List<Recorded<Change>> all = new ArrayList<>();
            for (AuditTrail.Entry entry : AuditTrail.entries(now)) {
                AuditTrail.change(entry)
                        .ifPresent(change -> all.add(new Recorded<>(entry.number(), entry.at(), entry.who(), change)));
            }
            return all;
        });
    }

    /** What the captures were when they were kept, by file; those that were never looked at are missing. */
    public Outcome<Map<String, Change.CaptureHashed>> hashes() {
        return on(Tables::hashes);
    }

    /** What was found in the captures, as far as it was kept. */
    public Outcome<Derived> derived() {
        return on(now -> new Derived(Ingest.FINDINGS.kept(now), Ingest.CONVERSATIONS.kept(now)));
    }

    /**
     * Keeps what was found in the captures in place of what was there, some rows at a time; who is interrupted goes on with the same answer
     * from where it was. Others can use the case between the rows.
     *
     * @throws Progress.Cancelled between the rows
     */
    public Outcome<Boolean> keepDerived(Derived found, Progress progress) {
        String source = found.source();
        int findings = found.findings().size();
        int all = findings + found.conversations().size();
        int left = 0;
        do {
            progress.stopIfCancelled();
            progress.at("Keeping what was found", all - left, all);
            Outcome<Integer> next = keepNext(found, source);
            switch (next) {
                case Outcome.Ok<Integer>(var more) -> left = more;
                case Outcome.Failed<Integer>(var problem) -> {
                    return Outcome.failed(problem);
                }
            }
        } while (left > 0);
        return Outcome.ok(true);
    }

    private Outcome<Integer> keepNext(Derived found, String source) {
        return inTurn(() -> writable()
                .then(_ -> on(now -> {
                    int findings = Ingest.FINDINGS.next(now, source, found.findings());
                    int conversations = Ingest.CONVERSATIONS.next(now, source, found.conversations());
                    return findings + conversations;
                })));
    }

    /** Tells a verdict in the timeline, unless it is that of the last time. */
    Outcome<Boolean> tell(String verdict) {
        return timeline().then(told -> {
            String last = told.stream()
                    .map(Recorded::what)
                    .filter(entry -> entry.kind().equals(VERDICT))
                    .reduce((_, later) -> later)
                    .map(Change.Told::text)
                    .orElse("");
            String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
            return last.equals(verdict)
                    ? Outcome.ok(false)
                    : record(PROGRAM, new Change.Told(now, "analysis", VERDICT, verdict, ""));
        });
    }

    /** What is not as it was written in the records. Reads all of them. @param folder of the case, to name it */
    Outcome<List<Problem>> check(Path folder) {
        return inTurn(() -> {
            giveUp();
            return database.check(folder);
        });
    }

    @Override
    public void close() {
        inTurn(() -> {
            closed = true;
            giveUp();
            database.close();
            return true;
        });
    }
}
