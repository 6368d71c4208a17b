package phalanx.proxy.listen;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import phalanx.proxy.http.FieldName;

/** Tells what a connection speaks from its first octets, without taking any. Any thread. */
final class ProtocolSniffer {
    /** What was found. */
    enum Found {
        /** Nothing yet. */
        MORE,
        TLS,
        HTTP_2,
        HTTP_1,
        PROXY_HEADER,
        OTHER
    }

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PROXY_1 = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PROXY_2 = {0x0D, 0x0A, 0x0D, 0x0A, 0, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A};
    private static final int LONGEST_METHOD = 32;

    private ProtocolSniffer() {}

    /** @param proxyHeader whether a PROXY header is looked for */
    static Found look(ByteBuf in, boolean proxyHeader) {
        int n = in.readableBytes();
        if (n == 0) {
            return Found.MORE;
        }
        int at = in.readerIndex();
        if (proxyHeader) {
            int same = Math.max(same(in, at, n, PROXY_1), same(in, at, n, PROXY_2));
            if (same == 2) {
                return Found.PROXY_HEADER;
            }
            if (same == 1) {
                return Found.MORE;
            }
        }
        if (in.getByte(at) == 0x16) { // handshake record (RFC 8446 section 5.1)
            return n == 1 ? Found.MORE : in.getByte(at + 1) == 3 ? Found.TLS : Found.OTHER;
        }
        switch (same(in, at, n, PREFACE)) {
            case 2 -> {
                return Found.HTTP_2;
            }
            case 1 -> {
                return Found.MORE;
            }
            default -> {}
        }
        int i = 0;
        while (i < n
                && i < 2
                && (in.getByte(at + i) == '\r' || in.getByte(at + i) == '\n')) { // an empty line is forgiven
            i++;
        }
        int start = i;
        for (; i < n; i++) {
            int c = in.getByte(at + i) & 0xFF;
            if (c == ' ' && i > start) {
                return Found.HTTP_1;
            }
            if (!FieldName.isTokenOctet(c)) {
                return i > start ? Found.HTTP_1 : Found.OTHER; // a method that is none: HTTP says 400
            }
            if (i - start >= LONGEST_METHOD) {
                return Found.HTTP_1;
            }
        }
        return Found.MORE;
    }

    /** 2 when the input begins with all of it, 1 when it does as far as it goes, 0 when not. */
    private static int same(ByteBuf in, int at, int n, byte[] wanted) {
        int compared = Math.min(n, wanted.length);
        for (int i = 0; i < compared; i++) {
            if (in.getByte(at + i) != wanted[i]) {
                return 0;
            }
        }
        return compared == wanted.length ? 2 : 1;
    }
}
