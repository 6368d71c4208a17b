package phalanx.inspect;

import phalanx.decode.Bytes;

/** Reads the messages of one direction of a DNS connection over TCP, each behind its length (RFC 1035 section 4.2.2). */
final class DnsReader implements ByteStream.Reader {
    /** Answers are not looked at, so that a message's beginning is enough. */
    private static final int KEPT = 512;

    private final DnsTraffic traffic;
    private final int conversation;
    private final byte[] message = new byte[KEPT];
    private int prefix;
    private int prefixBytes;
    private int length;
    private int left;
    private boolean holed;

    /** @param stream number of the TCP stream */
    DnsReader(DnsTraffic traffic, int stream) {
        this.traffic = traffic;
        conversation = -1 - stream;
    }

    @Override
    public boolean bytes(byte[] bytes, int start, int end, long frame, long now) {
        int at = start;
        while (at < end) {
            if (left == 0) {
                prefix = prefix << 8 | Bytes.u8(bytes, at++);
                if (++prefixBytes == 2) {
                    length = prefix & 0xFFFF;
                    left = length;
                    prefixBytes = 0;
                    holed = false;
                }
                continue;
            }
            int done = length - left;
            int taken = Math.min(left, end - at);
            if (done < KEPT) {
                int kept = Math.min(taken, KEPT - done);
                System.arraycopy(bytes, at, message, done, kept);
            }
            left -= taken;
            at += taken;
            if (left == 0 && !holed) {
                traffic.message(message, 0, Math.min(length, KEPT), conversation, DnsTraffic.PORT, frame, now);
            }
        }
        return true;
    }

    @Override
    public boolean gap(long missing, long frame, long now) {
        if (missing <= left) {
            holed |= length - left < KEPT;
            left -= (int) missing;
            return true;
        }
        return false;
    }

    @Override
    public void end(long frame, long now) {}
}
