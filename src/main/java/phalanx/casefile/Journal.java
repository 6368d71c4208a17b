package phalanx.casefile;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phalanx.run.WholeFile;

/**
 * The audit trail of a case as a file that is only ever added to ({@link JournalText}), each batch on the disk before it is acknowledged:
 * what keeps the promise that a case makes. H2 acknowledged commits that a kill then took, with WRITE_DELAY=0 and CHECKPOINT SYNC, too. One
 * thread at a time; who adds to it holds the {@link CaseLock}.
 */
final class Journal implements AutoCloseable {
    static final String FILE = "case.journal";

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

    /** No channel: an interrupt would close that in the middle of a line. */
    private final RandomAccessFile file;

    private long length;
    private long number;
    private boolean torn;

    /** @param file that it takes over  @param content what was read of it */
    Journal(RandomAccessFile file, Content content) {
        this.file = file;
        length = content.length();
        number = content.end().number();
    }

    /** Makes a journal, whole or not at all. */
    static void make(Path folder, List<AuditTrail.Entry> entries) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.write(JournalText.header());
        for (AuditTrail.Entry entry : entries) {
            text.write(JournalText.line(List.of(entry)));
            text.write('\n');
        }
        WholeFile.keep(folder.resolve(FILE), text.toByteArray());
    }

    /** What is there, whoever writes to it; an entry that is being written is not there yet. */
    static Content read(Path folder) throws IOException {
        try (InputStream in = Files.newInputStream(folder.resolve(FILE))) {
            return JournalText.read(in);
        }
    }

    /** What is there and was acknowledged: when a fault left more that could not be taken away again, without that. */
    Content acknowledged(Path folder) throws IOException {
        if (!torn) {
            return read(folder);
        }
        try (InputStream in = Files.newInputStream(folder.resolve(FILE))) {
            return JournalText.read(new ByteArrayInputStream(in.readNBytes((int) length)));
        }
    }

    /** To add to. @param content what was read of it: entries are added behind that */
    static Journal open(Path folder, Content content) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString()); // else it would be made
        }
        return new Journal(new RandomAccessFile(file.toFile(), "rw"), content);
    }

    /**
     * Adds entries, all or none, after a power cut, too; they are on the disk when this returns. An interrupt does not stop it.
     *
     * @throws IOException with the first cause when none was added
     */
    void append(List<AuditTrail.Entry> entries) throws IOException {
        if (entries.isEmpty()) {
            return;
        }
        byte[] line = JournalText.line(entries);
        if (length + line.length >= JournalText.LARGEST || number + entries.size() > JournalText.MOST) {
            throw new IOException("its journal is full: save the case under another name");
        }
        try {
            cut();
            file.seek(length);
            file.write(line);
            file.write('\n');
            file.getFD().sync();
            length += line.length + 1;
            number = entries.getLast().number();
        } catch (IOException e) {
            torn = true;
            try {
                cut();
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    /** Takes away what was not acknowledged. */
    private void cut() throws IOException {
        file.setLength(length);
        torn = false;
    }

    /** Takes away what a fault left, if that could not be done before. */
    void mend() throws IOException {
        if (torn) {
            cut();
        }
    }

    @Override
    public void close() throws IOException {
        try (file) {
            mend();
        }
    }
}
