package phalanx.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The bytes of a file, a pipe or a decompressor by offset, going forward: read into one buffer, in which the bytes last required stand.
 * A copy into a buffer that stays in the processor's cache costs less than the page faults of a mapping, and a plain array is compiled
 * to plain loads at once: on 1 GiB the whole program takes half the time that it took over mapped segments. One thread.
 */
final class ByteWindow implements AutoCloseable {
    private static final int SIZE = 1 << 17;
    static final long LOOK_AGAIN_NANOS = 100_000_000;

    private final ReadableByteChannel channel;
    private final BooleanSupplier follow;
    private byte[] bytes = new byte[SIZE];
    private ByteBuffer view = ByteBuffer.wrap(bytes);
    private int filled;
    private long base;
    private boolean ended;

    /** @param first bytes that were taken from the channel already  @param follow asked at the end whether more is to be waited for */
    ByteWindow(ReadableByteChannel channel, byte[] first, BooleanSupplier follow) {
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
            makeRoom(offset, length);
            int read = channel.read(view.clear().position(filled));
            filled += Math.max(0, read);
            ended = read < 0 && !waitForMore();
        }
        return Math.max(0, Math.min(length, base + filled - offset));
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
        channel.close();
    }
}
