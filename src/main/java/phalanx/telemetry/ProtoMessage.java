package phalanx.telemetry;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A message in protobuf's wire format (protobuf.dev, "Encoding"), gone through field by field: {@link #next}, then one of the values. One
 * thread.
 */
final class ProtoMessage {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private static final int VARINT = 0, EIGHT_BYTES = 1, COUNTED = 2, FOUR_BYTES = 5;

    private final ByteBuffer bytes;
    private long value;
    private ByteBuffer content = NOTHING;
    private boolean counted;
    private int field;

    ProtoMessage(ByteBuffer bytes) {
        this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** @return false at the end  @throws Malformed when the bytes are no message */
    boolean next() throws Malformed {
        if (!bytes.hasRemaining()) {
            return false;
        }
        int tag = (int) varint();
        field = tag >>> 3;
        content = NOTHING; // that of the field before is not this one's
        counted = (tag & 7) == COUNTED;
        switch (tag & 7) {
            case VARINT -> value = varint();
            case EIGHT_BYTES -> value = has(8).getLong();
            case FOUR_BYTES -> value = has(4).getInt();
            case COUNTED -> {
                int length = (int) Math.min(Integer.MAX_VALUE, varint() & Long.MAX_VALUE);
                content = has(length).slice().limit(length);
                bytes.position(bytes.position() + length);
            }
            default -> throw new Malformed("it is no protobuf message");
        }
        if (field == 0) {
            throw new Malformed("it is no protobuf message");
        }
        return true;
    }

    private ByteBuffer has(int length) throws Malformed {
        if (bytes.remaining() < length) {
            throw new Malformed("it ends inside a protobuf message");
        }
        return bytes;
    }

    private long varint() throws Malformed {
        long number = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte one = has(1).get();
            number |= (long) (one & 0x7F) << shift;
            if (one >= 0) {
                return number;
            }
        }
        throw new Malformed("it is no protobuf message");
    }

    int field() {
        return field;
    }

    /** Of a field that is a number. */
    long value() {
        return value;
    }

    /** Of a field that is a fraction of eight bytes. */
    double real() {
        return Double.longBitsToDouble(value);
    }

    /** Of a field of numbers of eight bytes each, packed or one by one. */
    long[] numbers() {
        if (!counted) {
            return new long[] {value};
        }
        long[] numbers = new long[content.limit() / Long.BYTES];
        content.duplicate().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(numbers);
        return numbers;
    }

    /** Of a field of bytes. */
    byte[] octets() {
        byte[] octets = new byte[content.limit()];
        content.get(0, octets);
        return octets;
    }

    /** Of a field that is a message itself. */
    ProtoMessage message() {
        return new ProtoMessage(content);
    }

    /** Of a field that is text. */
    String text() {
        return StandardCharsets.UTF_8.decode(content.duplicate()).toString();
    }

    /** Of a field of bytes, in hexadecimal. */
    String hex() {
        return HexFormat.of().formatHex(octets());
    }
}
