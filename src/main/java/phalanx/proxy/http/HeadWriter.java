package phalanx.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.Arrays;

/** Puts a head together before it goes to a buffer in one copy; one for each event loop. One thread. */
final class HeadWriter {
    private static final int LARGEST_KEPT = 64 << 10;

    private static final FastThreadLocal<HeadWriter> OF_LOOP = new FastThreadLocal<>() {
        @Override
        protected HeadWriter initialValue() {
            return new HeadWriter();
        }
    };

    private byte[] bytes = new byte[4096];
    private int length;

    /** The event loop's writer, empty; what was in it before is gone. */
    static HeadWriter start() {
        HeadWriter writer = OF_LOOP.get();
        writer.length = 0;
        if (writer.bytes.length > LARGEST_KEPT) {
            writer.bytes = new byte[4096];
        }
        return writer;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }

    HeadWriter put(byte[] source) {
        room(source.length);
        System.arraycopy(source, 0, bytes, length, source.length);
        length += source.length;
        return this;
    }

    /** Text of octets: characters up to 255. CR, LF and NUL become spaces. */
    HeadWriter put(String text) {
        int n = text.length();
        room(n);
        for (int i = 0; i < n; i++) {
            char c = text.charAt(i);
            bytes[length + i] = c == '\r' || c == '\n' || c == 0 ? (byte) ' ' : (byte) c;
        }
        length += n;
        return this;
    }

    HeadWriter put(char c) {
        room(1);
        bytes[length++] = (byte) c;
        return this;
    }

    HeadWriter put(long number) {
        return put(Long.toString(number));
    }

    HeadWriter endLine() {
        room(2);
        bytes[length++] = '\r';
        bytes[length++] = '\n';
        return this;
    }

    HeadWriter field(FieldName name, String value) {
        return put(name.written()).put(':').put(' ').put(value).endLine();
    }

    void field(byte[] source, int nameStart, int nameLength, int valueStart, int valueLength) {
        room(nameLength + valueLength + 4);
        System.arraycopy(source, nameStart, bytes, length, nameLength);
        length += nameLength;
        bytes[length++] = ':';
        bytes[length++] = ' ';
        System.arraycopy(source, valueStart, bytes, length, valueLength);
        length += valueLength;
        bytes[length++] = '\r';
        bytes[length++] = '\n';
    }

    /** Bytes so far. */
    int length() {
        return length;
    }

    /** Copies the head to a buffer. */
    void writeTo(ByteBuf out) {
        out.writeBytes(bytes, 0, length);
    }
}
