package phalanx.measure;

import java.util.Arrays;
import phalanx.stitch.Conversation;
import phalanx.stitch.Stitched;

/**
 * What can be told of single packets of one side of a TCP conversation, seen at the capture point next to that side. Packets are
 * journey numbers, in the order of that point's file. Any thread; the arrays are not to be changed.
 *
 * @param capture the point
 * @param acknowledgments those that answered a segment sent once (Karn; RFC 6298 section 3)
 * @param roundTripNanos from the segment to each of these acknowledgments
 * @param retransmissions segments that sent bytes again; keep-alives not
 */
public record TcpSamples(int capture, int[] acknowledgments, long[] roundTripNanos, int[] retransmissions) {
    /** Measures one side of a TCP conversation. */
    public static TcpSamples of(Stitched stitched, Conversation conversation, boolean fromClient) {
        int capture = fromClient ? conversation.nearestToClient() : conversation.nearestToServer();
        TcpSide side = new TcpSide(stitched, conversation, capture, fromClient, true);
        return new TcpSamples(
                capture,
                journeys(stitched, capture, side.acknowledgedAt()),
                side.roundTrips().toArray(),
                journeys(stitched, capture, side.sentAgain()));
    }

    private static int[] journeys(Stitched stitched, int capture, int[] rows) {
        return Arrays.stream(rows)
                .map(row -> stitched.journeys().journeyAt(capture, row))
                .toArray();
    }
}
