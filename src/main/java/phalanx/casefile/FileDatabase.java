package phalanx.casefile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * The records of a case in its folder: the {@link Journal}, which keeps what was decided, and an H2 file with the tables that follow from
 * it and with what was found in the captures. The tables are made from the journal whenever the case is opened, so that neither a kill nor
 * damage nor a stranger's hand in the H2 file can change what they say; a file that H2 cannot use is put aside, and one that a killed process
 * left is made anew. Who does not get hold of
 * the journal has the tables in memory, to read. One thread at a time.
 */
final class FileDatabase implements CaseDatabase {
    private static final String NAME = "case", FILE = NAME + ".mv.db", ASIDE = NAME + "-damaged.mv.db";
    private static final String JOURNAL_ASIDE = "case-damaged.journal";
    private static final String USER = "SA";
    private static final String REBUILD =
            "phalanx doctor --rebuild saves what can be read of it; the captures themselves are untouched.";

    static {
        System.setProperty("h2.allowedClasses", ""); // no Java of anybody's by way of SQL
    }

    private final Path folder;
    private @Nullable Journal journal;
    private boolean damaged;

    FileDatabase(Path folder) {
        this.folder = folder;
    }

    static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(Journal.FILE)) || Files.isRegularFile(folder.resolve(FILE));
    }

    Path file() {
        return folder.resolve(FILE);
    }

    @Override
    public Outcome<Opened> open() {
        try {
            Outcome<Journal> held = held();
            return held instanceof Outcome.Ok<Journal>(var ours)
                    ? open(ours, ours.content())
                    : readable(Journal.read(folder))
                            .then(content -> inMemory(content, ((Outcome.Failed<Journal>) held).problem(), false));
        } catch (NoSuchFileException e) {
            return Outcome.failed(
                    Files.exists(file())
                            ? new Problem(
                                    JsonDocument.INVALID,
                                    folder + " has lost its journal (" + Journal.FILE + ").",
                                    REBUILD)
                            : unreadable(e));
        } catch (IOException e) {
            return Outcome.failed(unreadable(e));
        }
    }

    /** The journal when it is ours; else why it is not. */
    private Outcome<Journal> held() throws IOException {
        Journal known = journal;
        if (known != null) {
            return Outcome.ok(known);
        }
        Path file = folder.resolve(Journal.FILE);
        if (Files.exists(file) && !(Files.isWritable(file) && Files.isWritable(folder))) {
            return Outcome.failed(new Problem(
                    READ_ONLY,
                    folder + " may not be written to: the case can only be read.",
                    "Save it under another name to go on with it there."));
        }
        Optional<Journal> ours = Journal.hold(folder);
        journal = ours.orElse(null);
        return ours.<Outcome<Journal>>map(Outcome::ok)
                .orElseGet(
                        () -> Outcome.failed(
                                new Problem(
                                        READ_ONLY,
                                        folder
                                                + " is open in another Phalanx: here it can only be read, as it was saved last.",
                                        "Close it there and open it here again, or save it under another name to go on with it there.")));
    }

    private Outcome<Journal.Content> readable(Journal.Content content) {
        if (content.version() > Journal.VERSION) {
            return Outcome.failed(CaseStore.newer(folder, content.version()));
        }
        return content.version() == 0 && content.entries().isEmpty()
                ? Outcome.failed(new Problem(
                        JsonDocument.INVALID, folder.resolve(Journal.FILE) + " is no journal of a case.", REBUILD))
                : Outcome.ok(content);
    }

    private Outcome<Opened> open(Journal ours, Journal.Content found) {
        return readable(found).then(content -> {
            if (content.broken() != null) {
                return inMemory(content, CaseCheck.broken(folder, content.broken()), false);
            }
            try {
                Sql sql = tables(ours);
                try {
                    List<AuditTrail.Entry> entries =
                            ours.content().entries(); // one more where the tables were put aside
                    if (AuditTrail.end(sql).number() > entries.size()) {
                        end(sql);
                        AuditTrail.Break missing = new AuditTrail.Break(entries.size() + 1L, AuditTrail.MISSING);
                        return inMemory(content, CaseCheck.broken(folder, missing), false);
                    }
                    Tables.replay(sql, entries);
                    sql.commit();
                    return Outcome.ok(new Opened(sql));
                } catch (SQLException e) {
                    end(sql);
                    throw e;
                }
            } catch (IOException | SQLException | FlywayException e) {
                return inMemory(content, problem(e), true);
            }
        });
    }

    /** The tables of the H2 file, as they are; new ones, empty, where there are none or H2 cannot use them. */
    private Sql tables(Journal ours) throws IOException, SQLException {
        if (folder.toString().indexOf(';') >= 0) {
            throw new IOException("H2 takes no path with a semicolon");
        }
        if (Files.exists(file()) && !RawDatabase.isClean(file())) {
            Files.delete(file()); // a killed process left it: the journal has it all
        }
        boolean there = Files.exists(file());
        Optional<Sql> usable = there && !damaged ? usable() : Optional.empty();
        if (usable.isPresent()) {
            return usable.get();
        }
        if (there) {
            Files.move(file(), folder.resolve(ASIDE), StandardCopyOption.REPLACE_EXISTING);
            String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
            Change.Restored told = new Change.Restored(
                    "The file of the tables was damaged or not ours; they were made anew from the journal.");
            ours.append(List.of(AuditTrail.after(ours.content().end(), now, Case.PROGRAM, told)));
        }
        damaged = false;
        Sql sql = connect("");
        try {
            Schema.migrate(url(""), USER, "PUBLIC");
            return sql;
        } catch (FlywayException e) {
            end(sql);
            throw e;
        }
    }

    /** @return empty when the file is damaged, or holds what would run programs; the guard comes before H2 executes what is in it */
    private Optional<Sql> usable() {
        Sql sql = null;
        try {
            try (RawDatabase raw = RawDatabase.open(file(), false)) {
                if (!raw.isHarmless() || raw.version() != Schema.NEWEST) {
                    return Optional.empty();
                }
            }
            sql = connect(";IFEXISTS=TRUE");
            for (String table : Tables.FROM_TRAIL) {
                Tables.rows(sql, table);
            }
            return Optional.of(sql);
        } catch (SQLException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
            System.getLogger("phalanx.casefile").log(System.Logger.Level.DEBUG, "a database is put aside", e);
            if (sql != null) {
                end(sql);
            }
            return Optional.empty();
        }
    }

    /** @throws SQLException when the folder's name would be read as settings of the database, statements among them */
    private String url(String more) throws SQLException {
        if (folder.toString().indexOf(';') >= 0) {
            throw new SQLException("a case's folder must not have a semicolon in its name");
        }
        return "jdbc:h2:file:" + folder.resolve(NAME) + ";FILE_LOCK=FS;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0"
                + more;
    }

    private Sql connect(String more) throws SQLException {
        return new Sql(DriverManager.getConnection(url(more), USER, ""));
    }

    private Outcome<Opened> inMemory(Journal.Content content, Problem why, boolean passing) {
        try {
            return Outcome.ok(new Opened(Schema.inMemory(content.entries()), Optional.of(why), passing));
        } catch (SQLException | FlywayException e) {
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
            boolean ours = held() instanceof Outcome.Ok;
            boolean closed = ours && Files.exists(file()) && RawDatabase.isClean(file());
            return readable(Journal.read(folder)).then(content -> Outcome.ok(faults(content, closed)));
        } catch (IOException e) {
            return Outcome.failed(unreadable(e));
        }
    }

    /** @param closed whether the tables are worth a look: nobody has them, and who had them last ended well */
    private List<Problem> faults(Journal.Content content, boolean closed) {
        List<Problem> faults = new ArrayList<>();
        if (content.broken() != null) {
            faults.add(CaseCheck.broken(folder, content.broken()));
        }
        if (closed) {
            Optional<Sql> there = usable();
            if (there.isEmpty()) {
                faults.add(CaseCheck.altered(folder, FILE));
            } else {
                Sql sql = there.get();
                try {
                    faults.addAll(CaseCheck.tables(sql, folder, content.entries()));
                } catch (SQLException e) {
                    faults.add(CaseCheck.altered(folder, FILE));
                }
                end(sql);
            }
        }
        return faults;
    }

    /**
     * From the journal and from the copy of it in the H2 file, entry by entry whichever is as it was written. Where neither is, the chain
     * begins anew with what was saved, and says so; what was there is put aside.
     */
    @Override
    public Outcome<String> rebuild() {
        try {
            boolean known = Files.exists(folder.resolve(Journal.FILE));
            if (known && held() instanceof Outcome.Failed<Journal>(var problem)) {
                return Outcome.failed(problem);
            }
            Journal.Content content = known ? Journal.read(folder) : Journal.Content.NONE;
            if (content.version() > Journal.VERSION) {
                return Outcome.failed(CaseStore.newer(folder, content.version()));
            }
            Salvage saved = Salvage.of(content.entries(), copies());
            if (saved.entries().isEmpty()) {
                return Outcome.failed(new Problem(
                        JsonDocument.INVALID,
                        folder + " holds nothing that can be saved.",
                        "Open the captures themselves, and keep the case anew."));
            }
            close();
            if (content.broken() != null || !saved.entries().equals(content.entries())) {
                if (known) {
                    Files.copy(
                            folder.resolve(Journal.FILE),
                            folder.resolve(JOURNAL_ASIDE),
                            StandardCopyOption.REPLACE_EXISTING);
                }
                Journal.make(folder, saved.entries());
            }
            if (Files.exists(file())) {
                Files.move(file(), folder.resolve(ASIDE), StandardCopyOption.REPLACE_EXISTING);
            }
            return Outcome.ok(saved.told());
        } catch (IOException e) {
            return Outcome.failed(problem(e));
        }
    }

    /** The copy of the journal in the H2 file, as far as it can be read. */
    private List<AuditTrail.Entry> copies() {
        List<AuditTrail.Entry> copies = new ArrayList<>();
        if (Files.exists(file())) {
            try (RawDatabase raw = RawDatabase.open(file(), true)) {
                for (List<@Nullable Object> row : raw.rows("audit")) {
                    if (row.size() == 5 && row.get(0) instanceof Long number) {
                        copies.add(new AuditTrail.Entry(
                                number,
                                String.valueOf(row.get(1)),
                                String.valueOf(row.get(2)),
                                String.valueOf(row.get(3)),
                                String.valueOf(row.get(4))));
                    }
                }
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                System.getLogger("phalanx.casefile").log(System.Logger.Level.DEBUG, "nothing to save there", e);
            }
        }
        return copies;
    }

    @Override
    public void end(Sql sql) {
        try {
            sql.rollback();
            sql.close();
        } catch (SQLException | RuntimeException e) {
            System.getLogger("phalanx.casefile").log(System.Logger.Level.DEBUG, "closed after a fault", e);
        }
    }

    @Override
    public void close() {
        Journal ours = journal;
        journal = null;
        if (ours != null) {
            try {
                ours.close();
            } catch (IOException e) {
                System.getLogger("phalanx.casefile").log(System.Logger.Level.DEBUG, "closed after a fault", e);
            }
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
