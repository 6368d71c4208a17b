package phalanx.redact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import phalanx.decode.Bytes;

/**
 * What takes the place of payload, hardware addresses and names: of equal length, the same for the same, and by a keyed function, so
 * that nothing can be told from it but that two things were alike. One thread; no call allocates, but for examples.
 */
final class StandIns {
    /** Bytes that are replaced one by one: what the analysis compares of a packet that a capture cut short. */
    private static final int LEADING = 16;

    private static final int TAG = 8;
    private static final int LONGEST_LABEL = 64;
    private static final int LETTERS = 26;

    private final SipHash payload;
    private final SipHash hardware;
    private final SipHash names;
    private final boolean blankNames;
    private final boolean keepVendor;
    private final Tally tally;
    private final byte[] lead = new byte[LEADING];
    private final byte[] lower = new byte[LONGEST_LABEL];

    StandIns(RedactionKey key, RedactionOptions options, Tally tally) {
        payload = new SipHash(key.forPurpose("payload"));
        hardware = new SipHash(key.forPurpose("hardware"));
        names = new SipHash(key.forPurpose("names"));
        blankNames = options.blankNames();
        keepVendor = options.keepVendor();
        this.tally = tally;
    }

    /**
     * Replaces payload by zeros, but for two marks by which it is still known again: its first 16 bytes, each by all up to it, and the last
     * 8 by all of it. So packets are alike afterwards as far as they were before, also where one was cut. A payload of less than 8 bytes
     * becomes zeros: of keys pressed one by one, each in a packet of its own, marks could be counted like letters.
     */
    void payload(byte[] bytes, int start, int end) {
        payload(bytes, start, end, 0);
    }

    /**
     * As {@link #payload(byte[], int, int)}, where a number says which packet it is: then the same bytes have the same marks in that packet
     * alone, wherever it was seen, and what is sent again and again cannot be told from them.
     */
    void payload(byte[] bytes, int start, int end, long number) {
        int length = end - start;
        if (length <= 0) {
            return;
        }
        tally.add(Replaced.PAYLOAD);
        if (length < TAG) {
            Arrays.fill(bytes, start, end, (byte) 0);
            return;
        }
        int leading = Math.min(LEADING, length);
        long whole = length > LEADING ? payload.of(number, bytes, start, length) : 0;
        for (int i = 0; i < leading; i++) {
            lead[i] = (byte) payload.of(number, bytes, start, i + 1);
        }
        System.arraycopy(lead, 0, bytes, start, leading);
        tail(bytes, start + leading, end, whole);
    }

    /** Replaces the rest of a payload of which the beginning stays. @param number as in {@link #payload} */
    void rest(byte[] bytes, int start, int end, long number) {
        if (end - start >= TAG) {
            tally.add(Replaced.PAYLOAD);
            tail(bytes, start, end, payload.of(number, bytes, start, end - start));
        } else if (end > start) {
            tally.add(Replaced.PAYLOAD);
            Arrays.fill(bytes, start, end, (byte) 0);
        }
    }

    private static void tail(byte[] bytes, int start, int end, long mark) {
        int marked = Math.min(TAG, end - start);
        Arrays.fill(bytes, start, end - marked, (byte) 0);
        for (int i = 0; i < marked; i++) {
            bytes[end - 1 - i] = (byte) (mark >>> 8 * i);
        }
    }

    /** 16 bits for 16 bits, never 0. */
    int number(int value) {
        int mapped = (int) payload.of(value) & 0xFFFF;
        return mapped == 0 ? 1 : mapped;
    }

    /** Replaces a hardware address of 6 bytes; whether it is a group's and who gave it stays (IEEE 802 clause 8.2). */
    void hardware(byte[] bytes, int at) {
        long address = (long) Bytes.u16(bytes, at) << 32 | Bytes.i32(bytes, at + 2) & 0xFFFF_FFFFL;
        boolean known = address == 0 || address == 0xFFFF_FFFF_FFFFL || address >>> 8 == 0x0180C20000L; // bridges' own
        if (known) {
            return;
        }
        long kept = keepVendor ? 0xFFFF_FF00_0000L : 0x0300_0000_0000L;
        long mapped = address & kept | hardware.of(address & 0xFFFF_FFFF_FFFFL) & 0xFFFF_FFFF_FFFFL & ~kept;
        for (int i = 0; i < 6; i++) {
            bytes[at + i] = (byte) (mapped >>> 8 * (5 - i));
        }
        if (tally.add(Replaced.MAC, true)) {
            tally.example(Replaced.MAC, hardware(address), hardware(mapped));
        }
    }

    private static String hardware(long address) {
        StringBuilder text = new StringBuilder();
        for (int shift = 40; shift >= 0; shift -= 8) {
            text.append(shift < 40 ? ":" : "").append("%02x".formatted(address >>> shift & 0xFF));
        }
        return text.toString();
    }

    /**
     * Replaces one label of a name by small letters; letters' case makes no difference to it (RFC 4343). What may be a part of an address,
     * as names of reverse look-ups hold them (RFC 1035 section 3.5, RFC 3596 section 2.5), becomes always the same: of so few values each
     * could be known again by where it stands.
     */
    void label(byte[] bytes, int start, int end) {
        int length = end - start;
        if (blankNames || ofAddress(bytes, start, end)) {
            Arrays.fill(bytes, start, end, (byte) 'x');
            return;
        }
        int hashed = Math.min(length, LONGEST_LABEL);
        for (int i = 0; i < hashed; i++) {
            byte b = bytes[start + i];
            lower[i] = b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
        }
        long hash = names.of(lower, 0, hashed);
        for (int i = 0; i < length; i++) {
            if (i % TAG == 0 && i > 0) {
                hash = names.of(hash);
            }
            bytes[start + i] = (byte) ('a' + Long.remainderUnsigned(hash >>> 8 * (i % TAG) & 0xFF, LETTERS));
        }
    }

    /** Whether a label is a number of up to three digits or one hexadecimal digit. */
    private static boolean ofAddress(byte[] bytes, int start, int end) {
        if (end - start == 1) {
            return Character.digit(bytes[start], 16) >= 0;
        }
        boolean digits = end - start <= 3;
        for (int at = start; at < end && digits; at++) {
            digits = bytes[at] >= '0' && bytes[at] <= '9';
        }
        return digits;
    }

    /** Replaces a name or path, label by label; the dots, colons and slashes between them stay. */
    void name(byte[] bytes, int start, int end, Replaced kind) {
        String before = tally.wantsExample(kind) ? text(bytes, start, end) : "";
        int from = start;
        for (int at = start; at <= end; at++) {
            if (at == end || bytes[at] == '.' || bytes[at] == ':' || bytes[at] == '/') {
                label(bytes, from, at);
                from = at + 1;
            }
        }
        tally.add(kind);
        if (!before.isEmpty()) {
            tally.example(kind, before, text(bytes, start, end));
        }
    }

    static String text(byte[] bytes, int start, int end) {
        return new String(bytes, start, Math.max(0, end - start), StandardCharsets.ISO_8859_1);
    }
}
