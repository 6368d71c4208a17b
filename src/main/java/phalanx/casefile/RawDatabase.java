package phalanx.casefile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.tx.Transaction;
import org.h2.mvstore.tx.TransactionMap;
import org.h2.mvstore.tx.TransactionStore;
import org.h2.result.Row;
import org.h2.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * A database file read without executing anything that stands in it, as H2's own recovery tool does: to see what it would execute, and
 * to save rows from a damaged one. One thread.
 */
final class RawDatabase implements AutoCloseable {
    /** H2 runs these when it opens a file. What our migrations make is among them; aliases, triggers, linked tables and checks are not. */
    private static final Pattern HARMLESS;

    static {
        ForeignTypes.guard();
        String name = "\"\\w+\"";
        String object = "\"PUBLIC\"\\." + name;
        String column = name
                + " (?:INTEGER|BIGINT|BOOLEAN|TIMESTAMP|DOUBLE PRECISION|CHARACTER VARYING\\(\\d+\\)|BINARY VARYING(?:\\(\\d+\\))?)"
                + "(?: DEFAULT (?:CURRENT_TIMESTAMP|''))?(?: SELECTIVITY \\d+)?(?: NOT NULL)?";
        String columns = "\\(" + name + "(?: NULLS FIRST)?(?:, " + name + "(?: NULLS FIRST)?)*\\)";
        HARMLESS = Pattern.compile(String.join(
                "|",
                "SET (?:CREATE_BUILD|WRITE_DELAY) \\d+",
                "CREATE USER IF NOT EXISTS \"SA\" SALT '[0-9a-f]*' HASH '[0-9a-f]*' ADMIN",
                "CREATE CACHED TABLE " + object + "\\(\\s*" + column + "(?:,\\s*" + column + ")*\\s*\\)",
                "CREATE (?:PRIMARY KEY|INDEX|UNIQUE INDEX) " + object + " ON " + object + columns,
                "ALTER TABLE " + object + " ADD CONSTRAINT " + object + " (?:PRIMARY KEY|UNIQUE)" + columns + " INDEX "
                        + object));
    }

    private static final Pattern TABLE = Pattern.compile("CREATE CACHED TABLE \"PUBLIC\"\\.\"(\\w+)\"[\\s\\S]*");

    private static final long MOST_KEYS = 1L << 32;
    private static final int HEADER = 4096;

    private final MVStore store;
    private final Transaction transaction;
    private final List<String> statements = new ArrayList<>();
    private final Map<String, Integer> tables = new HashMap<>();

    private RawDatabase(MVStore store) {
        this.store = store;
        TransactionStore transactions = new TransactionStore(store);
        transactions.init();
        transaction = transactions.begin();
        for (Value[] object : table(0)) { // id, head, kind, statement
            String statement = object.length < 4 ? "" : String.valueOf(object[3].getString());
            statements.add(statement);
            Matcher made = TABLE.matcher(statement);
            if (made.matches()) {
                tables.put(made.group(1).toLowerCase(Locale.ROOT), object[0].getInt());
            }
        }
    }

    /**
     * @param damaged whether to read past damage, an older state if need be
     * @throws MVStoreException when it is no database, is damaged, or another program has it; {@link #isTaken} tells the last
     */
    static RawDatabase open(Path file, boolean damaged) {
        MVStore.Builder builder =
                new MVStore.Builder().fileName(file.toString()).readOnly();
        if (damaged) {
            builder.recoveryMode();
        }
        MVStore looked = builder.open();
        try {
            ForeignTypes.refuse(looked);
        } finally {
            looked.closeImmediately();
        }
        MVStore store = builder.open(); // what was looked at keeps its types
        try {
            return new RawDatabase(store);
        } catch (RuntimeException e) {
            store.closeImmediately();
            throw e;
        }
    }

    /**
     * Whether H2 ended well with a file, by its header. Of a file that a killed process left, H2 2.5.252 lost commits, and waited for ever for
     * a transaction that was no more.
     */
    static boolean isClean(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(HEADER), StandardCharsets.ISO_8859_1)
                    .lines()
                    .findFirst()
                    .orElse("")
                    .contains(",clean:1");
        }
    }

    /** Whether that is why it could not be opened. */
    static boolean isTaken(MVStoreException thrown) {
        return thrown.getErrorCode() == DataUtils.ERROR_FILE_LOCKED;
    }

    /** Whether opening it would do nothing but what our own migrations do. */
    boolean isHarmless() {
        return statements.stream()
                .allMatch(statement -> HARMLESS.matcher(statement).matches());
    }

    /** The form of the case, 0 when there is none yet. */
    int version() {
        return rows(Schema.HISTORY).stream()
                .map(row -> String.valueOf(row.get(1)))
                .filter(version -> version.matches("\\d{1,9}"))
                .mapToInt(Integer::parseInt)
                .max()
                .orElse(0);
    }

    /** What can be read of a table, columns in the order of its making; empty when there is none. */
    List<List<@Nullable Object>> rows(String name) {
        Integer id = tables.get(name.toLowerCase(Locale.ROOT));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        if (id != null) {
            for (Value[] values : table(id)) {
                List<@Nullable Object> row = new ArrayList<>();
                for (Value value : values) {
                    row.add(plain(value));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static @Nullable Object plain(Value value) {
        return value.getValueType() == Value.NULL
                ? null
                : switch (value.getValueType()) {
                    case Value.BOOLEAN -> value.getBoolean();
                    case Value.INTEGER -> value.getInt();
                    case Value.BIGINT -> value.getLong();
                    case Value.DOUBLE -> value.getDouble();
                    default -> value.getString();
                };
    }

    /** Rows that cannot be read are left out. */
    private List<Value[]> table(int id) {
        List<Value[]> rows = new ArrayList<>();
        String name = "table." + id;
        if (!store.hasMap(name)) {
            return rows;
        }
        read(transaction.openMap(name, null, null), rows);
        return rows;
    }

    private static void read(TransactionMap<Long, Row> map, List<Value[]> rows) {
        long from = Long.MIN_VALUE;
        long step = 1;
        while (step > 0) {
            try {
                for (Iterator<Long> keys = map.keyIterator(from); keys.hasNext(); ) {
                    long key = keys.next();
                    from = key + 1;
                    step = 1;
                    Row row = map.get(key);
                    if (row != null) {
                        rows.add(row.getValueList());
                    }
                }
                step = 0;
            } catch (RuntimeException e) { // a damaged page: on behind it, in growing steps
                System.getLogger("phalanx.casefile").log(System.Logger.Level.DEBUG, "rows are left out", e);
                from = Math.max(0, from) + step;
                step = step > MOST_KEYS ? 0 : step * 2;
            }
        }
    }

    @Override
    public void close() {
        store.closeImmediately();
    }
}
