package phalanx.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import phalanx.run.Jobs;

/**
 * Fills blocks from a channel on a thread of its own while the blocks before are decoded: copying out of the page cache takes a fifth of
 * the time that decoding takes, and decompressing more. Blocks go round, so that nothing is allocated. One thread takes them.
 */
final class ReadAhead implements AutoCloseable {
    /** Room before what is read, for the end of the block before. */
    static final int HEADROOM = 1 << 17;

    static final int READ = 1 << 19;

    private static final int BLOCKS = 4;

    private final ReadableByteChannel channel;
    private final BlockingQueue<Block> empty = new ArrayBlockingQueue<>(BLOCKS);
    private final BlockingQueue<Block> full = new ArrayBlockingQueue<>(BLOCKS + 1);
    private final boolean live;
    private final Thread reader;

    /** What was read in one go: {@code length} bytes behind the headroom, -1 at the end of the channel. */
    static final class Block {
        final byte[] bytes;
        final ByteBuffer view;
        int length;

        /** Why nothing more can be read; only at the end. */
        @Nullable
        Throwable fault;

        private Block(int size) {
            bytes = new byte[size];
            view = ByteBuffer.wrap(bytes);
        }
    }

    /**
     * Begins to read.
     *
     * @param channel closed by its owner, who closes this first
     * @param live whether bytes come as somebody sends them, so that who waits for them gets what there is
     */
    ReadAhead(ReadableByteChannel channel, boolean live) {
        this.channel = channel;
        this.live = live;
        reader = Jobs.assistant("read ahead", this::run);
    }

    /** Whatever ends the reading, the end is told: who takes would wait for ever. */
    private void run() {
        Block end = new Block(0);
        end.length = -1;
        try {
            int made = 0;
            boolean more = true;
            while (more) {
                Block block = empty.poll();
                if (block == null) {
                    block = made++ < BLOCKS ? new Block(HEADROOM + READ) : empty.take();
                }
                more = fill(block, end);
                if (block.length > 0) {
                    full.put(block);
                }
            }
        } catch (InterruptedException e) {
            end.fault = e; // closed
        } catch (RuntimeException | Error e) {
            end.fault = e;
        } finally {
            full.add(end);
        }
    }

    /** Until it is full, or, of what comes live, until who takes has nothing else. @return false at the end */
    private boolean fill(Block block, Block end) {
        block.length = 0;
        block.view.clear().position(HEADROOM);
        try {
            while (block.length < READ && (block.length == 0 || !live || !full.isEmpty())) {
                int read = channel.read(block.view);
                if (read < 0) {
                    return false;
                }
                if (read == 0) {
                    LockSupport.parkNanos(ByteWindow.LOOK_AGAIN_NANOS); // a pipe that does not block
                }
                block.length += read;
            }
            return true;
        } catch (IOException | RuntimeException | Error e) {
            end.fault = e;
            return false;
        }
    }

    /**
     * The next block, to be given back; its length is -1 at the end.
     *
     * @throws IOException when nothing more can be read; what was read before has been taken
     */
    Block take() throws IOException {
        try {
            Block block = full.take();
            if (block.length < 0) {
                full.add(block); // the end stays the end
            }
            return switch (block.fault) {
                case null -> block;
                case IOException e -> throw new IOException(e.getMessage(), e);
                case OutOfMemoryError e -> throw e;
                case Throwable e -> throw new IOException(String.valueOf(e.getMessage()), e);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("reading was interrupted", e);
        }
    }

    void giveBack(Block block) {
        if (block.length >= 0) {
            empty.add(block);
        }
    }

    @Override
    public void close() {
        reader.interrupt();
    }
}
