package phalanx.casefile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of a {@link Journal}: a header, then a line for each entry, or for all entries of one batch, so that a line that was never written
 * whole takes the whole batch with it. Reads a line at a time. One thread.
 */
final class JournalText {
    /** The form of the lines. */
    static final int VERSION = 1;

    /** In bytes, of all lines. */
    static final long LARGEST = 256L << 20;
    /** Entries. */
    static final int MOST = 1_000_000;
    /** A line in bytes: four times the longest entry. */
    static final int LONGEST_LINE = 16 << 20;

    private static final String FORM = "phalanx.case";
    private static final int PARTS = 5;
    private static final int BUFFER = 1 << 16;
    private static final JsonMapper JSON = JsonDocument.safe(JsonMapper.builder());

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int filled;
    private long whole;

    private JournalText(InputStream in) {
        this.in = in;
    }

    static byte[] header() {
        return ("{\"" + FORM + "\":" + VERSION + "}\n").getBytes(StandardCharsets.UTF_8);
    }

    /** One entry, or several that are kept together or not at all. @throws IOException when that is too long */
    static byte[] line(List<AuditTrail.Entry> batch) throws IOException {
        List<List<Object>> parts = batch.stream().map(JournalText::parts).toList();
        byte[] line = JSON.writeValueAsBytes(parts.size() == 1 ? parts.getFirst() : parts);
        if (line.length >= LONGEST_LINE) {
            throw new IOException("%d MB are too much at once".formatted(line.length >> 20));
        }
        return line;
    }

    private static List<Object> parts(AuditTrail.Entry entry) {
        return List.of(entry.number(), entry.at(), entry.who(), entry.content(), entry.hash());
    }

    /** @throws IOException when it cannot be read, or is larger than any that Phalanx writes */
    static Journal.Content read(InputStream in) throws IOException {
        return new JournalText(in).content();
    }

    private Journal.Content content() throws IOException {
        String header = line();
        long length = whole;
        int version = header == null ? 0 : version(header);
        List<AuditTrail.Entry> entries = new ArrayList<>();
        AuditTrail.Break broken = version == 0 ? new AuditTrail.Break(0, "cannot be read") : null;
        String before = "";
        long expected = 0;
        String line = line();
        while (line != null) {
            long end = whole;
            String next = line();
            if (next == null && line.indexOf('\0') >= 0) {
                break; // a power cut leaves zeros where the last batch was to be
            }
            for (AuditTrail.@Nullable Entry entry : entries(line)) {
                expected++;
                String why = AuditTrail.why(before, expected, entry);
                if (why != null && broken == null) {
                    broken = new AuditTrail.Break(expected, why);
                }
                long last = entries.isEmpty() ? 0 : entries.getLast().number();
                if (entry != null && entry.number() > last && !AuditTrail.ALTERED.equals(why)) {
                    entries.add(entry);
                }
                before = entry == null ? "" : entry.hash();
                if (expected > MOST) {
                    throw new IOException("its journal has more than " + MOST + " entries");
                }
            }
            length = end;
            line = next;
        }
        return new Journal.Content(version, List.copyOf(entries), broken, length);
    }

    /** The next line without its end; empty for one that is too long, null when there is no whole one. */
    private @Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long length = 0;
        while (true) {
            if (at == filled) {
                filled = Math.max(0, in.read(buffer));
                at = 0;
                if (filled == 0) {
                    return null;
                }
            }
            int end = at;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            length += end - at;
            if (whole + length > LARGEST) {
                throw new IOException("its journal has more than %d MB".formatted(LARGEST >> 20));
            }
            if (length <= LONGEST_LINE) {
                line.write(buffer, at, end - at);
            }
            at = end;
            if (end < filled) {
                at++;
                whole += length + 1;
                return length > LONGEST_LINE ? "" : line.toString(StandardCharsets.UTF_8);
            }
        }
    }

    private static int version(String line) {
        try {
            return JSON.readTree(line).path(FORM).asInt(0);
        } catch (JsonProcessingException _) {
            return 0;
        }
    }

    /** Those of a line; one that cannot be read is null. */
    private static List<AuditTrail.@Nullable Entry> entries(String line) {
        List<AuditTrail.@Nullable Entry> entries = new ArrayList<>();
        try {
            JsonNode parts = JSON.readTree(line);
            if (parts.path(0).isArray()) {
                parts.forEach(one -> entries.add(entry(one)));
            } else {
                entries.add(entry(parts));
            }
        } catch (JsonProcessingException _) {
            entries.add(null);
        }
        return entries;
    }

    private static AuditTrail.@Nullable Entry entry(JsonNode parts) {
        return parts.size() != PARTS
                ? null
                : new AuditTrail.Entry(
                        parts.path(0).asLong(),
                        parts.path(1).asText(),
                        parts.path(2).asText(),
                        parts.path(3).asText(),
                        parts.path(4).asText());
    }
}
