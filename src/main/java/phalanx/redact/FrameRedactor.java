package phalanx.redact;

import java.util.Arrays;
import phalanx.capture.FrameCursor;
import phalanx.decode.FrameView;

/**
 * Redacts frames one by one, each in a buffer of its own: the link header here, what is in it by {@link PacketRedactor}. A frame keeps its
 * length; only where a link header is not understood it is left out, and the packet becomes one of link type RAW. One thread; no call
 * allocates once the buffer has grown.
 */
public final class FrameRedactor {
    private static final int NULL = 0, ETHERNET = 1, PPP = 9, RAW_BSD = 12, RAW_OPENBSD = 14, PPP_HDLC = 50, RAW = 101;
    private static final int CISCO_HDLC = 104, FRAME_RELAY = 107, LOOP = 108, COOKED = 113, PPP_PPPD = 166;
    private static final int PPP_WITH_DIRECTION = 204, IPV4_ONLY = 228, IPV6_ONLY = 229, COOKED_2 = 276;

    /** Link headers of point to point links are at most so long and name nobody. */
    private static final int LONGEST_PLAIN = 10;

    private final FrameView view = FrameView.ofPackets();
    private final Tally tally;
    private final LinkHeader link;
    private final PacketRedactor packets;
    private byte[] bytes = new byte[1 << 11];
    private int start;
    private int end;
    private int length;
    private int linkType;

    public FrameRedactor(RedactionKey key, RedactionOptions options, Tally tally) {
        this.tally = tally;
        AddressMap addresses = new AddressMap(new CryptoPan(key.cryptoPan()), tally);
        StandIns standIns = new StandIns(key, options, tally);
        link = new LinkHeader(addresses, standIns);
        packets = new PacketRedactor(options, addresses, standIns, link, tally);
    }

    /** Redacts the cursor's frame; what is read is valid until the next call. */
    public void redact(FrameCursor cursor) {
        int captured = cursor.captured();
        if (bytes.length < captured) {
            bytes = new byte[captured * 2];
        }
        start = 0;
        end = captured;
        length = cursor.length();
        linkType = cursor.linkType();
        FrameView.Fit fit = view.wrap(cursor);
        int base = cursor.start();
        System.arraycopy(cursor.bytes(), base, bytes, 0, captured);
        int found = 0;
        while (found < view.packets() && isInFrame(view.packetBytes(found), cursor.bytes())) {
            packets.at(found, view.packetAt(found) - base);
            found++;
        }
        if (found > 0 && (fit == FrameView.Fit.IP || fit == FrameView.Fit.FRAGMENT)) {
            int network = packets.at(0);
            if (!header(network)) {
                start = network;
                length -= network;
                linkType = RAW;
                tally.add(Replaced.NOT_UNDERSTOOD);
            }
            packets.redact(bytes, found, captured, cursor.length());
        } else {
            other();
        }
    }

    /** Not in a packet that was unpacked: what is redacted is the frame. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isInFrame(byte[] holder, byte[] frame) {
        return holder == frame;
    }

    private boolean header(int network) {
        return switch (linkType) {
            case ETHERNET -> link.ethernet(bytes, 0, network);
            case COOKED -> link.cooked(bytes, 6, 14, network);
            case COOKED_2 -> link.cooked(bytes, 12, 0, network);
            case NULL, LOOP, RAW, RAW_BSD, RAW_OPENBSD, IPV4_ONLY, IPV6_ONLY -> true;
            case PPP, PPP_HDLC, PPP_PPPD, PPP_WITH_DIRECTION, CISCO_HDLC, FRAME_RELAY -> network <= LONGEST_PLAIN;
            default -> false;
        };
    }

    /** A frame without a packet that can be read: ARP is understood, the rest is blanked. */
    private void other() {
        int behind = switch (linkType) {
            case ETHERNET -> link.otherEthernet(bytes, end);
            case COOKED -> link.otherCooked(bytes, 6, 14, 16, end);
            case COOKED_2 -> link.otherCooked(bytes, 12, 0, 20, end);
            default -> 0;
        };
        if (behind < end) {
            Arrays.fill(bytes, behind, end, (byte) 0);
            tally.add(Replaced.NOT_UNDERSTOOD);
        }
    }

    public byte[] bytes() {
        return bytes;
    }

    /** Where the frame begins in {@link #bytes}. */
    public int start() {
        return start;
    }

    public int captured() {
        return end - start;
    }

    /** Bytes on the wire. */
    public int length() {
        return length;
    }

    /** LINKTYPE number that the frame now has. */
    public int linkType() {
        return linkType;
    }
}
