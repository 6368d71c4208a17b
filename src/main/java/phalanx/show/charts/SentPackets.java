package phalanx.show.charts;

import java.util.BitSet;
import phalanx.decode.PacketTable;
import phalanx.show.Selection;
import phalanx.stitch.Conversation;
import phalanx.stitch.Journeys;
import phalanx.stitch.Stitched;
import phalanx.stitch.TimeOrder;

/** Packets at the capture point next to their sender, with their bytes. Immutable, any thread. @param journeys by time */
record SentPackets(long[] when, int[] bytes, int[] journeys) implements Samples {
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
        boolean sorted = true;
        for (int i = 0; i < journeys.length; i++) {
            int point = point(stitched, capture, journeys[i]);
            int row = stitched.journeys().row(journeys[i], point);
            PacketTable table = stitched.captures().get(point).packets();
            when[i] = stitched.commonNanos(point, row);
            bytes[i] = payload ? Math.max(0, table.payloadLength(row)) : table.ipLength(row);
            sorted &= i == 0 || when[i] >= when[i - 1];
        }
        return sorted ? new SentPackets(when, bytes, journeys) : sorted(when, bytes, journeys);
    }

    private static Samples sorted(long[] when, int[] bytes, int[] journeys) {
        int[] order = TimeOrder.of(when);
        SentPackets sorted = new SentPackets(new long[order.length], new int[order.length], new int[order.length]);
        for (int i = 0; i < order.length; i++) {
            sorted.when[i] = when[order[i]];
            sorted.bytes[i] = bytes[order[i]];
            sorted.journeys[i] = journeys[order[i]];
        }
        return sorted;
    }

    /** Where a packet is measured: at {@code capture}, at the point next to its sender for {@link Selection#NONE}. */
    static int point(Stitched stitched, int capture, int journey) {
        if (capture != Selection.NONE) {
            return capture;
        }
        Journeys all = stitched.journeys();
        Conversation conversation = stitched.conversations().get(all.conversation(journey));
        return all.direction(journey) == conversation.clientDirection()
                ? conversation.nearestToClient()
                : conversation.nearestToServer();
    }

    @Override
    public int size() {
        return when.length;
    }

    @Override
    public long nanos(int index) {
        return when[index];
    }

    @Override
    public long value(int index) {
        return bytes[index];
    }

    @Override
    public int journey(int index) {
        return journeys[index];
    }
}
