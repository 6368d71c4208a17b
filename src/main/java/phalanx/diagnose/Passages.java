package phalanx.diagnose;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import phalanx.decode.PacketTable;

/**
 * Packets that passed a capture point more than once: twice where a router is captured on all its interfaces, again and again, each time
 * with a lower TTL, where routers send them in a loop. {@link phalanx.stitch.Journeys} hold the first passage only. One thread.
 */
final class Passages {
    /** So many passages are a loop. */
    private static final int LOOP = 3;

    /** A TTL allows no more. */
    private static final int MOST = 255;

    private final Sightings sightings;
    private final List<Map<Key, int[]>> again;

    Passages(Sightings sightings) {
        this.sightings = sightings;
        again = IntStream.range(0, sightings.stitched().captures().size())
                .mapToObj(this::rowsWithoutJourney)
                .toList();
    }

    /** A packet by what stays the same on its way past one point. */
    private record Key(int source, int destination, int ipId, int ports, int sequence, long hash) {}

    private Map<Key, int[]> rowsWithoutJourney(int capture) {
        PacketTable packets = sightings.packets(capture);
        Map<Key, int[]> rows = new HashMap<>();
        for (int row = 0; row < packets.size(); row++) {
            if (sightings.journeys().journeyAt(capture, row) < 0) {
                int[] one = {row};
                rows.merge(
                        key(packets, row),
                        one,
                        (a, b) -> a.length >= MOST
                                ? a
                                : IntStream.concat(IntStream.of(a), IntStream.of(b))
                                        .toArray());
            }
        }
        return rows;
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

    /** The rows of all passages of a packet past that point, the first one first; empty when it did not pass. */
    int[] rows(int journey, int capture) {
        int row = sightings.journeys().row(journey, capture);
        if (row < 0) {
            return new int[0];
        }
        int[] further =
                again.get(capture).isEmpty() ? null : again.get(capture).get(key(sightings.packets(capture), row));
        return further == null
                ? new int[] {row}
                : IntStream.concat(IntStream.of(row), IntStream.of(further)).toArray();
    }

    /** A packet sent again may look the same, but it does not come with a lower TTL each time. */
    boolean isLooped(int journey, int capture) {
        PacketTable packets = sightings.packets(capture);
        return !again.get(capture).isEmpty()
                && IntStream.of(rows(journey, capture))
                                .map(packets::timeToLive)
                                .distinct()
                                .count()
                        >= LOOP;
    }
}
