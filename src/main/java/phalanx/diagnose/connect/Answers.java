package phalanx.diagnose.connect;

import java.util.Arrays;
import phalanx.decode.PacketTable;
import phalanx.diagnose.Investigation;
import phalanx.net.TcpFlags;

/** Packets that refuse others: resets, and ICMP errors that say "unreachable" (RFC 1122 section 3.2.2.1, RFC 4443 section 3.1). */
final class Answers {
    private static final int UNREACHABLE_4 = 3, UNREACHABLE_6 = 1, FRAGMENTATION_NEEDED = 4;

    private Answers() {}

    /** The refusals in the conversations of these packets. */
    static int[] refusing(Investigation investigation, int[] refused) {
        return investigation.conversations(refused).stream()
                .flatMapToInt(c -> Arrays.stream(investigation.journeys().of(c)))
                .filter(j -> isRefusal(investigation, j)
                        && investigation.journeys().direction(j)
                                != investigation.journeys().direction(refused[0]))
                .toArray();
    }

    static boolean isRefusal(Investigation investigation, int journey) {
        return isReset(investigation, journey)
                || isUnreachable(investigation.table(journey), investigation.row(journey));
    }

    static boolean isReset(Investigation investigation, int journey) {
        return (investigation.tcpFlags(journey) & TcpFlags.RST) != 0;
    }

    static boolean isUnreachable(PacketTable packets, int row) {
        return packets.hasQuote(row)
                && (packets.isV6(row)
                        ? packets.icmpType(row) == UNREACHABLE_6
                        : packets.icmpType(row) == UNREACHABLE_4 && packets.icmpCode(row) != FRAGMENTATION_NEEDED);
    }

    /** What a refusal is called: {@code a TCP reset}, {@code ICMP "communication administratively prohibited"}. */
    static String name(Investigation investigation, int[] answers) {
        if (answers.length == 0) {
            return "an answer that was not captured";
        }
        PacketTable packets = investigation.table(answers[0]);
        int row = investigation.row(answers[0]);
        if (!packets.hasQuote(row)) {
            return "a TCP reset";
        }
        int code = packets.icmpCode(row);
        String words = packets.isV6(row) ? words6(code) : words4(code);
        return "ICMP \"" + words + "\"";
    }

    /** IANA, ICMP Parameters, codes of type 3. */
    private static String words4(int code) {
        return switch (code) {
            case 0 -> "network unreachable";
            case 1 -> "host unreachable";
            case 2 -> "protocol unreachable";
            case 3 -> "port unreachable";
            case 9, 10, 13 -> "administratively prohibited";
            default -> "unreachable, code " + code;
        };
    }

    /** IANA, ICMPv6 Parameters, codes of type 1. */
    private static String words6(int code) {
        return switch (code) {
            case 0 -> "no route to destination";
            case 1 -> "administratively prohibited";
            case 3 -> "address unreachable";
            case 4 -> "port unreachable";
            case 5 -> "source address failed policy";
            case 6 -> "reject route to destination";
            default -> "unreachable, code " + code;
        };
    }
}
