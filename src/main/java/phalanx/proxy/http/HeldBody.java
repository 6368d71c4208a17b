package phalanx.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Octets of a body that wait for somebody to take them, in their order. Owns their buffers until they are handed on. On the exchange's
 * event loop.
 */
public final class HeldBody {
    private static final int SMALLEST_PIECE = 1 << 10;
    private static final int LARGEST_PIECE = 64 << 10;

    private @Nullable ArrayDeque<ByteBuf> pieces;
    private int octets;

    /** Holds some more. */
    public void add(ByteBuf data) {
        if (data.isReadable()) {
            octets += data.readableBytes();
            pieces().add(data);
        } else {
            data.release();
        }
    }

    /** Holds a copy of some more, close to the last: for what is held long, as a small slice keeps all that was read with it. */
    public void addPacked(ByteBuf data) {
        ByteBuf tail = pieces().peekLast();
        int more = data.readableBytes();
        if (tail != null && tail.isWritable(more)) {
            tail.writeBytes(data);
            octets += more;
        } else {
            int room = Math.clamp(octets, SMALLEST_PIECE, LARGEST_PIECE); // never much more than what has come
            add(PooledByteBufAllocator.DEFAULT.buffer(Math.max(room, more)).writeBytes(data));
        }
        data.release();
    }

    /** Takes over all of another, before what is held here. */
    void addFirst(HeldBody before) {
        while (before.octets > 0) {
            ByteBuf last = before.pieces().removeLast();
            before.octets -= last.readableBytes();
            octets += last.readableBytes();
            pieces().addFirst(last);
        }
    }

    private ArrayDeque<ByteBuf> pieces() {
        if (pieces == null) {
            pieces = new ArrayDeque<>(2);
        }
        return pieces;
    }

    /** Shows all pieces, the oldest first; they stay held. */
    void show(Consumer<ByteBuf> watcher) {
        for (ByteBuf piece : octets == 0 ? new ByteBuf[0] : pieces().toArray(new ByteBuf[0])) {
            if (octets > 0) { // a watcher may drop all
                watcher.accept(piece);
            }
        }
    }

    /** How many are held. */
    public int octets() {
        return octets;
    }

    /** Takes some from the front: at least one and at most so many. Not of an empty one. */
    public ByteBuf take(int most) {
        ByteBuf first = pieces().getFirst();
        if (first.readableBytes() <= most) {
            octets -= first.readableBytes();
            return pieces().removeFirst();
        }
        octets -= most;
        return first.readRetainedSlice(most);
    }

    /** Copies the first octets, as many as are held at the most; they stay held. */
    public void copy(byte[] to, int most) {
        int copied = 0;
        for (ByteBuf piece : pieces()) {
            int length = Math.min(most - copied, piece.readableBytes());
            piece.getBytes(piece.readerIndex(), to, copied, length);
            copied += length;
        }
    }

    /** Hands all on, the oldest first. */
    public void giveTo(Consumer<ByteBuf> taker) {
        while (octets > 0) {
            taker.accept(take(Integer.MAX_VALUE));
        }
    }

    /** Drops all. */
    public void release() {
        giveTo(ByteBuf::release);
    }
}
