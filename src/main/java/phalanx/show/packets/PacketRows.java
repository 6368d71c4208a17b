package phalanx.show.packets;

import java.util.Arrays;

/** Which frame of which capture stands in which row of the list. Immutable, any thread. */
final class PacketRows {
    static final PacketRows NONE = new PacketRows(0, 0, new short[0], new int[0], (_, frame) -> frame);

    private final int capture;
    private final int size;
    /** By row; empty for a list of one capture. */
    private final short[] captures;
    /** By row; empty for all frames of a capture. */
    private final int[] frames;
    /** By which rows of several captures are in order. */
    private final Times times;

    /** When a frame was seen, on the reference clock. */
    interface Times {
        long nanos(int capture, long frame);
    }

    private PacketRows(int capture, int size, short[] captures, int[] frames, Times times) {
        this.capture = capture;
        this.size = size;
        this.captures = captures;
        this.frames = frames;
        this.times = times;
    }

    /** All frames of a capture; takes no memory. */
    static PacketRows whole(int capture, long frames) {
        return new PacketRows(capture, (int) Math.min(Integer.MAX_VALUE, frames), new short[0], new int[0], NONE.times);
    }

    /** @param frames ascending, kept */
    static PacketRows of(int capture, int[] frames) {
        return frames.length == 0 ? NONE : new PacketRows(capture, frames.length, new short[0], frames, NONE.times);
    }

    /** @param captures and {@code frames} by time, then capture, then frame; kept */
    static PacketRows merged(short[] captures, int[] frames, Times times) {
        return frames.length == 0 ? NONE : new PacketRows(0, frames.length, captures, frames, times);
    }

    int size() {
        return size;
    }

    int capture(int row) {
        return captures.length == 0 ? capture : captures[row];
    }

    /** Its number in the file. */
    long frame(int row) {
        return frames.length == 0 ? row + 1L : Integer.toUnsignedLong(frames[row]);
    }

    /** The row of a frame, negative when it is not in the list. */
    int indexOf(int ofCapture, long frame) {
        if (captures.length > 0) {
            return placeOf(ofCapture, frame);
        }
        if (ofCapture != capture) {
            return -1;
        }
        if (frames.length > 0) {
            return Arrays.binarySearch(frames, (int) frame);
        }
        return frame >= 1 && frame <= size ? (int) frame - 1 : -1;
    }

    private int placeOf(int ofCapture, long frame) {
        long when = times.nanos(ofCapture, frame);
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Long.compare(times.nanos(captures[middle], frame(middle)), when);
            order = order != 0 ? order : Integer.compare(captures[middle], ofCapture);
            order = order != 0 ? order : Long.compare(frame(middle), frame);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }
}
