package phalanx.inspect;

/** One source of RTP packets: what of it was lost, and how much their spacing varied (RFC 3550 section 6.4.1, appendix A.3 and A.8). */
public final class RtpStream {
    /** As many must follow each other before it is believed, and eight of ten later on. */
    private static final int PROOF = 10;

    private static final int FIRST_DYNAMIC = 96;

    private final long source;
    private final int payloadType;
    private final long firstFrame;
    private long packets;
    private long inOrder;
    private int highest;
    private long cycles;
    private int base;
    private long lastArrival;
    private int lastStamp;
    private double jitter;
    private double largestJitter;

    RtpStream(long source, int payloadType, long firstFrame) {
        this.source = source;
        this.payloadType = payloadType;
        this.firstFrame = firstFrame;
    }

    void packet(int sequence, int stamp, int type, long now) {
        if (packets++ == 0) {
            base = sequence;
            highest = sequence;
        } else {
            int ahead = (short) (sequence - highest);
            inOrder += ahead == 1 && type == payloadType ? 1 : 0;
            if (ahead > 0) {
                cycles += sequence < highest ? 1 << 16 : 0;
                highest = sequence;
            }
            double passed = (now - lastArrival) / 1e9 - (double) (stamp - lastStamp) / clock();
            jitter += (Math.abs(passed) - jitter) / 16;
            largestJitter = Math.max(largestJitter, jitter);
        }
        lastArrival = now;
        lastStamp = stamp;
    }

    /** Ticks a second of the static payload types (RFC 3551 tables 4 and 5); dynamic ones are mostly video. */
    private int clock() {
        return switch (payloadType) {
            case 6 -> 16_000;
            case 10, 11 -> 44_100;
            case 16 -> 11_025;
            case 17 -> 22_050;
            case 14 -> 90_000;
            default -> payloadType < 25 ? 8_000 : 90_000;
        };
    }

    boolean isProven() {
        return inOrder >= PROOF && inOrder * 10 >= packets * 8;
    }

    /** SSRC. */
    public long source() {
        return source;
    }

    public int payloadType() {
        return payloadType;
    }

    /** Frame of its first packet. */
    public long firstFrame() {
        return firstFrame;
    }

    public long packets() {
        return packets;
    }

    /** Packets that the sequence numbers count and this capture does not have; 0 when more came than were counted. */
    public long lost() {
        return Math.max(0, cycles + highest - base + 1 - packets);
    }

    /** Interarrival jitter at the end, nanoseconds. */
    public long jitterNanos() {
        return Math.round(jitter * 1e9);
    }

    /** Largest interarrival jitter on the way, nanoseconds. */
    public long largestJitterNanos() {
        return Math.round(largestJitter * 1e9);
    }

    /** Whether the clock rate is known from the payload type, so that jitter can be believed; dynamic types are taken for video. */
    public boolean clockKnown() {
        return payloadType < FIRST_DYNAMIC;
    }
}
