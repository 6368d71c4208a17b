package phalanx.show.ladder;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import phalanx.decode.PacketTable;
import phalanx.net.Transport;
import phalanx.run.ForeignText;
import phalanx.show.Words;

/** What a packet carries, as far as the first eight bytes of its payload tell. Any thread. */
final class PayloadMark {
    private static final Words WORDS = Words.of("ladder");
    private static final List<String> METHODS =
            List.of("GET ", "POST ", "PUT ", "HEAD ", "DELETE ", "OPTIONS ", "PATCH ", "CONNECT ", "TRACE ");
    private static final int TLS_CHANGE_CIPHER = 20, TLS_ALERT = 21, TLS_HANDSHAKE = 22, TLS_DATA = 23;
    private static final int LONGEST_RECORD = (1 << 14) + 2048; // RFC 5246 section 6.2.3

    private PayloadMark() {}

    /** {@code GET}, {@code Client Hello}, {@code DNS query example.org}; empty when it begins like nothing known. */
    static String of(PacketTable packets, int row) {
        if (packets.isDns(row)) {
            String name = ForeignText.name(packets.dnsName(row));
            return packets.isDnsResponse(row)
                    ? WORDS.get("dns-response", name, packets.dnsResponseCode(row))
                    : WORDS.get("dns-query", name);
        }
        if (packets.protocol(row) != Transport.PROTOCOL_TCP || packets.hashedBytes(row) < 8) {
            return "";
        }
        long head = packets.payloadHead(row);
        String text = new String(ByteBuffer.allocate(8).putLong(head).array(), StandardCharsets.ISO_8859_1);
        if (text.equals("HTTP/1.1") || text.equals("HTTP/1.0")) {
            return WORDS.get("http-response");
        }
        if (text.equals("PRI * HT")) {
            return WORDS.get("http2-preface");
        }
        if (text.startsWith("SSH-")) {
            return WORDS.get("ssh-version");
        }
        for (String method : METHODS) {
            if (text.startsWith(method)) {
                return ForeignText.name(text.strip()) + "\u2026";
            }
        }
        return tls(head);
    }

    /** By the record header and the handshake type behind it (RFC 8446 sections 4 and 5.1). */
    private static String tls(long head) {
        int type = (int) (head >>> 56);
        int version = (int) (head >>> 48) & 0xFF;
        int length = (int) (head >>> 24) & 0xFFFF;
        if (version != 3 || length > LONGEST_RECORD) {
            return "";
        }
        return switch (type) {
            case TLS_CHANGE_CIPHER -> WORDS.get("tls-change-cipher");
            case TLS_ALERT -> WORDS.get("tls-alert");
            case TLS_DATA -> WORDS.get("tls-data");
            case TLS_HANDSHAKE ->
                switch ((int) (head >>> 16) & 0xFF) {
                    case 1 -> WORDS.get("tls-client-hello");
                    case 2 -> WORDS.get("tls-server-hello");
                    case 11 -> WORDS.get("tls-certificate");
                    default -> WORDS.get("tls-handshake");
                };
            default -> "";
        };
    }
}
