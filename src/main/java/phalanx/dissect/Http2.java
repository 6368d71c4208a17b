package phalanx.dissect;

import java.nio.charset.StandardCharsets;

/** Heads of HTTP/2 frames in clear text (RFC 9113 section 4.1), where a segment begins with one. */
final class Http2 {
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int HEADER = 9, MOST_TYPE = 9, LIKELY_LENGTH = 1 << 14;

    private Http2() {}

    /** The client's preface, or SETTINGS on stream 0, which a server sends first. */
    static boolean startsAt(Slice in) {
        return isPreface(in)
                || in.has(0, HEADER)
                        && in.u8(3) == 4
                        && in.u8(4) <= 1
                        && in.u32(5) == 0
                        && in.u24(0) % 6 == 0
                        && in.u24(0) < 600;
    }

    private static boolean isPreface(Slice in) {
        return in.has(0, PREFACE.length())
                && in.text(0, PREFACE.length(), StandardCharsets.ISO_8859_1).equals(PREFACE);
    }

    static void dissect(Slice in, Layers layers) {
        Branch http = layers.begin("HyperText Transfer Protocol 2", "http2", in);
        int at = 0;
        if (isPreface(in)) {
            at = PREFACE.length();
            http.part("Magic", "http2.magic", 0, at).says("PRI * HTTP/2.0");
        }
        while (at < in.wireLength()) {
            int length = in.u24(at);
            int type = in.u8(at + 3);
            if (type > MOST_TYPE || length > LIKELY_LENGTH) {
                http.part("Bytes of a frame that began before", "", at, in.length() - at);
                return;
            }
            long stream = in.u32(at + 5) & 0x7FFF_FFFFL;
            Branch frame = http.part(type(type), "http2.stream", at, Math.min(HEADER + length, in.length() - at));
            frame.says("stream " + stream + ", " + length + " bytes");
            frame.number("Length", "http2.length", at, 3);
            frame.number("Type", "http2.type", at + 3, 1, code -> type(type) + " (" + code + ")");
            frame.hex("Flags", "http2.flags", at + 4, 1);
            frame.bits("Stream identifier", "http2.streamid", at + 5, 4, 0x7FFF_FFFFL);
            if (!in.holdsOnWire(at + HEADER, length)) {
                frame.remark(Expert.NOTE, "The frame goes on in other segments");
                return;
            }
            at += HEADER + length;
        }
    }

    private static String type(int type) {
        return switch (type) {
            case 0 -> "DATA";
            case 1 -> "HEADERS";
            case 2 -> "PRIORITY";
            case 3 -> "RST_STREAM";
            case 4 -> "SETTINGS";
            case 5 -> "PUSH_PROMISE";
            case 6 -> "PING";
            case 7 -> "GOAWAY";
            case 8 -> "WINDOW_UPDATE";
            default -> "CONTINUATION";
        };
    }
}
