package phalanx.inspect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import phalanx.decode.Bytes;

/**
 * RTP streams (RFC 3550), found by their shape: nothing announces them in a capture. Datagrams of one UDP conversation and one source
 * count once their sequence numbers have followed each other often enough. One thread while it is filled.
 */
public final class RtpStreams {
    private static final int HEADER = 12, MOST = 4096;

    /** By conversation, direction and source (SSRC). */
    private final Map<Long, RtpStream> candidates = new LinkedHashMap<>();

    /** Version 2, no RTCP (RFC 5761 section 4), no QUIC or DNS by the caller's word. */
    static boolean startsAt(byte[] bytes, int start, int end) {
        if (end - start < HEADER || (Bytes.u8(bytes, start) & 0xC0) != 0x80) {
            return false;
        }
        int type = Bytes.u8(bytes, start + 1) & 0x7F;
        int sources = Bytes.u8(bytes, start) & 0xF;
        return (type < 64 || type > 95) && end - start >= HEADER + 4 * sources;
    }

    /** @param towards destination port, which tells the directions apart */
    void datagram(byte[] bytes, int start, int conversation, int towards, long frame, long now) {
        long source = Bytes.i32(bytes, start + 8) & 0xFFFF_FFFFL;
        long key = RecentTimes.mix(RecentTimes.mix(conversation, towards), source);
        RtpStream stream = candidates.get(key);
        if (stream == null) {
            if (candidates.size() >= MOST) {
                candidates.remove(candidates.keySet().iterator().next());
            }
            stream = new RtpStream(source, Bytes.u8(bytes, start + 1) & 0x7F, frame);
            candidates.put(key, stream);
        }
        stream.packet(Bytes.u16(bytes, start + 2), Bytes.i32(bytes, start + 4), Bytes.u8(bytes, start + 1) & 0x7F, now);
    }

    /** Those that proved to be RTP, in the order in which they began. */
    public List<RtpStream> all() {
        List<RtpStream> proven = new ArrayList<>();
        for (RtpStream stream : candidates.values()) {
            if (stream.isProven()) {
                proven.add(stream);
            }
        }
        return proven;
    }
}
