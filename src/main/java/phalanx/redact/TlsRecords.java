package phalanx.redact;

import java.util.Arrays;
import phalanx.decode.Bytes;

/**
 * TLS records (RFC 8446 section 5.1): their headers, alerts, and of hellos the versions, cipher suites and server name stay, the name
 * replaced; certificates, randoms, tickets and all that is encrypted are blanked. One thread; no call allocates, but for examples.
 */
final class TlsRecords {
    private static final int CHANGE_CIPHER = 20, ALERT = 21, HANDSHAKE = 22, APPLICATION = 23;
    private static final int CLIENT_HELLO = 1, SERVER_HELLO = 2, SERVER_NAME = 0;

    /** Extensions that say what a program can do and not who uses it. */
    private static final long KEPT_EXTENSIONS =
            1L << 10 | 1L << 11 | 1L << 13 | 1L << 16 | 1L << 22 | 1L << 23 | 1L << 43 | 1L << 45;

    private final StandIns standIns;
    private byte[] bytes = {};

    TlsRecords(StandIns standIns) {
        this.standIns = standIns;
    }

    /** @return where what was understood ends, {@code start} when no record begins there */
    int replace(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        int at = start;
        while (at + 5 <= end && isRecord(at)) {
            int length = Bytes.u16(bytes, at + 3);
            int body = at + 5;
            int until = Math.min(end, body + length);
            switch (Bytes.u8(bytes, at)) {
                case HANDSHAKE -> handshake(body, until);
                case ALERT, CHANGE_CIPHER -> {
                    if (length > 2) {
                        blank(body, until);
                    }
                }
                default -> blank(body, until);
            }
            at = until;
        }
        return at;
    }

    private boolean isRecord(int at) {
        int type = Bytes.u8(bytes, at);
        return type >= CHANGE_CIPHER
                && type <= APPLICATION
                && bytes[at + 1] == 3
                && Bytes.u8(bytes, at + 2) <= 4
                && Bytes.u16(bytes, at + 3) <= 0x4800;
    }

    private void handshake(int start, int until) {
        int type = until - start >= 4 ? Bytes.u8(bytes, start) : -1;
        boolean hello = (type == CLIENT_HELLO || type == SERVER_HELLO) && Bytes.u8(bytes, start + 1) == 0;
        if (!hello) {
            blank(start, until);
            return;
        }
        int end = Math.min(until, start + 4 + Bytes.u16(bytes, start + 2));
        int at = start + 4 + 2; // type, length, version
        at = blanked(at, 32, end);
        int session = at < end ? Bytes.u8(bytes, at) : 0;
        at = blanked(at + 1, session, end);
        if (type == CLIENT_HELLO) {
            at += at + 2 <= end ? 2 + Bytes.u16(bytes, at) : 2;
            at += at < end ? 1 + Bytes.u8(bytes, at) : 1;
        } else {
            at += 3;
        }
        extensions(at + 2, end);
        blank(end, until);
    }

    private void extensions(int start, int end) {
        int at = start;
        while (at + 4 <= end) {
            int type = Bytes.u16(bytes, at);
            int length = Bytes.u16(bytes, at + 2);
            int data = at + 4;
            int behind = Math.min(end, data + length);
            if (type == SERVER_NAME) {
                serverName(data, behind);
            } else if (type >= 64 || (KEPT_EXTENSIONS >>> type & 1) == 0) {
                blank(data, behind);
            }
            at = behind;
        }
        blank(at, end);
    }

    /** A list of one host name (RFC 6066 section 3). */
    private void serverName(int at, int end) {
        if (end - at >= 5 && bytes[at + 2] == 0) {
            int behind = Math.min(end, at + 5 + Bytes.u16(bytes, at + 3));
            standIns.name(bytes, at + 5, behind, Replaced.NAME);
            blank(behind, end);
        } else {
            blank(at, end);
        }
    }

    private int blanked(int at, int length, int end) {
        blank(at, Math.min(end, at + length));
        return at + length;
    }

    private void blank(int from, int to) {
        if (to > from) {
            Arrays.fill(bytes, from, to, (byte) 0);
        }
    }
}
