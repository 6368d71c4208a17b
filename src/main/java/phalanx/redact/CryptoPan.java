package phalanx.redact;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * Crypto-PAn (Xu, Fan, Ammar, Moon 2002, "Prefix-Preserving IP Address Anonymization"): whether a bit of an address is flipped is told by a
 * cipher from the bits before it, so that two addresses share as long a prefix after it as before. The same for both IP versions. One
 * thread; no call allocates.
 */
final class CryptoPan {
    private static final int BLOCK = 16, LONGEST = 128;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final Cipher cipher;
    private final long padHigh;
    private final long padLow;
    private final byte[] asked = new byte[LONGEST * BLOCK];
    private final byte[] told = new byte[LONGEST * BLOCK];
    private long flipsHigh;
    private long flipsLow;

    /** @param key 32 bytes: 16 of the cipher, 16 from which the padding is made */
    CryptoPan(byte[] key) {
        try {
            cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, 0, BLOCK, "AES"));
            byte[] pad = cipher.update(key, BLOCK, BLOCK);
            padHigh = (long) LONG.get(pad, 0);
            padLow = (long) LONG.get(pad, 8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES", e);
        }
    }

    /** @return which bits are flipped */
    int flips(int address) {
        ask((long) address << 32, 0, 32);
        return (int) (flipsHigh >>> 32);
    }

    /** Which bits are flipped: read them by {@link #flipsHigh} and {@link #flipsLow}. */
    void flips(long high, long low) {
        ask(high, low, LONGEST);
    }

    long flipsHigh() {
        return flipsHigh;
    }

    long flipsLow() {
        return flipsLow;
    }

    /** One block a bit: the bits before it, then the padding. */
    private void ask(long high, long low, int bits) {
        for (int bit = 0; bit < bits; bit++) {
            long maskHigh = bit == 0 ? 0 : bit >= 64 ? -1 : -1L << (64 - bit);
            long maskLow = bit <= 64 ? 0 : -1L << (128 - bit);
            LONG.set(asked, bit * BLOCK, high & maskHigh | padHigh & ~maskHigh);
            LONG.set(asked, bit * BLOCK + 8, low & maskLow | padLow & ~maskLow);
        }
        try {
            cipher.update(asked, 0, bits * BLOCK, told, 0);
        } catch (ShortBufferException e) {
            throw new IllegalStateException("the buffers are of one size", e);
        }
        flipsHigh = 0;
        flipsLow = 0;
        for (int bit = 0; bit < bits; bit++) {
            long flip = (told[bit * BLOCK] & 0x80L) >>> 7;
            if (bit < 64) {
                flipsHigh |= flip << (63 - bit);
            } else {
                flipsLow |= flip << (127 - bit);
            }
        }
    }
}
