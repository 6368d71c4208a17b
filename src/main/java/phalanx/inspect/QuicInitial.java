package phalanx.inspect;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phalanx.decode.Bytes;

/**
 * An Initial packet, still protected (RFC 9000 section 17.2.2, RFC 9369 section 3.2).
 *
 * @param version as on the wire
 * @param destination connection id that it was sent to
 * @param header from the first byte up to the packet number
 * @param rest packet number and payload
 */
record QuicInitial(int version, byte[] destination, byte[] header, byte[] rest) {
    static final int VERSION_1 = 1, VERSION_2 = 0x6B3343CF;
    private static final int FIRST_DRAFT = 0xFF000017, LAST_DRAFT = 0xFF000022;
    private static final int MVFST = 0xFACEB0, MVFST_DRAFT_29 = 0xFACEB002;
    private static final int SHORTEST = 30;
    private static final byte[] SALT_1 = HexFormat.of().parseHex("38762cf7f55934b34d179ae6a4c80cadccbb7f0a");
    private static final byte[] SALT_2 = HexFormat.of().parseHex("0dede3def700a6db819381be6e269dcbf9bd2ed9");
    private static final byte[] SALT_29 = HexFormat.of().parseHex("afbfec289993d24c9e9786f19c6111e04390a899");
    private static final byte[] SALT_23 = HexFormat.of().parseHex("c3eef712c72ebb5a11a7d2432bb46365bef9f502");

    /** Whether a datagram begins with an Initial packet of a version that can be opened. */
    static boolean startsAt(byte[] bytes, int start, int end) {
        if (end - start < SHORTEST || (Bytes.u8(bytes, start) & 0xC0) != 0xC0) {
            return false;
        }
        int version = Bytes.i32(bytes, start + 1);
        int type = Bytes.u8(bytes, start) >>> 4 & 3;
        return version == VERSION_2 ? type == 1 : type == 0 && isKnown(version);
    }

    private static boolean isKnown(int version) {
        return version == VERSION_1
                || version >= FIRST_DRAFT && version <= LAST_DRAFT
                || version >>> 8 == MVFST
                || isReserved(version);
    }

    /** A version that asks for negotiation (RFC 9000 section 15); clients protect it as one that they know. */
    private static boolean isReserved(int version) {
        return (version & 0x0F0F0F0F) == 0x0A0A0A0A;
    }

    /** The secrets that Initial keys may come from (RFC 9001 section 5.2 and the drafts before it; RFC 9369 section 3.3.1). */
    List<byte[]> salts() {
        if (version == VERSION_2) {
            return List.of(SALT_2);
        }
        if (version == VERSION_1 || version == LAST_DRAFT || version == LAST_DRAFT - 1) {
            return List.of(SALT_1);
        }
        boolean draft29 = version >= 0xFF00001D && version <= 0xFF000020 || version == MVFST_DRAFT_29;
        return isReserved(version) ? List.of(SALT_1, SALT_29) : List.of(draft29 ? SALT_29 : SALT_23);
    }

    /** What names its keys have in the derivation. */
    String keyPrefix() {
        return version == VERSION_2 ? "quicv2 " : "quic ";
    }

    /** @return null when the packet contradicts itself */
    static @Nullable QuicInitial read(byte[] bytes, int start, int end) {
        byte[] all = Arrays.copyOfRange(bytes, start, end);
        ByteBuffer buffer = ByteBuffer.wrap(all);
        try {
            buffer.position(1);
            int version = buffer.getInt();
            byte[] destination = new byte[Byte.toUnsignedInt(buffer.get())];
            buffer.get(destination);
            buffer.position(buffer.position() + 1 + Byte.toUnsignedInt(buffer.get(buffer.position())));
            buffer.position(Math.toIntExact(variable(buffer) + buffer.position())); // token
            int length = Math.toIntExact(variable(buffer));
            int number = buffer.position();
            if (length < 20 || number + length > all.length) {
                return null;
            }
            return new QuicInitial(
                    version, destination, Arrays.copyOf(all, number), Arrays.copyOfRange(all, number, number + length));
        } catch (BufferUnderflowException
                | IllegalArgumentException
                | ArithmeticException
                | IndexOutOfBoundsException _) {
            return null;
        }
    }

    /** A number of 1, 2, 4 or 8 bytes (RFC 9000 section 16). */
    static long variable(ByteBuffer buffer) {
        int first = Byte.toUnsignedInt(buffer.get());
        long value = first & 0x3F;
        for (int i = 1; i < 1 << (first >>> 6); i++) {
            value = value << 8 | Byte.toUnsignedInt(buffer.get());
        }
        return value;
    }
}
