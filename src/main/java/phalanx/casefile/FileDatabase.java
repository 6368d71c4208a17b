package phalanx.casefile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * The records of a case in its folder: the {@link Journal}, which keeps what was decided, and a {@link TableFile} that follows from it. The
 * tables are made from the journal whenever the case is opened, so that neither a kill nor damage nor a stranger's hand in the H2 file can
 * change what they say; a file that H2 cannot use is put aside, and one that a killed process left is made anew. What either file remembers
 * of the journal's end must be in the journal. Who does not get the {@link CaseLock} has the tables in memory, to read. One thread at a time.
 */
final class FileDatabase implements CaseDatabase {
    private static final String JOURNAL_ASIDE = "case-damaged.journal";
    private static final String REBUILD =
            "phalanx doctor --rebuild saves what can be read of it; the captures themselves are untouched.";

    private final Path folder;
    private final TableFile tables;
    private @Nullable CaseLock lock;
    private @Nullable Journal journal;
    private boolean damaged;

    FileDatabase(Path folder) {
        this.folder = folder;
        tables = new TableFile(folder);
    }

    static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(Journal.FILE)) || Files.isRegularFile(folder.resolve(TableFile.FILE));
    }

    @Override
    public Outcome<Opened> open() {
        try {
            Optional<Problem> refused = lock();
            return refused.isPresent()
                    ? toRead(refused.get())
                    : readable(journal()).then(this::writable);
        } catch (NoSuchFileException e) {
            return Outcome.failed(
                    tables.exists()
                            ? new Problem(
                                    JsonDocument.INVALID,
                                    folder + " has lost its journal (" + Journal.FILE + ").",
                                    REBUILD)
                            : unreadable(e));
        } catch (IOException e) {
            return Outcome.failed(unreadable(e));
        }
    }

    /** Of a case that somebody else may write to: the trail is read behind what the tables have seen of it, so that it is not behind them. */
    private Outcome<Opened> toRead(Problem refused) throws IOException {
        // The tables that another one has, perhaps of this process, are not touched: that would take its lock on them
        // away.
        AuditTrail.Entry seen = refused.equals(taken(folder)) ? AuditTrail.BEGIN : tables.end();
        return readable(Journal.read(folder)).then(content -> {
            AuditTrail.Break broken = broken(content, seen);
            return inMemory(content, broken == null ? refused : CaseCheck.broken(folder, broken), false);
        });
    }

    /** What the journal holds, without what it was not to keep. */
    private Journal.Content journal() throws IOException {
        Journal ours = journal;
        return ours == null ? Journal.read(folder) : ours.acknowledged(folder);
    }

    /** Takes the lock. @return why it is not ours, empty when it is */
    private Optional<Problem> lock() throws IOException {
        if (lock != null) {
            return Optional.empty();
        }
        for (Path file : List.of(folder, folder.resolve(Journal.FILE), folder.resolve(CaseLock.FILE))) {
            if (Files.exists(file) && !Files.isWritable(file)) {
                return Optional.of(new Problem(
                        READ_ONLY,
                        folder + " may not be written to: the case can only be read.",
                        "Save it under another name to go on with it there."));
            }
        }
        lock = CaseLock.take(folder).orElse(null);
        return lock != null ? Optional.empty() : Optional.of(taken(folder));
    }

    static Problem taken(Path folder) {
        return new Problem(
                READ_ONLY,
                folder + " is open in another Phalanx: here it can only be read, as it was saved last.",
                "Close it there and open it here again, or save it under another name to go on with it there.");
    }

    private Outcome<Journal.Content> readable(Journal.Content content) {
        if (content.version() > JournalText.VERSION) {
            return Outcome.failed(CaseStore.newer(folder, content.version()));
        }
        return content.version() == 0 && content.entries().isEmpty()
                ? Outcome.failed(new Problem(
                        JsonDocument.INVALID, folder.resolve(Journal.FILE) + " is no journal of a case.", REBUILD))
                : Outcome.ok(content);
    }

    /** Where the journal is not as it was written, or lacks what the tables have seen of it; null for nowhere. */
    private static AuditTrail.@Nullable Break broken(Journal.Content content, AuditTrail.Entry seen) {
        return content.broken() != null ? content.broken() : CaseCheck.cut(content.entries(), seen);
    }

    private Outcome<Opened> writable(Journal.Content content) {
        AuditTrail.Break broken = broken(content, tables.end());
        if (broken != null) {
            return inMemory(content, CaseCheck.broken(folder, broken), false);
        }
        if (folder.toString().indexOf(';') >= 0) {
            return inMemory(content, problem(new IOException("H2 takes no path with a semicolon")), false);
        }
        try {
            closeJournal();
            Journal ours = Journal.open(folder, content);
            journal = ours;
            List<AuditTrail.Entry> entries = new ArrayList<>(content.entries());
            Sql sql = tables(ours, entries);
            try {
                List<Long> unusable = Tables.replay(sql, entries);
                sql.commit();
                return Outcome.ok(new Opened(sql, Optional.empty(), false, unusable));
            } catch (SQLException | RuntimeException e) {
                end(sql);
                throw e;
            }
        } catch (IOException | SQLException | RuntimeException e) {
            return inMemory(content, problem(e), true);
        }
    }

    /** The tables of the H2 file, as they are; new ones, empty, where there are none or H2 cannot use them. @param entries of the journal */
    private Sql tables(Journal ours, List<AuditTrail.Entry> entries) throws IOException, SQLException {
        if (!tables.isClean()) {
            tables.delete(); // a killed process left it: the journal has it all
        } else if (tables.isOlder()) {
            tables.delete();
        }
        boolean there = tables.exists();
        Optional<Sql> usable = there && !damaged ? tables.open() : Optional.empty();
        if (usable.isPresent()) {
            return usable.get();
        }
        if (there) {
            tables.putAside();
            String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
            Change.Restored told = new Change.Restored(
                    "The file of the tables was damaged or not ours; they were made anew from the journal.");
            AuditTrail.Entry end = entries.isEmpty() ? AuditTrail.BEGIN : entries.getLast();
            AuditTrail.Entry restored = AuditTrail.after(end, now, Case.PROGRAM, told);
            ours.append(List.of(restored));
            entries.add(restored);
        }
        damaged = false;
        return tables.make();
    }

    private Outcome<Opened> inMemory(Journal.Content content, Problem why, boolean passing) {
        Sql sql = null;
        try {
            sql = Schema.inMemory();
            List<Long> unusable = Tables.replay(sql, content.entries());
            sql.commit();
            return Outcome.ok(new Opened(sql, Optional.of(why), passing, unusable));
        } catch (SQLException | RuntimeException e) {
            if (sql != null) {
                end(sql);
            }
            return Outcome.failed(problem(e));
        }
    }

    /** The journal first; what the tables then miss, they get when the case is opened the next time. */
    @Override
    public boolean keep(Sql sql, List<AuditTrail.Entry> entries) throws IOException {
        Journal ours = journal;
        if (ours == null) {
            throw new IOException("the journal is not ours");
        }
        ours.append(entries);
        try {
            sql.commit();
            return true;
        } catch (SQLException e) {
            System.getLogger("phalanx.casefile").log(System.Logger.Level.DEBUG, "kept in the journal alone", e);
            return false;
        }
    }

    @Override
    public Outcome<List<Problem>> check(Path named) {
        try {
            boolean ours = lock().isEmpty();
            boolean closed = ours && tables.isClean();
            return readable(journal()).then(content -> Outcome.ok(faults(content, ours, closed)));
        } catch (IOException e) {
            return Outcome.failed(unreadable(e));
        }
    }

    /**
     * @param ours whether nobody has the tables
     * @param closed whether they are worth a whole look: who had them last ended well
     */
    private List<Problem> faults(Journal.Content content, boolean ours, boolean closed) {
        List<Problem> faults = new ArrayList<>();
        AuditTrail.Break broken = ours ? broken(content, tables.end()) : content.broken();
        if (broken != null) {
            faults.add(CaseCheck.broken(folder, broken));
        }
        if (closed && !tables.isOlder()) {
            Optional<Sql> there = tables.open();
            if (there.isEmpty()) {
                faults.add(CaseCheck.altered(folder, TableFile.FILE));
            } else {
                Sql sql = there.get();
                try {
                    faults.addAll(CaseCheck.tables(sql, folder, content.entries()));
                } catch (SQLException e) {
                    faults.add(CaseCheck.altered(folder, TableFile.FILE));
                }
                end(sql);
            }
        }
        return faults;
    }

    /**
     * From the journal and from the copy of it in the H2 file, entry by entry whichever is as it was written. Where neither is, the chain
     * begins anew with what was saved, and says so; what was there is put aside. Nobody else gets the case until this is closed.
     */
    @Override
    public Outcome<String> rebuild() {
        try {
            Optional<Problem> refused = lock();
            if (refused.isPresent()) {
                return Outcome.failed(refused.get());
            }
            boolean known = Files.exists(folder.resolve(Journal.FILE));
            Journal.Content content = known ? journal() : Journal.Content.NONE;
            if (content.version() > JournalText.VERSION) {
                return Outcome.failed(CaseStore.newer(folder, content.version()));
            }
            Salvage saved = Salvage.of(content.entries(), tables.trail(), tables.end());
            if (saved.entries().isEmpty()) {
                return Outcome.failed(new Problem(
                        JsonDocument.INVALID,
                        folder + " holds nothing that can be saved.",
                        "Open the captures themselves, and keep the case anew."));
            }
            closeJournal();
            if (content.broken() != null || !saved.entries().equals(content.entries())) {
                if (known) {
                    Files.copy(
                            folder.resolve(Journal.FILE),
                            folder.resolve(JOURNAL_ASIDE),
                            StandardCopyOption.REPLACE_EXISTING);
                }
                Journal.make(folder, saved.entries());
            }
            tables.putAside();
            return Outcome.ok(saved.told());
        } catch (IOException e) {
            return Outcome.failed(problem(e));
        }
    }

    @Override
    public void end(Sql sql) {
        TableFile.close(sql);
    }

    private void closeJournal() throws IOException {
        Journal ours = journal;
        if (ours != null) {
            ours.mend(); // one that cannot be mended stays known
            journal = null;
            ours.close();
        }
    }

    @Override
    public void close() {
        try (CaseLock _ = lock;
                Journal _ = journal) {
            lock = null;
            journal = null;
        } catch (IOException e) {
            System.getLogger("phalanx.casefile").log(System.Logger.Level.DEBUG, "closed after a fault", e);
        }
    }

    private Problem unreadable(IOException e) {
        return new Problem(
                JsonDocument.UNREADABLE,
                folder + " cannot be read (" + reason(e) + ").",
                "Check that it exists and may be read.");
    }

    @Override
    public Problem problem(Exception thrown) {
        if (Sql.isRefused(thrown)) {
            return CaseCheck.refused(folder);
        }
        damaged |= !(innermost(thrown) instanceof IOException);
        return new Problem(
                JsonDocument.NOT_WRITTEN,
                folder + " could not be written (" + reason(thrown) + ").",
                "Free space or choose another folder; what was there before is untouched.");
    }

    /** On one line, without H2's version. */
    private static String reason(Throwable thrown) {
        return String.valueOf(innermost(thrown).getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .replaceAll(" \\[[\\d./-]+]$", "");
    }

    private static Throwable innermost(Throwable thrown) {
        Throwable inner = thrown;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }
}
