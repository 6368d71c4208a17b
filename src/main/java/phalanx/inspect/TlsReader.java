package phalanx.inspect;

import java.nio.ByteBuffer;
import java.util.Arrays;
import phalanx.decode.Bytes;

/** Reads the records of one direction of a TLS connection (RFC 8446 section 5.1): hellos and alerts in clear text. */
final class TlsReader implements ByteStream.Reader {
    private static final int CHANGE_CIPHER_SPEC = 20, ALERT = 21, HANDSHAKE = 22, APPLICATION_DATA = 23;
    private static final int CLIENT_HELLO = 1, SERVER_HELLO = 2;
    private static final int LARGEST_RECORD = (1 << 14) + 2048;
    private static final int LARGEST_HELLO = 1 << 17;

    private final TlsConnection connection;
    private final Allowance allowance;
    private final byte[] header = new byte[5];
    private int headerLength;
    private int type;
    private int left;
    private boolean alert;
    private boolean first = true;
    private boolean encrypted;
    private byte[] message = {};
    private int messageLength;

    /** @param allowance for hellos that are not whole */
    TlsReader(TlsConnection connection, Allowance allowance) {
        this.connection = connection;
        this.allowance = allowance;
    }

    /** Whether these bytes may be the beginning of a record, or of the hello of clients that also speak SSL 2 (RFC 5246 appendix E.2). */
    static boolean startsAt(byte[] bytes, int start, int end) {
        return end - start >= 5 && (isRecord(bytes, start) || isOldHello(bytes, start));
    }

    private static boolean isOldHello(byte[] bytes, int start) {
        int version = Bytes.u16(bytes, start + 3);
        return Bytes.u8(bytes, start) == 0x80
                && Bytes.u8(bytes, start + 2) == CLIENT_HELLO
                && (version == 2 || version >>> 8 == 3 && (version & 0xFF) <= 4);
    }

    private static boolean isRecord(byte[] bytes, int start) {
        int type = Bytes.u8(bytes, start);
        int length = Bytes.u16(bytes, start + 3);
        return type >= CHANGE_CIPHER_SPEC
                && type <= APPLICATION_DATA
                && Bytes.u8(bytes, start + 1) == 3
                && Bytes.u8(bytes, start + 2) <= 4
                && length > 0
                && length <= LARGEST_RECORD;
    }

    @Override
    public boolean bytes(byte[] bytes, int start, int end, long frame, long now) {
        int at = start;
        if (first && end - start >= 5 && isOldHello(bytes, start)) {
            connection.clientHello(new ClientHello(""), this, now);
            type = APPLICATION_DATA; // of which nothing more is read
            left = Bytes.u8(bytes, start + 1) + 2;
        }
        first = false;
        while (at < end) {
            if (left == 0) {
                header[headerLength++] = (byte) Bytes.u8(bytes, at++);
                if (headerLength == header.length && !readHeader(now)) {
                    return false;
                }
                continue;
            }
            int taken = Math.min(left, end - at);
            if (type == HANDSHAKE && !encrypted) {
                handshake(bytes, at, taken, now);
            }
            left -= taken;
            at += taken;
            if (left == 0) {
                if (alert) {
                    connection.alert(Bytes.u8(bytes, at - 1)); // level, then description (RFC 8446 section 6)
                    alert = false;
                }
                connection.record(type);
            }
        }
        return true;
    }

    private boolean readHeader(long now) {
        headerLength = 0;
        type = header[0] & 0xFF;
        left = (header[3] & 0xFF) << 8 | header[4] & 0xFF;
        if (type < CHANGE_CIPHER_SPEC || type > APPLICATION_DATA || header[1] != 3 || left > LARGEST_RECORD) {
            return false; // no record: what follows cannot be told either
        }
        connection.bytes();
        if (type == CHANGE_CIPHER_SPEC) {
            encrypted = true;
            connection.cipherChanged(this, now);
        } else if (type == APPLICATION_DATA) {
            connection.data(this, now);
        }
        alert = type == ALERT && left == 2 && !encrypted;
        return true;
    }

    private void handshake(byte[] bytes, int start, int length, long now) {
        if (messageLength + length > LARGEST_HELLO || !allowance.take(length)) {
            encrypted = true; // no hello is that long, or too many streams have one that is not whole
            forget();
            return;
        }
        if (messageLength + length > message.length) {
            message = Arrays.copyOf(message, Math.max(messageLength + length, 2 * message.length));
        }
        for (int i = 0; i < length; i++) {
            message[messageLength + i] = (byte) Bytes.u8(bytes, start + i);
        }
        messageLength += length;
        int at = 0;
        while (messageLength - at >= 4) {
            int size = (message[at + 1] & 0xFF) << 16 | (message[at + 2] & 0xFF) << 8 | message[at + 3] & 0xFF;
            if (messageLength - at - 4 < size) {
                break;
            }
            hello(message[at], ByteBuffer.wrap(message, at + 4, size).slice(), now);
            at += 4 + size;
        }
        allowance.giveBack(at);
        messageLength -= at;
        System.arraycopy(message, at, message, 0, messageLength);
        message = messageLength == 0 ? new byte[0] : message;
    }

    private void forget() {
        allowance.giveBack(messageLength);
        messageLength = 0;
        message = new byte[0];
    }

    private void hello(int kind, ByteBuffer body, long now) {
        connection.handshake(kind);
        if (kind == CLIENT_HELLO) {
            connection.clientHello(ClientHello.of(body), this, now);
        } else if (kind == SERVER_HELLO) {
            connection.serverHello(ServerHello.of(body));
        }
    }

    @Override
    public boolean gap(long length, long frame, long now) {
        if (left > 0 && length < left && (type != HANDSHAKE || encrypted)) {
            left -= (int) length;
            return true;
        }
        forget();
        return false;
    }

    @Override
    public void end(long frame, long now) {
        forget();
    }
}
