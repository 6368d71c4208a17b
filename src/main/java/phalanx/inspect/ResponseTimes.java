package phalanx.inspect;

import java.util.Arrays;

/** Response times with the frames of the responses, in file order; so many are kept, further ones only counted. */
public final class ResponseTimes {
    private static final int MOST = 100_000;

    private long[] frames = {};
    private long[] nanos = {};
    private int size;
    private long left;

    void add(long frame, long time) {
        if (size == MOST) {
            left++;
            return;
        }
        if (size == frames.length) {
            int length = Math.max(16, size * 2);
            frames = Arrays.copyOf(frames, length);
            nanos = Arrays.copyOf(nanos, length);
        }
        frames[size] = frame;
        nanos[size++] = time;
    }

    public int size() {
        return size;
    }

    /** Times that were not kept. */
    public long left() {
        return left;
    }

    /** Number of the frame in the file. */
    public long frame(int index) {
        return frames[index];
    }

    /** From the request's frame to the response's, nanoseconds. */
    public long nanos(int index) {
        return nanos[index];
    }
}
