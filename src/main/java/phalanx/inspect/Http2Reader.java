package phalanx.inspect;

import phalanx.decode.Bytes;

/** Counts the frames of one direction of an HTTP/2 connection in clear text (RFC 9113 section 4.1). */
final class Http2Reader implements ByteStream.Reader {
    private static final int PREFACE = 24, HEADER = 9, HEADERS = 1;

    private final HttpTraffic traffic;
    private int skipped;
    private boolean first = true;
    private int headerBytes;
    private int length;
    private int left;

    Http2Reader(HttpTraffic traffic) {
        this.traffic = traffic;
    }

    /** Whether these bytes begin a client's connection preface (section 3.4). */
    static boolean startsAt(byte[] bytes, int start, int end) {
        byte[] preface = {'P', 'R', 'I', ' ', '*', ' ', 'H', 'T', 'T', 'P', '/', '2'};
        for (int i = 0; i < preface.length; i++) {
            if (start + i >= end || bytes[start + i] != preface[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean bytes(byte[] bytes, int start, int end, long frame, long now) {
        if (first) {
            skipped = startsAt(bytes, start, end) ? PREFACE : 0;
            first = false;
        }
        int at = start;
        while (at < end) {
            if (skipped > 0 || left > 0) {
                int taken = Math.min(skipped > 0 ? skipped : left, end - at);
                left -= skipped > 0 ? 0 : taken;
                skipped = Math.max(0, skipped - taken);
                at += taken;
                continue;
            }
            int octet = Bytes.u8(bytes, at++);
            headerBytes++;
            if (headerBytes <= 3) {
                length = length << 8 | octet;
            } else if (headerBytes == 4) {
                traffic.http2Frame(octet == HEADERS);
            }
            if (headerBytes == HEADER) {
                left = length;
                length = 0;
                headerBytes = 0;
            }
        }
        return true;
    }

    @Override
    public boolean gap(long missing, long frame, long now) {
        if (missing < left) {
            left -= (int) missing;
            return true;
        }
        return false;
    }

    @Override
    public void end(long frame, long now) {}
}
