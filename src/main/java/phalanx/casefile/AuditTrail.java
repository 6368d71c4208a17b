package phalanx.casefile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was changed in a case, by whom and when, each entry bound to the one before by SHA-256 (FIPS 180-4). Who alters, removes or
 * inserts an entry breaks the chain there. Who can write the file and makes the whole chain anew is not found out: keep the last hash
 * elsewhere where that matters. One thread at a time.
 */
final class AuditTrail {
    /**
     * An entry.
     *
     * @param content canonical JSON of the change: keys in alphabetical order, no spaces
     * @param hash over the hash before, number, time, author and content
     */
    record Entry(long number, String at, String who, String content, String hash) {
        private static final int AT = 100, WHO = 10_000, CONTENT = 1_000_000, HASH = 64; // as the table has it

        /** Whether the table takes it. */
        boolean fits() {
            return at.length() <= AT && who.length() <= WHO && content.length() <= CONTENT && hash.length() <= HASH;
        }
    }

    /** Where the chain is broken. @param number of the entry  @param why one clause */
    record Break(long number, String why) {}

    /** What the first entry comes behind. */
    static final Entry BEGIN = new Entry(0, "", "", "", "");

    static final String ALTERED = "is not as it was written",
            MISSING = "is missing",
            INSERTED = "was inserted",
            UNREADABLE = "cannot be read";

    private static final JsonMapper JSON = JsonDocument.safe(JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES));

    /** SQLSTATE of a text that is longer than its column (ISO/IEC 9075). */
    private static final String TOO_LONG = "22001";

    private AuditTrail() {}

    /** Adds an entry; the caller commits. @throws SQLException for one that is longer than the trail takes */
    static Entry append(Sql sql, String at, String who, Change change) throws SQLException {
        Entry entry = after(end(sql), at, who, change);
        if (!entry.fits()) {
            throw new SQLDataException("an entry of " + entry.content().length() + " characters", TOO_LONG);
        }
        insert(sql, List.of(entry));
        return entry;
    }

    /** The entry that follows another. */
    static Entry after(Entry before, String at, String who, Change change) {
        long number = before.number() + 1;
        String author = Sql.storable(who);
        String content = Sql.storable(json(change));
        return new Entry(number, at, author, content, hash(before.hash(), number, at, author, content));
    }

    /** Adds entries to the table, in order; those that it does not take are left out. */
    static void insert(Sql sql, List<Entry> entries) throws SQLException {
        sql.batch(
                "INSERT INTO audit (number, at, who, content, hash) VALUES (?, ?, ?, ?, ?)",
                entries.stream()
                        .filter(Entry::fits)
                        .map(entry ->
                                new Object[] {entry.number(), entry.at(), entry.who(), entry.content(), entry.hash()})
                        .toList());
        Entry end = entries.isEmpty() ? BEGIN : entries.getLast();
        sql.run("UPDATE audit_end SET number = ?, hash = ?", end.number(), end.hash());
    }

    /** Number and hash of the last entry, as the case remembers them; the rest is empty. */
    static Entry end(Sql sql) throws SQLException {
        return sql
                .list(
                        "SELECT number, hash FROM audit_end",
                        row -> new Entry(row.getLong(1), "", "", "", row.getString(2)))
                .stream()
                .findFirst()
                .orElse(BEGIN);
    }

    static List<Entry> entries(Sql sql) throws SQLException {
        return sql.list(
                "SELECT number, at, who, content, hash FROM audit ORDER BY number",
                row -> new Entry(
                        row.getLong(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5)));
    }

    /** The first place where the chain does not hold. @param end the last entry that there must be */
    static Optional<Break> firstBreak(List<Entry> entries, Entry end) {
        String before = "";
        long expected = 1;
        for (Entry entry : entries) {
            String why = why(before, expected, entry);
            if (why != null) {
                return Optional.of(new Break(Math.min(expected, entry.number()), why));
            }
            before = entry.hash();
            expected++;
        }
        if (end.number() >= expected) {
            return Optional.of(new Break(expected, MISSING));
        }
        return end.number() == expected - 1 && end.hash().equals(before)
                ? Optional.empty()
                : Optional.of(new Break(expected - 1, INSERTED));
    }

    /**
     * What is wrong with an entry.
     *
     * @param before hash of the entry before
     * @param expected its number
     * @param entry null when it cannot be read
     * @return null for nothing
     */
    static @Nullable String why(String before, long expected, @Nullable Entry entry) {
        if (entry == null) {
            return UNREADABLE;
        }
        if (entry.number() != expected) {
            return entry.number() < expected ? INSERTED : MISSING;
        }
        return entry.hash().equals(hash(before, entry.number(), entry.at(), entry.who(), entry.content()))
                ? null
                : ALTERED;
    }

    static String hash(String before, long number, String at, String who, String content) {
        try {
            return sha256(JSON.writeValueAsString(List.of(before, number, at, who, content)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and a number are JSON", e);
        }
    }

    static String sha256(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String json(Change change) {
        try {
            return JSON.writerFor(Change.class).writeValueAsString(change);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a change is JSON", e);
        }
    }

    /** @return empty when it is none that this program knows */
    static Optional<Change> change(Entry entry) {
        try {
            return entry.fits() ? Optional.ofNullable(JSON.readValue(entry.content(), Change.class)) : Optional.empty();
        } catch (JsonProcessingException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
