package phalanx.dissect;

import java.nio.charset.Charset;
import java.util.Arrays;
import phalanx.decode.Bytes;

/**
 * Bytes of a frame that one header and what it carries have to themselves. Offsets count from its beginning; reading behind its end
 * throws {@link EndOfBytes}, which ends the layer.
 *
 * @param start offset in {@code bytes}
 * @param end where its captured bytes end
 * @param wireEnd where it ended on the wire; behind {@code end} when the capture cut it
 */
record Slice(byte[] bytes, int start, int end, int wireEnd) {
    /** More was to be read than there is. */
    static final class EndOfBytes extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final boolean captured;

        private EndOfBytes(boolean captured) {
            super("end of bytes", null, false, false);
            this.captured = captured;
        }

        /** True when the bytes were on the wire and the capture left them out. */
        boolean cutByCapture() {
            return captured;
        }
    }

    /** Captured bytes. */
    int length() {
        return end - start;
    }

    /** Bytes on the wire. */
    int wireLength() {
        return wireEnd - start;
    }

    boolean has(int at, int length) {
        return at >= 0 && length >= 0 && length <= length() - at;
    }

    /** Whether all of it was captured. */
    boolean whole() {
        return end >= wireEnd;
    }

    /** @return where it stands in the bytes */
    int need(int at, int length) {
        if (!has(at, length)) {
            throw new EndOfBytes(at >= 0 && length >= 0 && length <= wireLength() - at);
        }
        return start + at;
    }

    int u8(int at) {
        return Bytes.u8(bytes, need(at, 1));
    }

    int u16(int at) {
        return Bytes.u16(bytes, need(at, 2));
    }

    int u24(int at) {
        return u16(at) << 8 | u8(at + 2);
    }

    long u32(int at) {
        return Integer.toUnsignedLong(Bytes.i32(bytes, need(at, 4)));
    }

    long i64(int at) {
        return Bytes.i64(bytes, need(at, 8));
    }

    /** A number without a sign in network order. @param octets 1 to 8 */
    long number(int at, int octets) {
        int from = need(at, octets);
        long value = 0;
        for (int i = 0; i < octets; i++) {
            value = value << 8 | Bytes.u8(bytes, from + i);
        }
        return value;
    }

    byte[] take(int at, int length) {
        int from = need(at, length);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    String text(int at, int length, Charset charset) {
        return new String(bytes, need(at, length), length, charset);
    }

    /** What stands behind so many bytes. */
    Slice from(int at) {
        return of(at, wireLength() - at);
    }

    /** A part of it; what of that lies outside is left off. @param length bytes on the wire */
    Slice of(int at, int length) {
        int first = Math.clamp((long) start + at, start, end);
        int last = Math.clamp((long) start + at + Math.max(0, length), first, Math.max(first, wireEnd));
        return new Slice(bytes, first, Math.min(last, end), last);
    }

    /** As {@link #of}, of what a header says is there: less than that is a fault or a cut, found when it is read. */
    boolean holdsOnWire(int at, int length) {
        return length >= 0 && length <= wireLength() - at;
    }
}
