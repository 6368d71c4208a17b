package phalanx.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import phalanx.run.Jobs;

/**
 * Fills blocks from a channel on a thread of its own while the blocks before are decoded: copying out of the page cache takes a fifth of
 * the time that decoding takes, and decompressing more. Blocks go round, so that nothing is allocated. One thread takes them.
 */
final class ReadAhead implements AutoCloseable {
    /** Room before what is read, for the end of the block before. */
    static final int HEADROOM = 1 << 17;

    private static final int READ = 1 << 19, BLOCKS = 4;

    private final ReadableByteChannel channel;
    private final BlockingQueue<Block> empty = new ArrayBlockingQueue<>(BLOCKS);
    private final BlockingQueue<Block> full = new ArrayBlockingQueue<>(BLOCKS);
    private final Thread reader;

    /** What was read in one go: {@code length} bytes behind the headroom, -1 at the end of the channel. */
    static final class Block {
        final byte[] bytes = new byte[HEADROOM + READ];
        final ByteBuffer view = ByteBuffer.wrap(bytes);
        int length;

        @Nullable
        IOException fault;
    }

    /** Begins to read. @param channel closed by its owner, who closes this first */
    ReadAhead(ReadableByteChannel channel) {
        this.channel = channel;
        reader = Jobs.assistant("read ahead", this::run);
    }

    private void run() {
        try {
            int made = 0;
            Block block;
            do {
                block = empty.poll();
                if (block == null) {
                    block = made++ < BLOCKS ? new Block() : empty.take();
                }
                fill(block);
                full.put(block);
            } while (block.length >= 0 && block.fault == null);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** Until it is full: a decompressor gives little at a time. */
    private void fill(Block block) {
        block.length = 0;
        block.view.clear().position(HEADROOM);
        try {
            while (block.length < READ) {
                int read = channel.read(block.view);
                if (read <= 0) {
                    block.length = block.length == 0 ? -1 : block.length;
                    return;
                }
                block.length += read;
            }
        } catch (IOException e) {
            block.fault = e;
        } catch (RuntimeException | OutOfMemoryError e) { // of a decompressor that believes what it reads
            block.fault = new IOException("cannot be decompressed: " + e, e);
        }
    }

    /**
     * The next block, to be given back.
     *
     * @throws IOException when nothing more can be read; what was read before has been taken
     */
    Block take() throws IOException {
        try {
            Block block = full.take();
            IOException fault = block.fault;
            if (fault != null && block.length == 0) {
                full.add(block);
                throw fault;
            }
            return block;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("reading was interrupted", e);
        }
    }

    void giveBack(Block block) {
        if (block.length >= 0 && block.fault == null) {
            empty.add(block);
        } else {
            block.length = block.fault == null ? -1 : 0;
            full.add(block); // the end stays the end
        }
    }

    @Override
    public void close() {
        reader.interrupt();
    }
}
