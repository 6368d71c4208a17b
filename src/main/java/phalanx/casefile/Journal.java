package phalanx.casefile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

    private final FileChannel channel;
    private long length;
    private long number;

    private Journal(FileChannel channel, Content content) {
        this.channel = channel;
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

    /** To add to. @param content what was read of it: entries are added behind that */
    static Journal open(Path folder, Content content) throws IOException {
        return new Journal(FileChannel.open(folder.resolve(FILE), StandardOpenOption.WRITE), content);
    }

    /** Adds entries, all or none, after a power cut, too; they are on the disk when this returns. */
    void append(List<AuditTrail.Entry> entries) throws IOException {
        if (entries.isEmpty()) {
            return;
        }
        byte[] line = JournalText.line(entries);
        if (length + line.length >= JournalText.LARGEST || number + entries.size() > JournalText.MOST) {
            throw new IOException("its journal is full: save the case under another name");
        }
        try {
            channel.truncate(length);
            write(line, length);
            write(new byte[] {'\n'}, length + line.length);
            channel.force(false);
            length += line.length + 1;
            number = entries.getLast().number();
        } catch (IOException e) {
            channel.truncate(length);
            throw e;
        }
    }

    private void write(byte[] text, long place) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text);
        while (bytes.hasRemaining()) {
            channel.write(bytes, place + bytes.position());
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
