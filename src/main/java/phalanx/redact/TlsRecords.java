package phalanx.redact;

import java.util.Arrays;
import phalanx.decode.Bytes;

/**
 * TLS records (RFC 8446 section 5.1): their headers, alerts, and of hellos the versions, cipher suites and server name stay, the name
 * replaced; certificates, randoms, tickets and all that is encrypted are blanked. One thread; no call allocates, but for examples.
 */
final class TlsRecords {
    private static final int CHANGE_CIPHER = 20, ALERT = 21, HANDSHAKE = 22, APPLICATION = 23;
    private static final int CLIENT_HELLO = 1, SERVER_HELLO = 2, SERVER_NAME = 0, SUPPORTED_VERSIONS = 43;

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
        int at = blanked(start + 4 + 2, 32, end); // behind type, length, version
        int session = at < end ? Bytes.u8(bytes, at) : 0;
        at = blanked(at + 1, session, end);
        if (type == CLIENT_HELLO && at + 2 <= end) {
            int suites = Bytes.u16(bytes, at);
            at = suites(at + 2, suites, end);
            at = blanked(at + 1, at < end ? Bytes.u8(bytes, at) : 0, end); // compression, which nobody uses
        } else {
            at = blanked(suites(at, 2, end), 1, end);
        }
        extensions(at + 2, end);
        blank(end, until);
    }

    /** Numbers that are none of a cipher suite are blanked. @return behind them */
    private int suites(int start, int length, int end) {
        int behind = start + length;
        for (int at = start; at < Math.min(behind, end); at += 2) {
            int high = Bytes.u8(bytes, at);
            boolean known =
                    at + 2 <= end && (high == 0 || high == 0x13 || high == 0x56 || high == 0xC0 || high == 0xCC);
            if (!known && !isGrease(at, end)) {
                blank(at, Math.min(end, at + 2));
            }
        }
        return behind;
    }

    /** Values that stand for nothing (RFC 8701 section 2). */
    private boolean isGrease(int at, int end) {
        return at + 2 <= end && bytes[at] == bytes[at + 1] && (bytes[at] & 0xF) == 0xA;
    }

    private void extensions(int start, int end) {
        int at = start;
        while (at + 4 <= end) {
            int type = Bytes.u16(bytes, at);
            int data = at + 4;
            int behind = Math.min(end, data + Bytes.u16(bytes, at + 2));
            if (type == SERVER_NAME) {
                serverName(data, behind);
            } else if (type != SUPPORTED_VERSIONS || !areVersions(data, behind)) {
                blank(data, behind);
            }
            at = behind;
        }
        blank(at, end);
    }

    /** One version, or their number of bytes and the versions (RFC 8446 section 4.2.1). */
    private boolean areVersions(int start, int end) {
        boolean all = true;
        for (int at = start + (end - start) % 2; at + 2 <= end; at += 2) {
            all &= bytes[at] == 3 || isGrease(at, end);
        }
        return all;
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
