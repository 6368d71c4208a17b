package phalanx.measure;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import phalanx.decode.PacketTable;
import phalanx.measure.HeaderFacts.End;
import phalanx.net.TcpFlags;
import phalanx.net.Transport;
import phalanx.stitch.Conversation;
import phalanx.stitch.Journeys;
import phalanx.stitch.Stitched;

/** Reads the headers of one conversation once. One thread. */
final class HeaderReading {
    private static final int[] NO_VLAN = {};

    private final int[] maximumSegmentSize = {-1, -1};
    private final int[] windowScale = {-1, -1};
    private final int[] lowestTtl = {-1, -1};
    private final int[] highestTtl = {-1, -1};
    private final int[] smallestWindow = {Integer.MAX_VALUE, Integer.MAX_VALUE};
    private final boolean[] syn = new boolean[2];
    private final boolean[] fin = new boolean[2];
    private boolean data;
    private @Nullable Application application;
    private int resets;
    private int zeroWindows;
    private long codepoints;
    private int[] vlans = NO_VLAN;

    private HeaderReading() {}

    static HeaderFacts of(Stitched stitched, Conversation conversation) {
        HeaderReading reading = new HeaderReading();
        Journeys journeys = stitched.journeys();
        for (int journey : journeys.of(conversation.id())) {
            int side = journeys.direction(journey) == conversation.clientDirection() ? 0 : 1;
            int sender = side == 0 ? conversation.nearestToClient() : conversation.nearestToServer();
            if (journeys.row(journey, sender) >= 0) {
                reading.read(stitched.captures().get(sender).packets(), journeys.row(journey, sender), side);
            }
            for (Conversation.Leg leg : conversation.legs()) {
                int row = journeys.row(journey, leg.capture());
                if (row >= 0) {
                    reading.vlan(
                            stitched.captures().get(leg.capture()).packets().vlan(row));
                }
            }
        }
        return reading.facts(conversation.transport());
    }

    private void read(PacketTable packets, int row, int side) {
        if (packets.hasQuote(row)) {
            return; // an ICMP error about the conversation, from a third party
        }
        int ttl = packets.timeToLive(row);
        lowestTtl[side] = lowestTtl[side] < 0 ? ttl : Math.min(lowestTtl[side], ttl);
        highestTtl[side] = Math.max(highestTtl[side], ttl);
        codepoints |= 1L << (packets.trafficClass(row) >>> 2);
        if (application == null) {
            application = Application.of(packets, row);
        }
        if (packets.protocol(row) == Transport.PROTOCOL_TCP) {
            segment(packets, row, side);
        }
    }

    private void segment(PacketTable packets, int row, int side) {
        int flags = packets.tcpFlags(row);
        data |= packets.payloadLength(row) > 0;
        if ((flags & TcpFlags.RST) != 0) {
            resets++;
        } else if ((flags & TcpFlags.SYN) != 0) {
            syn[side] = true;
            maximumSegmentSize[side] = packets.maximumSegmentSize(row);
            windowScale[side] = packets.windowScale(row);
        } else {
            fin[side] |= (flags & TcpFlags.FIN) != 0;
            smallestWindow[side] = Math.min(smallestWindow[side], packets.window(row));
            zeroWindows += packets.window(row) == 0 ? 1 : 0;
        }
    }

    private void vlan(int id) {
        if (id < 0 || vlans.length == HeaderFacts.MOST_VLANS) {
            return;
        }
        for (int seen : vlans) {
            if (seen == id) {
                return;
            }
        }
        vlans = Arrays.copyOf(vlans, vlans.length + 1);
        vlans[vlans.length - 1] = id;
    }

    private HeaderFacts facts(Transport transport) {
        return new HeaderFacts(
                application,
                transport == Transport.TCP ? end() : End.NONE,
                resets,
                zeroWindows,
                smallestWindow(),
                maximumSegmentSize,
                windowScale,
                lowestTtl,
                highestTtl,
                codepoints,
                vlans);
    }

    private End end() {
        boolean connected = syn[1] || data || !syn[0];
        if (resets > 0) {
            return connected ? End.RESET : End.REJECTED;
        }
        if (fin[0] && fin[1]) {
            return End.CLOSED;
        }
        if (fin[0] || fin[1]) {
            return End.HALF_CLOSED;
        }
        return connected ? End.OPEN : End.UNANSWERED;
    }

    /** Windows are scaled only when both sides offered it (RFC 7323 section 2.2); 0 needs no scale. */
    private int smallestWindow() {
        boolean both = windowScale[0] >= 0 && windowScale[1] >= 0;
        int smallest = Integer.MAX_VALUE;
        for (int side = 0; side < 2; side++) {
            if (smallestWindow[side] == 0) {
                return 0;
            }
            if (syn[side] && smallestWindow[side] < Integer.MAX_VALUE) {
                smallest = Math.min(smallest, smallestWindow[side] << (both ? Math.min(14, windowScale[side]) : 0));
            }
        }
        return smallest == Integer.MAX_VALUE ? -1 : smallest;
    }
}
