package phalanx.inspect;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import phalanx.decode.Bytes;

/**
 * DNS messages (RFC 1035 section 4.1), multicast DNS and LLMNR among them, and how long answers took. A response answers the query of
 * the same number between the same endpoints. One thread while it is filled.
 */
public final class DnsTraffic {
    static final int PORT = 53, MULTICAST_PORT = 5353, LINK_LOCAL_PORT = 5355;
    private static final int HEADER = 12;
    /** Resolvers ask again within this time; later the number stands for another question. */
    private static final long AGAIN_NANOS = 5_000_000_000L;

    private static final int RESPONSE = 0x8000;

    private final RecentTimes asked = new RecentTimes(13);
    private final ResponseTimes times = new ResponseTimes();
    private final CodeCounts responseCodes = new CodeCounts();
    private final @Nullable FrameEvents events;
    private long queries;
    private long responses;
    private long multicast;

    /** @param events told frame by frame what was completed, null when nobody asks */
    DnsTraffic(@Nullable FrameEvents events) {
        this.events = events;
    }

    static boolean isPort(int port) {
        return port == PORT || port == MULTICAST_PORT || port == LINK_LOCAL_PORT;
    }

    /**
     * Takes one message.
     *
     * @param conversation number of the UDP conversation, or -1 less the number of the TCP stream
     * @param serverPort the port that says it is DNS
     * @return when the question was asked that this answers, {@link RecentTimes#NONE} for others
     */
    long message(byte[] bytes, int start, int end, int conversation, int serverPort, long frame, long now) {
        if (end - start < HEADER) {
            return RecentTimes.NONE;
        }
        if (events != null) {
            events.dns(new FrameEvents.DnsMessage(Arrays.copyOfRange(bytes, start, end), serverPort));
        }
        int flags = Bytes.u16(bytes, start + 2);
        boolean response = (flags & RESPONSE) != 0;
        multicast += serverPort == MULTICAST_PORT ? 1 : 0;
        if (response) {
            responses++;
            responseCodes.add(flags & 0xF);
        } else {
            queries++;
        }
        if (serverPort == MULTICAST_PORT) {
            return RecentTimes.NONE; // answers go to all and carry no number (RFC 6762 section 18.1)
        }
        int number = Bytes.u16(bytes, start);
        long key = RecentTimes.mix(conversation * 0xD6E8FEB86659FD93L, number + 1) | 1;
        if (response) {
            long at = asked.take(key);
            if (at != RecentTimes.NONE) {
                times.add(frame, now - at);
                if (events != null) {
                    events.dnsTime(now - at);
                }
            }
            return at;
        } else {
            long before = asked.replace(key, now);
            if (before != RecentTimes.NONE && now - before < AGAIN_NANOS) {
                asked.replace(key, before); // the same question once more: who asked has waited since the first time
            }
            return RecentTimes.NONE;
        }
    }

    public long queries() {
        return queries;
    }

    public long responses() {
        return responses;
    }

    /** Messages of multicast DNS, counted in queries and responses, too. */
    public long multicast() {
        return multicast;
    }

    /** Of responses, by RCODE. */
    public CodeCounts responseCodes() {
        return responseCodes;
    }

    public ResponseTimes times() {
        return times;
    }
}
