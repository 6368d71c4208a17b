package phalanx.inspect;

import phalanx.decode.Bytes;
import phalanx.decode.FrameView;
import phalanx.decode.IpView;

/**
 * Which addresses were looked up by whom, and when: a connection that follows soon has waited for it. Knows the most recent ones. One
 * thread; no call allocates.
 */
final class NameLookups {
    private static final int ADDRESS_4 = 1, ADDRESS_6 = 28, HEADER = 12, MOST_RECORDS = 64;

    /** A connection this long after the answer was opened for another reason. */
    private static final long SOON_NANOS = 1_000_000_000L;

    private final RecentTimes asked = new RecentTimes(10);
    private final RecentTimes answered = new RecentTimes(10);

    private static long key(long clientHigh, long clientLow, long serverHigh, long serverLow) {
        return RecentTimes.mix(RecentTimes.mix(clientHigh ^ clientLow, serverHigh), serverLow) | 1;
    }

    /** Takes the addresses out of an answer (RFC 1035 section 4.1.3) that goes to the packet's destination. */
    void answered(FrameView view, int start, int end, long askedAt, long now) {
        byte[] bytes = view.bytes();
        IpView ip = view.ip();
        int at = start + HEADER;
        int questions = Math.min(MOST_RECORDS, Bytes.u16(bytes, start + 4));
        int answers = Math.min(MOST_RECORDS, Bytes.u16(bytes, start + 6));
        for (int i = 0; i < questions && at >= 0; i++) {
            at = skipName(bytes, at, end) + 4;
        }
        for (int i = 0; i < answers; i++) {
            at = skipName(bytes, at, end);
            if (at < 0 || at + 10 > end) {
                return;
            }
            int type = Bytes.u16(bytes, at);
            int length = Bytes.u16(bytes, at + 8);
            at += 10;
            if (at + length > end) {
                return;
            }
            if (type == ADDRESS_4 && length == 4) {
                note(ip, 0, Integer.toUnsignedLong(Bytes.i32(bytes, at)), askedAt, now);
            } else if (type == ADDRESS_6 && length == 16) {
                note(ip, Bytes.i64(bytes, at), Bytes.i64(bytes, at + 8), askedAt, now);
            }
            at += length;
        }
    }

    /** @return behind the name, far below 0 when it is cut */
    private static int skipName(byte[] bytes, int start, int end) {
        int at = start;
        while (at >= 0 && at < end) {
            int length = Bytes.u8(bytes, at);
            if (length == 0) {
                return at + 1;
            }
            if (length >= 0xC0) {
                return at + 2; // the rest stands elsewhere
            }
            at += 1 + length;
        }
        return Integer.MIN_VALUE / 2;
    }

    private void note(IpView ip, long serverHigh, long serverLow, long askedAt, long now) {
        long key = key(ip.destinationHigh(), ip.destinationLow(), serverHigh, serverLow);
        asked.replace(key, askedAt);
        answered.replace(key, now);
    }

    /** A client has opened a connection: the look-up that it followed is the beginning of its time. */
    void used(TcpStream stream, TransactionClock clock) {
        long key = key(stream.aHigh, stream.aLow, stream.bHigh, stream.bLow);
        long end = answered.take(key);
        long begin = asked.take(key);
        long since = stream.firstNanos() - end;
        if (end != RecentTimes.NONE && begin <= end && since >= 0 && since <= SOON_NANOS) {
            clock.lookedUp(begin, end);
        }
    }
}
