package phalanx.show.charts;

import java.util.BitSet;
import phalanx.decode.PacketTable;
import phalanx.show.Selection;
import phalanx.stitch.Conversation;
import phalanx.stitch.Journeys;
import phalanx.stitch.Stitched;

/** Packets at the capture point next to their sender, with their bytes. Any thread. */
final class SentPackets {
    private SentPackets() {}

    /**
     * Those packets, each of which was seen at its point.
     *
     * @param packets bits by journey
     * @param capture the point in place of the one next to the sender, {@link Selection#NONE} for that one
     * @param payload whether the bytes that a packet carries count, else those of its IP datagram
     */
    static Samples of(Stitched stitched, BitSet packets, int capture, boolean payload) {
        int[] journeys = packets.stream().toArray();
        long[] when = new long[journeys.length];
        int[] bytes = new int[journeys.length];
        for (int i = 0; i < journeys.length; i++) {
            int point = point(stitched, capture, journeys[i]);
            int row = stitched.journeys().row(journeys[i], point);
            PacketTable table = stitched.captures().get(point).packets();
            when[i] = stitched.commonNanos(point, row);
            bytes[i] = payload ? Math.max(0, table.payloadLength(row)) : table.ipLength(row);
        }
        return Samples.of(when, bytes, journeys);
    }

    /** Where a packet is measured: at {@code capture}, at the point next to its sender for {@link Selection#NONE}. */
    static int point(Conversation of, boolean fromClient, int capture) {
        return capture != Selection.NONE ? capture : fromClient ? of.nearestToClient() : of.nearestToServer();
    }

    private static int point(Stitched stitched, int capture, int journey) {
        Journeys all = stitched.journeys();
        Conversation of = stitched.conversations().get(all.conversation(journey));
        return point(of, all.direction(journey) == of.clientDirection(), capture);
    }
}
