package phalanx.casefile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * The H2 file of a case: tables that follow from its journal, and what was found in the captures. It may be anybody's: it is looked at raw
 * before H2 executes what is in it. One thread at a time.
 */
final class TableFile {
    private static final String NAME = "case", ASIDE = NAME + "-damaged.mv.db";
    private static final String USER = "SA";

    static final String FILE = NAME + ".mv.db";

    static {
        ForeignTypes.guard();
    }

    private final Path folder;

    TableFile(Path folder) {
        this.folder = folder;
    }

    private Path file() {
        return folder.resolve(FILE);
    }

    boolean exists() {
        return Files.exists(file());
    }

    /** Whether who had it last ended well. */
    boolean isClean() throws IOException {
        return exists() && RawDatabase.isClean(file());
    }

    void delete() throws IOException {
        Files.deleteIfExists(file());
    }

    /** Whether it is sound, and of a form that an older program wrote: what it holds is in the journal, in a form that never ages. */
    boolean isOlder() {
        try (RawDatabase raw = RawDatabase.open(file(), false)) {
            return raw.isHarmless() && raw.version() > 0 && raw.version() < Schema.NEWEST;
        } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError e) {
            System.getLogger("phalanx.casefile").log(System.Logger.Level.DEBUG, "its form cannot be read", e);
            return false;
        }
    }

    /** Keeps it under another name, if it is there. */
    void putAside() throws IOException {
        if (exists()) {
            Files.move(file(), folder.resolve(ASIDE), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** @return empty when the file is damaged, or holds what would run programs */
    Optional<Sql> open() {
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
        } catch (SQLException | RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError e) {
            System.getLogger("phalanx.casefile").log(System.Logger.Level.DEBUG, "a database is put aside", e);
            if (sql != null) {
                close(sql);
            }
            return Optional.empty();
        }
    }

    /** Makes it, with empty tables. */
    Sql make() throws SQLException {
        Sql sql = connect("");
        try {
            Schema.migrate(url(""), USER, "PUBLIC");
            return sql;
        } catch (FlywayException e) {
            close(sql);
            throw e;
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

    /** Gives a connection up, whatever became of it. */
    static void close(Sql sql) {
        try (sql) {
            sql.rollback();
        } catch (SQLException | RuntimeException e) {
            System.getLogger("phalanx.casefile").log(System.Logger.Level.DEBUG, "closed after a fault", e);
        }
    }

    /** Number and hash of the last entry that it has seen of the audit trail, also when a killed process left it; 0 when that cannot be read. */
    AuditTrail.Entry end() {
        return raw(
                        "audit_end",
                        row -> row.size() == 2 && row.get(0) instanceof Long number
                                ? new AuditTrail.Entry(number, "", "", "", String.valueOf(row.get(1)))
                                : null)
                .stream()
                .findFirst()
                .orElse(AuditTrail.BEGIN);
    }

    /** Its copy of the audit trail, as far as it can be read. */
    List<AuditTrail.Entry> trail() {
        return raw(
                "audit",
                row -> row.size() == 5 && row.get(0) instanceof Long number
                        ? new AuditTrail.Entry(
                                number,
                                String.valueOf(row.get(1)),
                                String.valueOf(row.get(2)),
                                String.valueOf(row.get(3)),
                                String.valueOf(row.get(4)))
                        : null);
    }

    private <T> List<T> raw(String table, Function<List<@Nullable Object>, @Nullable T> reader) {
        List<T> all = new ArrayList<>();
        if (exists()) {
            try (RawDatabase raw = RawDatabase.open(file(), true)) {
                for (List<@Nullable Object> row : raw.rows(table)) {
                    T one = reader.apply(row);
                    if (one != null) {
                        all.add(one);
                    }
                }
            } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError e) {
                System.getLogger("phalanx.casefile").log(System.Logger.Level.DEBUG, "nothing to save there", e);
            }
        }
        return all;
    }
}
