package phalanx.show.packets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import phalanx.diagnose.Evidence;
import phalanx.diagnose.Finding;
import phalanx.net.Endpoint;
import phalanx.net.IpAddress;
import phalanx.stitch.Conversation;

/**
 * The same packets in the words of Wireshark, tshark and tcpdump. Streams are named by addresses and ports, because each file numbers
 * them otherwise. Any thread.
 */
public final class OtherTools {
    /** Wireshark refuses filters that are much longer. */
    private static final int MOST_FRAMES = 500;

    private OtherTools() {}

    /** Wireshark's display filter for one frame of a file. */
    public static String frame(long number) {
        return "frame.number == " + number;
    }

    /** Wireshark's display filter for a conversation with the addresses that it has at one capture point. */
    public static String conversation(Conversation of, Conversation.Leg at) {
        String addresses =
                address("ip.addr", "ipv6.addr", at.client()) + " && " + address("ip.addr", "ipv6.addr", at.server());
        return switch (of.transport()) {
            case TCP, UDP -> {
                String port = of.transport().word().toLowerCase(Locale.ROOT) + ".port == ";
                yield addresses + " && " + port + at.client().port() + " && " + port
                        + at.server().port();
            }
            case ICMP -> addresses + (at.client().address().version() == 6 ? " && icmpv6" : " && icmp");
            case OTHER -> addresses;
        };
    }

    private static String address(String four, String six, Endpoint of) {
        IpAddress address = of.address();
        return (address.version() == 6 ? six : four) + " == " + address;
    }

    /** Wireshark's display filter for the packets of one capture point that prove a finding, at most some hundreds; empty for none. */
    public static String finding(Finding of, int capture) {
        List<String> frames = new ArrayList<>();
        for (Evidence evidence : of.evidence()) {
            for (long frame : evidence.capture() == capture ? evidence.frames() : new long[0]) {
                if (frames.size() < MOST_FRAMES) {
                    frames.add(Long.toString(frame));
                }
            }
        }
        return frames.isEmpty() ? "" : "frame.number in {" + String.join(", ", frames) + "}";
    }

    /** tcpdump's filter for a conversation with the addresses that it has at one capture point (pcap-filter(7)). */
    public static String capture(Conversation of, Conversation.Leg at) {
        String hosts =
                "host " + at.client().address() + " and host " + at.server().address();
        return switch (of.transport()) {
            case TCP, UDP -> {
                String word = of.transport().word().toLowerCase(Locale.ROOT);
                yield word + " and " + hosts + " and port " + at.client().port() + " and port "
                        + at.server().port();
            }
            case ICMP -> (at.client().address().version() == 6 ? "icmp6 and " : "icmp and ") + hosts;
            case OTHER -> hosts;
        };
    }

    /** The command that opens a file in Wireshark at a frame; what is to be run, argument by argument. */
    public static List<String> wireshark(Path file, long frame) {
        return List.of("wireshark", "-r", file.toString(), "-g", Long.toString(frame));
    }

    /** A command as a shell reads it. */
    public static String shell(List<String> command) {
        return String.join(
                " ",
                command.stream()
                        .map(word -> word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
                        .toList());
    }
}
