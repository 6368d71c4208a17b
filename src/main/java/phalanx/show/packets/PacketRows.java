package phalanx.show.packets;

import java.util.Arrays;

/** Which frame of which capture stands in which row of the list. Immutable, any thread. */
final class PacketRows {
    static final PacketRows NONE = new PacketRows(0, 0, new short[0], new int[0]);

    private final int capture;
    private final int size;
    /** By row; empty for a list of one capture. */
    private final short[] captures;
    /** By row; empty for all frames of a capture. */
    private final int[] frames;

    private PacketRows(int capture, int size, short[] captures, int[] frames) {
        this.capture = capture;
        this.size = size;
        this.captures = captures;
        this.frames = frames;
    }

    /** All frames of a capture; takes no memory. */
    static PacketRows whole(int capture, long frames) {
        return new PacketRows(capture, (int) Math.min(Integer.MAX_VALUE, frames), new short[0], new int[0]);
    }

    /** @param frames ascending, kept */
    static PacketRows of(int capture, int[] frames) {
        return frames.length == 0 ? NONE : new PacketRows(capture, frames.length, new short[0], frames);
    }

    /** @param captures and {@code frames} by row, kept */
    static PacketRows merged(short[] captures, int[] frames) {
        return frames.length == 0 ? NONE : new PacketRows(0, frames.length, captures, frames);
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
            for (int row = 0; row < size; row++) {
                if (captures[row] == ofCapture && frame(row) == frame) {
                    return row;
                }
            }
            return -1;
        }
        if (ofCapture != capture) {
            return -1;
        }
        if (frames.length > 0) {
            return Arrays.binarySearch(frames, (int) frame);
        }
        return frame >= 1 && frame <= size ? (int) frame - 1 : -1;
    }
}
