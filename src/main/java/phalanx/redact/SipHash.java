package phalanx.redact;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * SipHash-2-4, a keyed function of bytes that who has not the key cannot tell from chance (Aumasson, Bernstein 2012). One thread; no call
 * allocates.
 */
final class SipHash {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long k0;
    private final long k1;
    private long v0;
    private long v1;
    private long v2;
    private long v3;

    /** @param key 16 bytes */
    SipHash(byte[] key) {
        k0 = (long) LONG.get(key, 0);
        k1 = (long) LONG.get(key, 8);
    }

    long of(byte[] bytes, int start, int length) {
        begin();
        return rest(bytes, start, length);
    }

    /** Of a number in little-endian order and what follows it. */
    long of(long number, byte[] bytes, int start, int length) {
        begin();
        word(number);
        return rest(bytes, start, length);
    }

    private long rest(byte[] bytes, int start, int length) {
        int whole = start + (length & ~7);
        for (int at = start; at < whole; at += 8) {
            word((long) LONG.get(bytes, at));
        }
        long last = (long) length << 56;
        for (int i = length & 7; i > 0; i--) {
            last |= (bytes[whole + i - 1] & 0xFFL) << 8 * (i - 1);
        }
        return end(last);
    }

    /** Of one number in little-endian order. */
    long of(long number) {
        begin();
        word(number);
        return end(8L << 56);
    }

    private void begin() {
        v0 = k0 ^ 0x736F6D6570736575L;
        v1 = k1 ^ 0x646F72616E646F6DL;
        v2 = k0 ^ 0x6C7967656E657261L;
        v3 = k1 ^ 0x7465646279746573L;
    }

    private void word(long m) {
        v3 ^= m;
        round();
        round();
        v0 ^= m;
    }

    private long end(long last) {
        word(last);
        v2 ^= 0xFF;
        round();
        round();
        round();
        round();
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private void round() {
        v0 += v1;
        v2 += v3;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v1;
        v0 += v3;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 = Long.rotateLeft(v2, 32);
    }
}
