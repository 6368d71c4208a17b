package phalanx.capture;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** A gzip file (RFC 1952), several members included, inflated as it is read; only the window last required is kept. */
final class InflatedBytes implements ByteSource {
    private static final int CHUNK = 1 << 20;

    private final CountingStream file;
    private final InputStream inflated;
    private final long size;
    private byte[] buffer = new byte[2 * CHUNK];
    private MemorySegment segment = MemorySegment.ofArray(buffer);
    private long base;
    private int filled;
    private boolean ended;

    InflatedBytes(Path path) throws IOException {
        size = Files.size(path);
        file = new CountingStream(Files.newInputStream(path));
        inflated = new GZIPInputStream(file, 1 << 16);
    }

    @Override
    public long require(long offset, long length) throws IOException {
        while (!ended && base + filled < offset + length) {
            makeRoom(offset, length);
            int read = inflated.read(buffer, filled, buffer.length - filled);
            if (read < 0) {
                ended = true;
            } else {
                filled += read;
            }
        }
        return Math.max(0, Math.min(length, base + filled - offset));
    }

    private void makeRoom(long offset, long length) {
        int drop = (int) Math.min(filled, Math.max(0, offset - base));
        if (drop > 0 && (filled == buffer.length || drop > CHUNK)) {
            System.arraycopy(buffer, drop, buffer, 0, filled - drop);
            base += drop;
            filled -= drop;
        }
        long wanted = offset - base + length;
        if (wanted > buffer.length && drop == filled) {
            base += filled; // skipping over a long block
            filled = 0;
            wanted = Math.min(wanted, length + CHUNK);
        }
        if (filled == buffer.length || wanted > buffer.length) {
            buffer = Arrays.copyOf(buffer, (int)
                    Math.min(Integer.MAX_VALUE - 64L, Math.max(wanted, buffer.length + (long) CHUNK)));
            segment = MemorySegment.ofArray(buffer);
        }
    }

    @Override
    public MemorySegment segment() {
        return segment;
    }

    @Override
    public long at(long offset) {
        return offset - base;
    }

    @Override
    public long consumed() {
        return file.count;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void close() {
        try {
            inflated.close();
        } catch (IOException e) {
            System.getLogger("phalanx.capture").log(System.Logger.Level.DEBUG, "closing a capture", e);
        }
    }

    private static final class CountingStream extends InputStream {
        private final InputStream in;
        private long count;

        CountingStream(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            count += one >= 0 ? 1 : 0;
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = in.read(into, offset, length);
            count += Math.max(0, read);
            return read;
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
