package phalanx.dissect;

/** TLS records (RFC 8446 section 5.1, RFC 5246 section 6.2), as far as they are in this segment. */
final class Tls {
    private static final int HEADER = 5, LARGEST = (1 << 14) + 2048;
    static final int CHANGE_CIPHER_SPEC = 20, ALERT = 21, HANDSHAKE = 22, APPLICATION_DATA = 23, HEARTBEAT = 24;

    private Tls() {}

    /** Whether a record begins there; a segment may begin in the middle of one. */
    static boolean startsAt(Slice in) {
        if (!in.has(0, HEADER)) {
            return false;
        }
        int type = in.u8(0);
        int length = in.u16(3);
        return type >= CHANGE_CIPHER_SPEC
                && type <= HEARTBEAT
                && in.u8(1) == 3
                && in.u8(2) <= 4
                && length > 0
                && length <= LARGEST;
    }

    static void dissect(Slice in, Layers layers) {
        Branch tls = layers.begin("Transport Layer Security", "tls", in);
        Slice at = in;
        boolean encrypted = false;
        while (at.wireLength() > 0) {
            int offset = at.start() - in.start();
            if (!startsAt(at)) {
                at.need(0, HEADER);
                tls.part("Bytes that are no record", "", offset, in.length() - offset);
                return;
            }
            int type = at.u8(0);
            int length = at.u16(3);
            boolean here = at.holdsOnWire(HEADER, length);
            Branch record = tls.part(
                    type(type) + " record", "tls.record", offset, Math.min(HEADER + length, in.length() - offset));
            record.says(version(at.u16(1)) + ", " + length + " bytes");
            record.number("Content type", "tls.record.content_type", offset, 1, code -> type(type) + " (" + code + ")");
            record.hex("Version", "tls.record.version", offset + 1, 2, version(at.u16(1)));
            record.number("Length", "tls.record.length", offset + 3, 2);
            if (!here) {
                record.remark(Expert.NOTE, "The record goes on in other segments");
            }
            Slice body = at.of(HEADER, length);
            boolean clear = !encrypted;
            layers.part(record, () -> content(tls, record, type, offset + HEADER, body, clear, here, layers));
            encrypted |= type == CHANGE_CIPHER_SPEC;
            at = at.from(HEADER + length);
        }
    }

    private static void content(
            Branch tls, Branch record, int type, int at, Slice body, boolean clear, boolean here, Layers layers) {
        switch (type) {
            case CHANGE_CIPHER_SPEC -> record.part("Change cipher spec message", "tls.change_cipher_spec", at, 1);
            case ALERT -> {
                if (body.wireLength() == 2) {
                    int described = body.u8(1);
                    record.says(alert(described));
                    record.number(
                            "Level",
                            "tls.alert_message.level",
                            at,
                            1,
                            level -> level == 2 ? "Fatal (2)" : "Warning (" + level + ")");
                    record.number(
                            "Description",
                            "tls.alert_message.desc",
                            at + 1,
                            1,
                            code -> alert(described) + " (" + code + ")");
                } else {
                    record.part("Encrypted alert", "", at, body.length());
                }
            }
            case HANDSHAKE -> {
                if (clear && body.wireLength() >= 4 && TlsHandshake.known(body.u8(0))) {
                    TlsHandshake.dissect(tls, record, at, body, here, layers);
                } else {
                    record.part("Encrypted handshake message", "", at, body.length());
                }
            }
            default -> {
                if (body.length() > 0) {
                    record.octets("Encrypted application data", "tls.app_data", at, body.length());
                }
            }
        }
    }

    private static String type(int type) {
        return switch (type) {
            case CHANGE_CIPHER_SPEC -> "Change Cipher Spec";
            case ALERT -> "Alert";
            case HANDSHAKE -> "Handshake";
            case APPLICATION_DATA -> "Application Data";
            default -> "Heartbeat";
        };
    }

    static String version(int version) {
        return switch (version) {
            case 0x0300 -> "SSL 3.0";
            case 0x0301 -> "TLS 1.0";
            case 0x0302 -> "TLS 1.1";
            case 0x0303 -> "TLS 1.2";
            case 0x0304 -> "TLS 1.3";
            default -> (version & 0x0F0F) == 0x0A0A ? "GREASE" : "Unknown";
        };
    }

    private static String alert(int description) {
        return switch (description) {
            case 0 -> "Close Notify";
            case 10 -> "Unexpected Message";
            case 20 -> "Bad Record MAC";
            case 22 -> "Record Overflow";
            case 40 -> "Handshake Failure";
            case 42 -> "Bad Certificate";
            case 43 -> "Unsupported Certificate";
            case 44 -> "Certificate Revoked";
            case 45 -> "Certificate Expired";
            case 46 -> "Certificate Unknown";
            case 47 -> "Illegal Parameter";
            case 48 -> "Unknown CA";
            case 49 -> "Access Denied";
            case 50 -> "Decode Error";
            case 51 -> "Decrypt Error";
            case 70 -> "Protocol Version";
            case 71 -> "Insufficient Security";
            case 80 -> "Internal Error";
            case 86 -> "Inappropriate Fallback";
            case 90 -> "User Canceled";
            case 109 -> "Missing Extension";
            case 112 -> "Unrecognized Name";
            case 116 -> "Certificate Required";
            case 120 -> "No Application Protocol";
            default -> "Alert " + description;
        };
    }
}
