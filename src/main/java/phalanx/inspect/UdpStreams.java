package phalanx.inspect;

import org.jspecify.annotations.Nullable;
import phalanx.capture.FrameCursor;
import phalanx.decode.FrameView;

/** UDP conversations: endpoints that exchange datagrams. One thread. */
final class UdpStreams {
    private final FlowIndex<UdpStream> index;
    private final FlowKeyView key = new FlowKeyView();
    private long packets;
    private long bytes;

    /** Two endpoints that exchange datagrams. */
    static final class UdpStream extends Flow {
        private final int number;

        UdpStream(FlowKeyView key, int number) {
            super(key, false);
            this.number = number;
        }

        /** 0-based, in the order in which conversations began. */
        int number() {
            return number;
        }
    }

    UdpStreams(int limit) {
        index = new FlowIndex<>(limit);
    }

    /** Takes the frame's innermost UDP header. @return its conversation, null when there are too many already */
    @Nullable
    UdpStream datagram(FrameCursor cursor, FrameView view) {
        packets++;
        bytes += cursor.length();
        key.aim(view.udpIp(), view.udp().sourcePort(), view.udp().destinationPort());
        UdpStream known = index.find(key);
        if (known == null && index.hasRoom()) {
            known = new UdpStream(key, index.flows().size());
            index.add(known, null);
        }
        return known;
    }

    Inspection.Datagrams totals() {
        return new Inspection.Datagrams(index.flows().size(), packets, bytes);
    }

    /** Datagrams of conversations that there was no room for. */
    long turnedAway() {
        return index.turnedAway();
    }
}
