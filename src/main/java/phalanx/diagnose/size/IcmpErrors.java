package phalanx.diagnose.size;

import java.util.Arrays;
import phalanx.decode.PacketTable;
import phalanx.diagnose.Investigation;
import phalanx.measure.SegmentTraffic;
import phalanx.net.Direction;
import phalanx.stitch.Conversation;
import phalanx.stitch.Journeys;

/** ICMP errors that say a packet was too big (RFC 1191 section 4, RFC 4443 section 3.2), by the conversations they belong to. */
final class IcmpErrors {
    private IcmpErrors() {}

    /** Errors about size, in the conversations of these packets. */
    static int[] about(Investigation investigation, int[] packets) {
        return investigation.conversations(packets).stream()
                .flatMapToInt(c -> Arrays.stream(investigation.journeys().of(c)))
                .filter(j -> saysTooBig(investigation, j))
                .toArray();
    }

    /** Whether any such error got as far as the capture point nearest to the sender of these packets. */
    static boolean reachSender(Investigation investigation, SegmentTraffic segment, int[] packets) {
        Journeys journeys = investigation.journeys();
        for (int error : about(investigation, packets)) {
            Conversation conversation = investigation.conversation(error);
            boolean senderIsClient = segment.counts().direction() == conversation.clientDirection();
            int nearest = senderIsClient ? conversation.nearestToClient() : conversation.nearestToServer();
            Direction towardsSender = segment.counts().direction().reversed();
            if (journeys.direction(error) == towardsSender && journeys.row(error, nearest) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean saysTooBig(Investigation investigation, int journey) {
        PacketTable packets = investigation.table(journey);
        int row = investigation.row(journey);
        int type = packets.icmpType(row);
        return packets.hasQuote(row) && (packets.isV6(row) ? type == 2 : type == 3 && packets.icmpCode(row) == 4);
    }
}
