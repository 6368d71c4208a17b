package phalanx.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;

/**
 * The file, pipe, standard input or output of a process as it lies there, with a count of what was read of it: a pipe has no position, and
 * asking a file for its own waits while another thread reads. Read by one thread, counted and closed by any.
 */
final class Disk implements ReadableByteChannel {
    private final ReadableByteChannel channel;
    private volatile long count;

    Disk(ReadableByteChannel channel) {
        this.channel = channel;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread reads
    public int read(ByteBuffer into) throws IOException {
        int read = channel.read(into);
        count += Math.max(0, read);
        return read;
    }

    /** Goes on reading at another offset, of a file. */
    void seek(long offset) throws IOException {
        if (!(channel instanceof FileChannel file)) {
            throw new IOException("a stream has no positions");
        }
        file.position(offset);
    }

    /** Bytes read so far. */
    long count() {
        return count;
    }

    /** Bytes in all, 0 for a pipe and once it is closed. */
    long size() {
        try {
            return channel instanceof FileChannel file && file.isOpen() ? file.size() : 0;
        } catch (IOException _) {
            return 0;
        }
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
