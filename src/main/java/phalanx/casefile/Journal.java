package phalanx.casefile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import phalanx.run.WholeFile;

/**
 * The audit trail of a case as a file that is only ever added to, a line an entry, each on the disk before it is acknowledged: what keeps
 * the promise that a case makes. H2 acknowledged commits that a kill then took, with WRITE_DELAY=0 and CHECKPOINT SYNC, too.
 *
 * <p>One process holds the journal and adds to it; its lock lies far behind the end, so that others can read. A lock of POSIX ends when its
 * process closes any stream on the file: a process that holds the journal reads through that. One thread at a time.
 */
final class Journal implements AutoCloseable {
    static final String FILE = "case.journal";

    /** The form of the lines. */
    static final int VERSION = 1;

    private static final String FORM = "phalanx.case";
    private static final long LOCKED = Long.MAX_VALUE - 1;
    private static final long LARGEST = 1L << 30;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * What a journal holds.
     *
     * @param version of its form, 0 when that cannot be read
     * @param entries those that can be read
     * @param broken where it is not as it was written, null for nowhere
     * @param length of all whole lines in bytes: behind it is what was never acknowledged
     */
    record Content(int version, List<AuditTrail.Entry> entries, AuditTrail.@Nullable Break broken, long length) {
        /** There is none. */
        static final Content NONE = new Content(0, List.of(), null, 0);

        /** Number and hash of the last entry. */
        AuditTrail.Entry end() {
            return entries.isEmpty() ? AuditTrail.BEGIN : entries.getLast();
        }
    }

    /** Those that this process holds, by their whole path. */
    private static final Map<Path, Journal> HELD = new ConcurrentHashMap<>();

    private final Path file;
    private final FileChannel channel;
    private long length;

    private Journal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Makes a journal, whole or not at all. */
    static void make(Path folder, List<AuditTrail.Entry> entries) throws IOException {
        Files.createDirectories(folder);
        String header = "{\"" + FORM + "\":" + VERSION + "}\n";
        WholeFile.keep(folder.resolve(FILE), (header + lines(entries)).getBytes(StandardCharsets.UTF_8));
    }

    private static String lines(List<AuditTrail.Entry> entries) {
        StringBuilder lines = new StringBuilder();
        for (AuditTrail.Entry entry : entries) {
            try {
                lines.append(JSON.writeValueAsString(
                                List.of(entry.number(), entry.at(), entry.who(), entry.content(), entry.hash())))
                        .append('\n');
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("texts and a number are JSON", e);
            }
        }
        return lines.toString();
    }

    /** Takes hold of a journal. @return empty when somebody has it */
    static synchronized Optional<Journal> hold(Path folder) throws IOException {
        Path file = folder.resolve(FILE).toRealPath();
        if (HELD.containsKey(file)) {
            return Optional.empty();
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock(LOCKED, 1, false);
            if (lock != null) {
                Journal ours = new Journal(file, channel);
                HELD.put(file, ours);
                return Optional.of(ours);
            }
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    /** What is there, whoever holds it; an entry that is being written is not there yet. */
    static synchronized Content read(Path folder) throws IOException {
        Journal ours = HELD.get(folder.resolve(FILE).toRealPath());
        if (ours != null) {
            return read(ours.channel);
        }
        try (FileChannel channel = FileChannel.open(folder.resolve(FILE), StandardOpenOption.READ)) {
            return read(channel);
        }
    }

    /** What is in it; entries are added behind that. */
    Content content() throws IOException {
        Content content = read(channel);
        length = content.length();
        return content;
    }

    private static Content read(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size > LARGEST) {
            throw new IOException("the journal has " + size + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) size);
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
            // all of it
        }
        int whole = bytes.position();
        while (whole > 0 && bytes.get(whole - 1) != '\n') {
            whole--;
        }
        String[] lines = new String(bytes.array(), 0, whole, StandardCharsets.UTF_8).split("\n", -1);
        int version = version(lines[0]);
        List<AuditTrail.Entry> entries = new ArrayList<>();
        AuditTrail.Break broken = version == 0 ? new AuditTrail.Break(0, "cannot be read") : null;
        String before = "";
        for (int i = 1; i < lines.length - 1; i++) {
            Optional<AuditTrail.Entry> entry = entry(lines[i]);
            String why = AuditTrail.why(before, i, entry.orElse(null));
            if (why != null && broken == null) {
                broken = new AuditTrail.Break(i, why);
            }
            long last = entries.isEmpty() ? 0 : entries.getLast().number();
            entry.filter(one -> one.number() > last && !AuditTrail.ALTERED.equals(why))
                    .ifPresent(entries::add);
            before = entry.map(AuditTrail.Entry::hash).orElse("");
        }
        return new Content(version, List.copyOf(entries), broken, whole);
    }

    private static int version(String line) {
        try {
            return JSON.readTree(line).path(FORM).asInt(0);
        } catch (JsonProcessingException _) {
            return 0;
        }
    }

    private static Optional<AuditTrail.Entry> entry(String line) {
        try {
            JsonNode parts = JSON.readTree(line);
            return parts.size() != 5
                    ? Optional.empty()
                    : Optional.of(new AuditTrail.Entry(
                            parts.path(0).asLong(),
                            parts.path(1).asText(),
                            parts.path(2).asText(),
                            parts.path(3).asText(),
                            parts.path(4).asText()));
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    /** Adds entries, all or none; they are on the disk when this returns. */
    void append(List<AuditTrail.Entry> entries) throws IOException {
        if (entries.isEmpty()) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(lines(entries).getBytes(StandardCharsets.UTF_8));
        try {
            channel.truncate(length);
            for (long at = length; bytes.hasRemaining(); ) {
                at += channel.write(bytes, at);
            }
            channel.force(false);
            length += bytes.limit();
        } catch (IOException e) {
            channel.truncate(length);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        HELD.remove(file);
        channel.close();
    }
}
