package phalanx.telemetry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Messages as lines of JSON ("OTLP File Exporter"), as many as {@link TelemetryFile} reads. Made with the first one; nothing is overwritten. Any thread. */
final class OtlpFile implements OtlpIntake.Lines, AutoCloseable {
    private final Path file;
    private @Nullable FileChannel out;
    private long octets;
    private long leftOut;
    private boolean closed;

    OtlpFile(Path file) {
        this.file = file;
    }

    @Override
    public synchronized void add(String json) throws IOException {
        byte[] line = (json + "\n").getBytes(StandardCharsets.UTF_8);
        if (closed || octets + line.length > TelemetryFile.MOST_BYTES) {
            leftOut++;
            return;
        }
        FileChannel to = out;
        if (to == null) {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            to = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND);
            out = to;
        }
        try {
            to.write(ByteBuffer.wrap(line));
            if (to.size() != octets + line.length) {
                throw new IOException("the disk is full");
            }
        } catch (IOException e) {
            to.truncate(octets); // half a line would spoil the next one
            throw e;
        }
        octets += line.length;
    }

    /** The file, null while nothing is in it. */
    synchronized @Nullable Path written() {
        return octets == 0 ? null : file;
    }

    synchronized long leftOut() {
        return leftOut;
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            if (out != null) {
                out.close();
            }
        } catch (IOException e) {
            System.getLogger("phalanx.telemetry")
                    .log(System.Logger.Level.WARNING, "the end of what was received is lost", e);
        }
    }
}
