package phalanx.decode;

/** Internet checksums (RFC 1071). Any thread. */
public final class Checksums {
    private Checksums() {}

    /** Sum of the 16-bit words; an odd last byte is padded with 0. */
    public static long sum(byte[] bytes, int start, int length) {
        long sum = 0;
        int i = 0;
        for (; i + 4 <= length; i += 4) {
            sum += Integer.toUnsignedLong(Bytes.i32(bytes, start + i));
        }
        for (; i + 2 <= length; i += 2) {
            sum += Bytes.u16(bytes, start + i);
        }
        return i < length ? sum + (Bytes.u8(bytes, start + i) << 8) : sum;
    }

    /** To 16 bits, carries added in. A sum over data and its checksum folds to 0xFFFF. */
    public static int fold(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xFFFF) + (folded >>> 16);
        }
        return (int) folded;
    }
}
