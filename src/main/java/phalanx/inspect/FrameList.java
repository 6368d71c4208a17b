package phalanx.inspect;

import java.util.Arrays;

/** Numbers of the first frames of a kind, for proof; bounded. */
public final class FrameList {
    private static final int MOST = 32;

    private static final long[] NONE = {};

    private long[] frames = NONE;
    private int size;

    void add(long frame) {
        if (size < MOST) {
            frames = size == frames.length ? Arrays.copyOf(frames, size * 2 + 2) : frames;
            frames[size] = frame;
        }
        size++;
    }

    /** Frames of the kind, more than are listed perhaps. */
    public int size() {
        return size;
    }

    /** The first 32 of them. */
    public long[] first() {
        return Arrays.copyOf(frames, Math.min(size, MOST));
    }
}
