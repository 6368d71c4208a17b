package phalanx.measure;

import org.jspecify.annotations.Nullable;
import phalanx.decode.PacketTable;
import phalanx.net.Transport;

/** What a conversation speaks, told by the first bytes of its payload and never by a port alone. Any thread. */
public enum Application {
    /** A TLS record (RFC 8446 section 5.1). */
    TLS("TLS"),
    /** HTTP/1.x: a method or a status line (RFC 9112 section 2.1). */
    HTTP("HTTP"),
    /** The connection preface (RFC 9113 section 3.4). */
    HTTP2("HTTP/2"),
    /** A message of RFC 1035 to or from port 53. */
    DNS("DNS"),
    /** A long header of a known version (RFC 9000 section 17.2). */
    QUIC("QUIC"),
    /** The identification string (RFC 4253 section 4.2). */
    SSH("SSH"),
    /** SMB 2 or 3 over TCP ([MS-SMB2] section 2.1). */
    SMB("SMB");
    private static final int LONG_HEADER = 0xC0, QUIC_1 = 1, QUIC_2 = 0x6B3343CF, SMB_MAGIC = 0xFE534D42;

    private final String word;

    Application(String word) {
        this.word = word;
    }

    /** As people write it. */
    public String word() {
        return word;
    }

    /** What one packet gives away, null when it gives nothing away. */
    static @Nullable Application of(PacketTable packets, int row) {
        if (packets.isDns(row)) {
            return DNS;
        }
        if (packets.payloadLength(row) <= 0 || packets.hashedBytes(row) < 4 || packets.fragmentOffset(row) > 0) {
            return null;
        }
        long head = packets.payloadHead(row);
        return switch (packets.protocol(row)) {
            case Transport.PROTOCOL_TCP -> overTcp(head);
            case Transport.PROTOCOL_UDP -> isQuic(head) ? QUIC : null;
            default -> null;
        };
    }

    private static @Nullable Application overTcp(long head) {
        int type = (int) (head >>> 56);
        if (type >= 20 && type <= 23 && (head >>> 48 & 0xFF) == 3 && (head >>> 40 & 0xFF) <= 4) {
            return TLS;
        }
        if ((int) head == SMB_MAGIC && type == 0) {
            return SMB;
        }
        return switch ((int) (head >>> 32)) {
            case 0x47455420, // "GET "
                    0x48454144, // "HEAD"
                    0x504F5354, // "POST"
                    0x50555420, // "PUT "
                    0x50415443, // "PATCh"
                    0x44454C45, // "DELEte"
                    0x4F505449, // "OPTIons"
                    0x434F4E4E, // "CONNect"
                    0x48545450 -> // "HTTP"
                HTTP;
            case 0x50524920 -> HTTP2; // "PRI "
            case 0x5353482D -> SSH; // "SSH-"
            default -> null;
        };
    }

    private static boolean isQuic(long head) {
        int version = (int) (head >>> 24);
        return (head >>> 56 & LONG_HEADER) == LONG_HEADER && (version == QUIC_1 || version == QUIC_2);
    }
}
