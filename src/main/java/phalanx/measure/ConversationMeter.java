package phalanx.measure;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import phalanx.decode.PacketTable;
import phalanx.net.TcpFlags;
import phalanx.net.Transport;
import phalanx.stitch.Conversation;
import phalanx.stitch.Journeys;
import phalanx.stitch.Stitched;

/** Figures of one conversation, each taken where it can be seen best: what a host sends, next to that host. One thread. */
final class ConversationMeter {
    private final Stitched stitched;
    private final Journeys journeys;
    private final SecondMeter seconds;

    /** @param seconds told of all round trips and answers */
    ConversationMeter(Stitched stitched, SecondMeter seconds) {
        this.stitched = stitched;
        this.seconds = seconds;
        journeys = stitched.journeys();
    }

    ConversationMetrics measure(Conversation conversation) {
        int[] own = journeys.of(conversation.id());
        int atClient = conversation.nearestToClient();
        int atServer = conversation.nearestToServer();
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        long[] bytes = new long[2];
        long[] packets = new long[2];
        for (int journey : own) {
            boolean fromClient = journeys.direction(journey) == conversation.clientDirection();
            int side = fromClient ? 0 : 1;
            int sender = fromClient ? atClient : atServer;
            if (journeys.row(journey, sender) >= 0) {
                bytes[side] += stitched.captures().get(sender).packets().ipLength(journeys.row(journey, sender));
                packets[side]++;
            }
            for (int c = 0; c < stitched.captures().size(); c++) {
                if (journeys.row(journey, c) >= 0) {
                    long when = stitched.commonNanos(c, journeys.row(journey, c));
                    first = Math.min(first, when);
                    last = Math.max(last, when);
                }
            }
        }
        if (conversation.transport() != Transport.TCP) {
            return new ConversationMetrics(
                    conversation,
                    first,
                    last,
                    bytes,
                    packets,
                    new long[2],
                    OptionalLong.empty(),
                    new Exchange(stitched, conversation, atClient).answerTimes((_, _, _) -> {}),
                    answerTimes(conversation, atServer),
                    rate(bytes, first, last),
                    Optional.empty());
        }
        TcpSide client = new TcpSide(stitched, conversation, atClient, true, true);
        TcpSide server = new TcpSide(stitched, conversation, atServer, false, true);
        tellRoundTrips(client, atClient);
        tellRoundTrips(server, atServer);
        long[] roundTrips =
                LongStream.concat(client.roundTrips(), server.roundTrips()).toArray();
        return new ConversationMetrics(
                conversation,
                first,
                last,
                bytes,
                packets,
                new long[] {client.retransmissions(), server.retransmissions()},
                handshake(conversation, atClient),
                roundTrips.length == 0 ? Optional.empty() : Optional.of(Delays.summary(roundTrips)),
                answerTimes(conversation, atServer),
                rate(bytes, first, last),
                FlowLimitMeter.of(stitched, conversation, bytes[0] > bytes[1]));
    }

    private Optional<DelaySummary> answerTimes(Conversation conversation, int atServer) {
        return new Exchange(stitched, conversation, atServer)
                .answerTimes((_, answer, nanos) -> seconds.response(atServer, journeys.row(answer, atServer), nanos));
    }

    private void tellRoundTrips(TcpSide side, int capture) {
        int[] rows = side.acknowledgedAt();
        long[] nanos = side.roundTrips().toArray();
        for (int i = 0; i < rows.length; i++) {
            seconds.roundTrip(capture, rows[i], nanos[i]);
        }
    }

    private static double rate(long[] bytes, long first, long last) {
        return last > first ? 8e9 * Math.max(bytes[0], bytes[1]) / (last - first) : 0;
    }

    /** From the last SYN to the ACK that completes the handshake (RFC 9293 section 3.5). */
    private OptionalLong handshake(Conversation conversation, int capture) {
        PacketTable packets = stitched.captures().get(capture).packets();
        long syn = 0;
        int expected = 0;
        boolean asked = false;
        boolean answered = false;
        for (int journey : journeys.of(conversation.id(), capture)) {
            int row = journeys.row(journey, capture);
            if (packets.protocol(row) != Transport.PROTOCOL_TCP) {
                continue;
            }
            int flags = packets.tcpFlags(row) & (TcpFlags.SYN | TcpFlags.ACK | TcpFlags.RST);
            boolean fromClient = journeys.direction(journey) == conversation.clientDirection();
            if (fromClient && flags == TcpFlags.SYN) {
                syn = packets.timeNanos(row);
                asked = true;
            } else if (!fromClient && flags == (TcpFlags.SYN | TcpFlags.ACK)) {
                expected = packets.sequence(row) + 1;
                answered = asked;
            } else if (fromClient && answered && flags == TcpFlags.ACK && packets.acknowledgment(row) == expected) {
                return OptionalLong.of(packets.timeNanos(row) - syn);
            }
        }
        return OptionalLong.empty();
    }
}
