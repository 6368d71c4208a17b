package phalanx.diagnose;

import java.util.HashMap;
import java.util.Map;
import phalanx.decode.PacketTable;

/**
 * Packets that passed a capture point three times or more, each time with a lower TTL: they go round between routers. Twice is
 * ordinary, where a router is captured on all its interfaces. One thread.
 */
final class Loops {
    private static final int FEWEST = 3;

    private final Sightings sightings;
    private final int[][] passages;

    Loops(Sightings sightings) {
        this.sightings = sightings;
        int captures = sightings.stitched().captures().size();
        passages = new int[captures][];
        for (int capture = 0; capture < captures; capture++) {
            passages[capture] = count(capture);
        }
    }

    /** A packet by what stays the same on its way. */
    private record Key(int source, int destination, int ipId, int ports, int sequence, long hash) {}

    /** By row of the packet's first passage. Rows of packets that came by only once are not looked up by content. */
    private int[] count(int capture) {
        PacketTable packets = sightings.packets(capture);
        Map<Key, int[]> again = new HashMap<>();
        for (int row = 0; row < packets.size(); row++) {
            if (sightings.journeys().journeyAt(capture, row) < 0) {
                again.computeIfAbsent(key(packets, row), _ -> new int[1])[0]++;
            }
        }
        int[] counts = new int[again.isEmpty() ? 0 : packets.size()];
        for (int row = 0; row < counts.length; row++) {
            if (sightings.journeys().journeyAt(capture, row) >= 0) {
                counts[row] = 1 + again.getOrDefault(key(packets, row), new int[1])[0];
            }
        }
        return counts;
    }

    private static Key key(PacketTable packets, int row) {
        return new Key(
                packets.source(row),
                packets.destination(row),
                packets.ipId(row),
                packets.sourcePort(row) << 16 | packets.destinationPort(row),
                packets.sequence(row),
                packets.payloadHash(row));
    }

    boolean isLooped(int journey, int capture) {
        int row = sightings.journeys().row(journey, capture);
        return row >= 0 && row < passages[capture].length && passages[capture][row] >= FEWEST;
    }

    /** How often a packet passed that point. */
    int passages(int journey, int capture) {
        int row = sightings.journeys().row(journey, capture);
        return row >= 0 && row < passages[capture].length ? passages[capture][row] : 1;
    }
}
