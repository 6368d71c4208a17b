package phalanx.redact;

import phalanx.decode.Bytes;
import phalanx.decode.Checksums;
import phalanx.net.Transport;

/**
 * Internet checksums (RFC 1071) before and after: a right one is made right again, a wrong one wrong, one that the sender left to its card
 * stays so, and one that cannot be checked is replaced by a number of its own, for it would tell of addresses and payload. One thread; no
 * call allocates.
 */
final class ChecksumField {
    private static final int RIGHT = 0, WRONG = 1, LEFT_TO_CARD = 2, UNKNOWN = 3, NONE = 4;

    private final StandIns standIns;
    private long state;

    ChecksumField(StandIns standIns) {
        this.standIns = standIns;
    }

    /**
     * Looks at the sum of a message before it is changed.
     *
     * @param at where the sum stands
     * @param wireLength bytes of the message on the wire
     * @param pseudo where the addresses stand that it includes, for {@code pseudoLength} bytes
     * @param fragment whether the message is the first part of another
     */
    void read(
            byte[] bytes,
            int at,
            int start,
            int end,
            int wireLength,
            int pseudo,
            int pseudoLength,
            int protocol,
            boolean fragment) {
        int value = Bytes.u16(bytes, at);
        boolean udp = protocol == Transport.PROTOCOL_UDP;
        long head = pseudo(bytes, wireLength, pseudo, pseudoLength, protocol);
        boolean whole = !fragment && wireLength >= 0 && end - start >= wireLength;
        if (udp && (value == 0 || fragment)) {
            state = NONE;
        } else if (whole && Checksums.fold(head + Checksums.sum(bytes, start, wireLength)) == 0xFFFF) {
            state = RIGHT;
        } else if (pseudoLength > 0 && value == Checksums.fold(head)) {
            state = LEFT_TO_CARD;
        } else {
            state = whole ? WRONG : UNKNOWN;
        }
    }

    private static long pseudo(byte[] bytes, int length, int pseudo, int pseudoLength, int protocol) {
        return pseudoLength == 0
                ? 0
                : Checksums.sum(bytes, pseudo, pseudoLength) + protocol + (length >>> 16) + (length & 0xFFFF);
    }

    /** What {@link #read} found, for {@link #write}. */
    long state() {
        return state;
    }

    /** Puts the new sum in its place, once all else has been changed. @param was what {@link #read} found */
    void write(
            byte[] bytes,
            long was,
            int at,
            int start,
            int end,
            int wireLength,
            int pseudo,
            int pseudoLength,
            int protocol) {
        int value;
        if (was == NONE) {
            value = 0;
        } else if (was == UNKNOWN) {
            value = standIns.number(Bytes.u16(bytes, at));
        } else {
            long head = pseudo(bytes, wireLength, pseudo, pseudoLength, protocol);
            if (was == LEFT_TO_CARD) {
                value = Checksums.fold(head);
            } else {
                put(bytes, at, 0);
                value = ~Checksums.fold(head + Checksums.sum(bytes, start, wireLength)) & 0xFFFF;
                value = protocol == Transport.PROTOCOL_UDP && value == 0 ? 0xFFFF : value;
                value = was == WRONG ? wrong(value, pseudoLength == 0 ? -1 : Checksums.fold(head)) : value;
            }
        }
        put(bytes, at, value);
    }

    /** A sum that is neither right nor looks as if it had been left to the card. */
    private static int wrong(int right, int leftToCard) {
        int value = right ^ 0x5555;
        return value == leftToCard || value == 0 ? right ^ 0x3333 : value;
    }

    /** The sum of an IPv4 header. @param right whether it was right before */
    static void header(byte[] bytes, int start, int length, boolean right) {
        put(bytes, start + 10, 0);
        int value = ~Checksums.fold(Checksums.sum(bytes, start, length)) & 0xFFFF;
        put(bytes, start + 10, right ? value : value ^ 0x5555);
    }

    static void put(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
    }
}
