package phalanx.measure;

import java.util.List;
import phalanx.decode.PacketTable;
import phalanx.net.Direction;
import phalanx.net.SeqNumber;
import phalanx.net.TcpFlags;
import phalanx.net.Transport;
import phalanx.run.Progress;
import phalanx.stitch.Journeys;
import phalanx.stitch.Stitched;

/**
 * What became of every packet, a byte each, and where the sequence numbers of every TCP stream begin. Immutable, any
 * thread.
 */
public final class PacketFates {
    /** Seen on one side of a segment, never on the other. */
    public static final int LOST = 1;
    /** Carries only bytes that its sender had sent before. */
    public static final int AGAIN = 2;
    /** Doubled on the way. */
    public static final int COPY = 4;
    /** Overtaken by a packet that had left later. */
    public static final int LATE = 8;

    /** An ICMP or ICMPv6 message. */
    public static final int ICMP = 16;
    /** Went by a point that did not record it. */
    public static final int UNCAPTURED = 32;
    /** Sent by a device between the points. */
    public static final int MADE = 64;
    /** Travels from the client's end of the path to the server's. */
    public static final int TO_SERVER = 128;

    private static final int CHUNK = 1 << 16;

    private final Stitched stitched;
    private final List<Integer> clientFirst;
    private final byte[] fates;
    /** {@code [2 * conversation + direction]}. */
    private final int[] firstSequence;

    private PacketFates(Stitched stitched) {
        this.stitched = stitched;
        clientFirst = stitched.clientFirst();
        fates = new byte[stitched.journeys().size()];
        firstSequence = new int[2 * stitched.conversations().size()];
    }

    /** Follows all packets once. @throws Progress.Cancelled when the work was given up */
    public static PacketFates of(Stitched stitched, List<SegmentTraffic> segments, Progress progress) {
        PacketFates made = new PacketFates(stitched);
        for (SegmentTraffic segment : segments) {
            made.mark(segment.lost(), LOST);
            made.mark(segment.reordered(), LATE);
            made.mark(segment.originated(), MADE);
            made.mark(segment.missingFromCapture(), UNCAPTURED);
            progress.stopIfCancelled();
        }
        made.readPackets(progress);
        return made;
    }

    private void mark(int[] journeys, int fate) {
        for (int journey : journeys) {
            fates[journey] |= (byte) fate;
        }
    }

    private void readPackets(Progress progress) {
        Journeys journeys = stitched.journeys();
        int streams = firstSequence.length;
        int[] highest = new int[streams];
        boolean[] known = new boolean[streams];
        for (int journey = 0; journey < fates.length; journey++) { // in the order of their first sighting
            if (journey % CHUNK == 0) {
                progress.stopIfCancelled();
            }
            int capture = firstCapture(journey);
            int row = journeys.row(journey, capture);
            PacketTable packets = stitched.captures().get(capture).packets();
            boolean toServer = journeys.direction(journey) == Direction.CLIENT_TO_SERVER;
            mark(journey, toServer, TO_SERVER);
            mark(journey, journeys.copyOf(journey) >= 0, COPY);
            mark(journey, packets.icmpType(row) >= 0, ICMP);
            if (packets.protocol(row) == Transport.PROTOCOL_TCP && packets.payloadLength(row) >= 0) {
                int stream = stream(journey, toServer);
                int counted = Integer.bitCount(packets.tcpFlags(row) & (TcpFlags.SYN | TcpFlags.FIN));
                int length = packets.payloadLength(row) + counted;
                int end = packets.sequence(row) + length;
                if (!known[stream]) {
                    known[stream] = true;
                    firstSequence[stream] = packets.sequence(row);
                    highest[stream] = end;
                } else if (length > 0 && SeqNumber.isBefore(highest[stream], end)) {
                    highest[stream] = end;
                } else {
                    boolean keepAlive = length <= 1 && counted == 0 && packets.sequence(row) == highest[stream] - 1;
                    mark(journey, length > 0 && !keepAlive && journeys.copyOf(journey) < 0, AGAIN);
                }
            }
        }
    }

    private void mark(int journey, boolean so, int fate) {
        fates[journey] |= (byte) (so ? fate : 0);
    }

    private int stream(int journey, boolean toServer) {
        return 2 * stitched.journeys().conversation(journey) + (toServer ? 0 : 1);
    }

    /** The capture that saw the packet first on its way. */
    public int firstCapture(int journey) {
        boolean toServer = stitched.journeys().direction(journey) == Direction.CLIENT_TO_SERVER;
        int last = clientFirst.size() - 1;
        for (int i = 0; i <= last; i++) {
            int capture = clientFirst.get(toServer ? i : last - i);
            if (stitched.journeys().row(journey, capture) >= 0) {
                return capture;
            }
        }
        throw new IllegalStateException("journey " + journey + " was never seen");
    }

    /** Bits of {@link #LOST} and so on. */
    public int of(int journey) {
        return fates[journey] & 0xFF;
    }

    /** The first sequence number that one side of the packet's conversation was seen to send, 0 when it was not seen to send. */
    public int firstSequence(int journey, boolean toServer) {
        return firstSequence[stream(journey, toServer)];
    }
}
