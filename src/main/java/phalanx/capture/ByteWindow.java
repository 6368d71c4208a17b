package phalanx.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file, a pipe or a decompressor by offset, going forward: read into one buffer, in which the bytes last required stand.
 * A copy into a buffer that stays in the processor's cache costs less than the page faults of a mapping, and a plain array is compiled
 * to plain loads at once: on 1 GiB the whole program takes half the time that it took over mapped segments. What is longer than
 * {@link #ALONE} is read ahead by another thread. One thread.
 */
final class ByteWindow implements AutoCloseable {
    private static final int SIZE = 1 << 17;
    private static final int ALONE = 1 << 20;
    static final long LOOK_AGAIN_NANOS = 100_000_000;

    private final ReadableByteChannel channel;
    private final BooleanSupplier follow;
    private final boolean live;
    private byte[] bytes = new byte[SIZE];
    private ByteBuffer view = ByteBuffer.wrap(bytes);
    private int filled;
    private long base;
    private long begin;
    private boolean ended;
    private @Nullable ReadAhead ahead;
    private ReadAhead.@Nullable Block block;

    /** For what is longer than a block; used again, as a damaged file may claim such lengths often. */
    private byte[] large = {};

    /**
     * @param first bytes that were taken from the channel already
     * @param follow asked at the end whether more is to be waited for
     * @param live whether bytes come as somebody sends them, as from a pipe
     */
    ByteWindow(ReadableByteChannel channel, byte[] first, BooleanSupplier follow, boolean live) {
        this.live = live;
        this.channel = channel;
        this.follow = follow;
        System.arraycopy(first, 0, bytes, 0, first.length);
        filled = first.length;
    }

    /**
     * Makes {@code length} bytes from {@code offset} on readable; bytes before {@code offset} may be gone afterwards.
     *
     * @return how many of them there are; less than {@code length} only at the end
     * @throws IOException when the source cannot be read on
     */
    long require(long offset, long length) throws IOException {
        if (offset + length <= base + filled) {
            return length;
        }
        while (!ended && base + filled < offset + length) {
            if (base + filled - begin >= ALONE && !follow.getAsBoolean()) {
                takeBlock(offset, length);
                continue;
            }
            makeRoom(offset, length);
            int read = channel.read(view.clear().position(filled));
            filled += Math.max(0, read);
            ended = read < 0 && !waitForMore();
        }
        return Math.max(0, Math.min(length, base + filled - offset));
    }

    /**
     * Goes on to the next block, in which the bytes from {@code offset} on stand before it; when they are too many for that, to an array
     * that has room for all that is required.
     */
    private void takeBlock(long offset, long length) throws IOException {
        ReadAhead source = ahead == null ? new ReadAhead(channel, live) : ahead;
        ahead = source;
        ReadAhead.Block next = source.take();
        if (next.length < 0) {
            ended = true;
            return;
        }
        int kept = Math.clamp(base + filled - offset, 0, filled);
        if (kept <= ReadAhead.HEADROOM) {
            System.arraycopy(bytes, filled - kept, next.bytes, ReadAhead.HEADROOM - kept, kept);
            base += filled - ReadAhead.HEADROOM;
            filled = ReadAhead.HEADROOM + next.length;
            goOnWith(source, next);
            return;
        }
        if (bytes.length - filled < next.length) {
            int wanted = Math.toIntExact(Math.max(kept, length) + ReadAhead.READ);
            byte[] into = large.length >= wanted ? large : new byte[wanted];
            System.arraycopy(bytes, filled - kept, into, 0, kept);
            base += filled - kept;
            filled = kept;
            large = into;
            goOnWith(source, null);
        }
        System.arraycopy(next.bytes, ReadAhead.HEADROOM, bytes, filled, next.length);
        filled += next.length;
        source.giveBack(next);
    }

    /** @param next what is read from now on, null for {@link #large} */
    private void goOnWith(ReadAhead source, ReadAhead.@Nullable Block next) {
        ReadAhead.Block before = block;
        if (before != null) {
            source.giveBack(before);
        }
        block = next;
        bytes = next == null ? large : next.bytes;
    }

    private void makeRoom(long offset, long length) {
        if (filled < bytes.length && offset - base + length <= bytes.length) {
            return;
        }
        int drop = (int) Math.min(filled, Math.max(0, offset - base));
        System.arraycopy(bytes, drop, bytes, 0, filled - drop);
        base += drop;
        filled -= drop;
        if (filled == bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 64L, Math.max(length, 2L * filled)));
            view = ByteBuffer.wrap(bytes);
        }
    }

    /** Whether the source, a file that is being written, may have grown. */
    private boolean waitForMore() {
        if (!follow.getAsBoolean()) {
            return false;
        }
        LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        return !Thread.interrupted();
    }

    /**
     * Goes on reading at another offset; before much was read, and of what is a file as it lies on the disk only.
     *
     * @param disk that the window reads
     */
    void seek(Disk disk, long offset) throws IOException {
        disk.seek(offset);
        base = offset;
        begin = offset;
        filled = 0;
        ended = false;
    }

    /** What holds the bytes last required. */
    byte[] bytes() {
        return bytes;
    }

    /** Where the byte at that offset stands in {@link #bytes()}. */
    int at(long offset) {
        return (int) (offset - base);
    }

    /** The number at an offset that was required. */
    int i32(long offset, boolean littleEndian) {
        int at = at(offset);
        int big = bytes[at] << 24 | (bytes[at + 1] & 0xFF) << 16 | (bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF;
        return littleEndian ? Integer.reverseBytes(big) : big;
    }

    /** As {@link #i32}, of 16 bits without a sign. */
    int u16(long offset, boolean littleEndian) {
        int at = at(offset);
        int first = bytes[at] & 0xFF;
        int second = bytes[at + 1] & 0xFF;
        return littleEndian ? second << 8 | first : first << 8 | second;
    }

    @Override
    public void close() throws IOException {
        if (ahead != null) {
            ahead.close();
        }
        channel.close();
    }
}
