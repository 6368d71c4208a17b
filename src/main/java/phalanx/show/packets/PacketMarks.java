package phalanx.show.packets;

import phalanx.decode.PacketTable;
import phalanx.explain.Analysis;
import phalanx.measure.SegmentTraffic;
import phalanx.net.Direction;
import phalanx.net.SeqNumber;
import phalanx.net.TcpFlags;
import phalanx.net.Transport;
import phalanx.run.Progress;
import phalanx.stitch.Journeys;
import phalanx.stitch.Stitched;

/** What became of every packet, and where the sequence numbers of every stream begin. Immutable, any thread. */
final class PacketMarks {
    /** What the list says of a packet besides what it is. */
    enum Mark {
        NONE,
        LOST,
        RETRANSMITTED,
        REORDERED,
        DUPLICATED
    }

    private static final int CHUNK = 1 << 16;
    private static final Mark[] MARKS = Mark.values();

    private final Stitched stitched;
    private final byte[] marks;
    /** {@code [2 * conversation + direction]}. */
    private final int[] firstSequence;

    private PacketMarks(Stitched stitched) {
        this.stitched = stitched;
        marks = new byte[stitched.journeys().size()];
        firstSequence = new int[2 * stitched.conversations().size()];
    }

    /** @throws Progress.Cancelled when the work was given up */
    static PacketMarks of(Analysis analysis, Progress progress) {
        PacketMarks made = new PacketMarks(analysis.stitched());
        made.readStreams(progress);
        for (SegmentTraffic segment : analysis.measures().segments()) {
            made.mark(segment.reordered(), Mark.REORDERED);
            progress.stopIfCancelled();
        }
        for (SegmentTraffic segment : analysis.measures().segments()) {
            made.mark(segment.lost(), Mark.LOST);
            progress.stopIfCancelled();
        }
        return made;
    }

    private void mark(int[] journeys, Mark mark) {
        for (int journey : journeys) {
            marks[journey] = (byte) mark.ordinal();
        }
    }

    private void readStreams(Progress progress) {
        Journeys journeys = stitched.journeys();
        int[] highest = new int[firstSequence.length];
        boolean[] known = new boolean[firstSequence.length];
        int points = stitched.captures().size();
        for (int journey = 0; journey < marks.length; journey++) { // in the order of their first sighting
            if (journey % CHUNK == 0) {
                progress.stopIfCancelled();
            }
            int capture = 0;
            while (capture < points - 1 && journeys.row(journey, capture) < 0) {
                capture++;
            }
            PacketTable packets = stitched.captures().get(capture).packets();
            int row = journeys.row(journey, capture);
            if (journeys.copyOf(journey) >= 0) {
                marks[journey] = (byte) Mark.DUPLICATED.ordinal();
            } else if (packets.protocol(row) == Transport.PROTOCOL_TCP && packets.payloadLength(row) >= 0) {
                int stream = stream(journey);
                int length = packets.payloadLength(row)
                        + Integer.bitCount(packets.tcpFlags(row) & (TcpFlags.SYN | TcpFlags.FIN));
                int end = packets.sequence(row) + length;
                if (!known[stream]) {
                    known[stream] = true;
                    firstSequence[stream] = packets.sequence(row);
                    highest[stream] = end;
                } else if (length > 0 && SeqNumber.isBefore(highest[stream], end)) {
                    highest[stream] = end;
                } else if (length > 1 || length == 1 && packets.sequence(row) != highest[stream] - 1) { // no keep-alive
                    marks[journey] = (byte) Mark.RETRANSMITTED.ordinal();
                }
            }
        }
    }

    private int stream(int journey) {
        boolean toServer = stitched.journeys().direction(journey) == Direction.CLIENT_TO_SERVER;
        return 2 * stitched.journeys().conversation(journey) + (toServer ? 0 : 1);
    }

    /** @param journey {@link phalanx.show.Selection#NONE} for a frame that is none */
    Mark of(int journey) {
        return journey < 0 ? Mark.NONE : MARKS[marks[journey]];
    }

    /** The sequence number by which the packet's stream begins. */
    int firstSequence(int journey) {
        return firstSequence[stream(journey)];
    }

    /** As {@link #firstSequence}, of the other direction. */
    int firstAcknowledged(int journey) {
        return firstSequence[stream(journey) ^ 1];
    }
}
