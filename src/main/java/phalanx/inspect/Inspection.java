package phalanx.inspect;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import phalanx.capture.CaptureSummary;
import phalanx.run.Problem;

/**
 * What one capture shows by itself. Any thread.
 *
 * @param file as the user named it
 * @param problems damage, and what this capture cannot tell; empty for a sound file
 * @param duplicateFrames frames that are second copies, counted in {@code summary} and in nothing else
 * @param fragments4 frames with a fragment of an IPv4 packet
 * @param fragments6 frames with an IPv6 fragment header
 * @param tunnels frames by the tunnels they came through, outermost first: {@code GRE > VXLAN}
 * @param streams in the order in which they began
 * @param sctpPackets packets of SCTP, which is counted only
 */
public record Inspection(
        Path file,
        Status status,
        CaptureSummary summary,
        List<Problem> problems,
        long duplicateFrames,
        long fragments4,
        long fragments6,
        Map<String, Long> tunnels,
        List<TcpStream> streams,
        Datagrams udp,
        long sctpPackets,
        Applications applications,
        Transactions transactions,
        IcmpCounts icmp,
        IcmpCounts icmp6) {
    public Inspection {
        problems = List.copyOf(problems);
        tunnels = Collections.unmodifiableMap(new LinkedHashMap<>(tunnels)); // in their order
    }

    /** How the reading of the file ended. */
    public enum Status {
        OK,
        /** Damaged; what could be read is here. */
        PARTIAL,
        /** Not one byte could be read as a capture. */
        REFUSED;

        /** As documents name it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Of a file that could not be read at all. */
    public static Inspection refused(Path file, Problem problem) {
        return new Inspection(
                file,
                Status.REFUSED,
                new CaptureSummary("", "", 0, 0, 0, 0, 0, 0, List.of(), ""),
                List.of(problem),
                0,
                0,
                0,
                Map.of(),
                List.of(),
                new Datagrams(0, 0, 0),
                0,
                new Applications(null, new NameLookups()),
                new Transactions(),
                new IcmpCounts(),
                new IcmpCounts());
    }

    /** UDP conversations, their datagrams, and the bytes of the frames that held them. */
    public record Datagrams(long streams, long packets, long bytes) {}
}
