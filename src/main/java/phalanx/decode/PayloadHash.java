package phalanx.decode;

/**
 * A fast 64-bit hash of payload bytes, for telling packets apart; not a defence against who chooses the bytes. Eight bytes a step,
 * multiplied and folded as in wyhash (Wang Yi). Any thread.
 */
final class PayloadHash {
    private static final long A = 0xA0761D6478BD642FL, B = 0xE7037ED1A0B428DBL;

    private PayloadHash() {}

    static long of(byte[] bytes, int start, int length) {
        long hash = A ^ length;
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            hash = fold(hash ^ Bytes.i64(bytes, start + i), B);
        }
        return i < length ? fold(hash ^ tail(bytes, start + i, length - i), B) : hash;
    }

    /** The first 8 bytes as a big-endian number, zero padded. */
    static long head(byte[] bytes, int start, int length) {
        return length >= 8 ? Bytes.i64(bytes, start) : length == 0 ? 0 : tail(bytes, start, length);
    }

    private static long tail(byte[] bytes, int start, int length) {
        long tail = 0;
        for (int i = 0; i < 8; i++) {
            tail = tail << 8 | (i < length ? Bytes.u8(bytes, start + i) : 0);
        }
        return tail;
    }

    private static long fold(long x, long y) {
        return Math.unsignedMultiplyHigh(x, y) ^ x * y;
    }
}
