package phalanx.share;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import phalanx.capture.CaptureSummary;
import phalanx.explain.FactFormat;
import phalanx.inspect.Applications;
import phalanx.inspect.IcmpCounts;
import phalanx.inspect.Inspection;
import phalanx.inspect.ResponseTimes;
import phalanx.inspect.RtpStream;
import phalanx.inspect.StreamSide;
import phalanx.inspect.TcpFlag;
import phalanx.inspect.TcpStream;
import phalanx.inspect.TimeShare;
import phalanx.inspect.Transaction;
import phalanx.inspect.Transactions;
import phalanx.run.ForeignText;
import phalanx.run.Problem;

/** One capture for a terminal: what it is, what it cannot tell, what it carries, its most troubled streams. */
public final class InspectionText {
    private static final int STREAMS_SHOWN = 15, TRANSACTIONS_SHOWN = 5, RTP_SHOWN = 4;

    private final TerminalText text;

    /** @param colours whether ANSI colours may be used */
    public InspectionText(boolean colours) {
        text = new TerminalText(colours);
    }

    /** Writes and flushes. */
    public void write(Inspection inspection, Writer writer) {
        PrintWriter out = new PrintWriter(writer);
        CaptureSummary summary = inspection.summary();
        out.println(text.paint(TerminalText.BOLD, ForeignText.line(String.valueOf(inspection.file()))));
        if (inspection.status() != Inspection.Status.REFUSED) {
            writeFile(out, summary);
        }
        for (Problem problem : inspection.problems()) {
            String colour = inspection.status() == Inspection.Status.OK ? TerminalText.YELLOW : TerminalText.RED;
            String lead = "  " + text.paint(colour, problem.code()) + "  ";
            text.wrap(out, lead, 12, ForeignText.line(problem.what()) + " " + ForeignText.line(problem.remedy()));
        }
        out.println();
        if (inspection.status() != Inspection.Status.REFUSED) {
            writeProtocols(out, inspection);
            writeTransactions(out, inspection);
            writeStreams(out, inspection.streams());
        }
        out.flush();
    }

    private static void writeFile(PrintWriter out, CaptureSummary summary) {
        String wrapped = summary.compression().isEmpty() ? "" : " in " + summary.compression();
        out.println("  %s%s, %s frames, %s bytes on the wire"
                .formatted(
                        summary.format(),
                        wrapped,
                        FactFormat.count(summary.frames()),
                        FactFormat.count(summary.bytes())));
        if (summary.frames() > 0) {
            out.println("  %s, %s"
                    .formatted(
                            FactFormat.time(summary.firstNanos()),
                            FactFormat.duration(summary.lastNanos() - summary.firstNanos())));
        }
        if (!summary.redaction().isEmpty()) {
            out.println("  " + summary.redaction());
        }
        List<String> names = new ArrayList<>();
        for (CaptureSummary.Interface one : summary.interfaces()) {
            String name = one.name().isEmpty() ? "interface " + one.id() : ForeignText.line(one.name());
            names.add(name + " (LINKTYPE " + one.linkType() + ", " + FactFormat.count(one.frames()) + " frames)");
        }
        int more = names.size() - 4;
        out.println("  " + names.stream().limit(4).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more interfaces" : ""));
    }

    private void writeProtocols(PrintWriter out, Inspection inspection) {
        Applications all = inspection.applications();
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"Protocol", "what was seen", "response time p50", "slowest", "frame"});
        if (!inspection.streams().isEmpty()) {
            rows.add(row("TCP", FactFormat.count(inspection.streams().size()) + " streams"));
        }
        if (inspection.udp().packets() > 0) {
            rows.add(row(
                    "UDP",
                    "%s datagrams, %s conversations"
                            .formatted(
                                    FactFormat.count(inspection.udp().packets()),
                                    FactFormat.count(inspection.udp().streams()))));
        }
        icmp(rows, "ICMP", inspection.icmp());
        icmp(rows, "ICMPv6", inspection.icmp6());
        inspection
                .tunnels()
                .forEach((stack, frames) ->
                        rows.add(row("Tunnel", stack + ", " + FactFormat.count(frames) + " frames")));
        if (inspection.fragments4() + inspection.fragments6() > 0) {
            rows.add(row("Fragments", FactFormat.count(inspection.fragments4() + inspection.fragments6()) + " frames"));
        }
        if (all.dns().queries() + all.dns().responses() > 0) {
            rows.add(timed(
                    "DNS",
                    "%s queries, %s responses%s"
                            .formatted(
                                    FactFormat.count(all.dns().queries()),
                                    FactFormat.count(all.dns().responses()),
                                    failures(all.dns().responseCodes().byNumber(), 0, 0, "RCODE")),
                    all.dns().times()));
        }
        if (all.http().requests() + all.http().responses() > 0) {
            rows.add(timed(
                    "HTTP",
                    "%s requests, %s responses%s"
                            .formatted(
                                    FactFormat.count(all.http().requests()),
                                    FactFormat.count(all.http().responses()),
                                    failures(all.http().codes().byNumber(), 100, 399, "status")),
                    all.http().times()));
        }
        if (all.tls().clientHellos() + all.tls().serverHellos() > 0) {
            String versions = all.tls().versions().keySet().stream().collect(Collectors.joining(", "));
            rows.add(row(
                    "TLS",
                    "%s client hellos, %s server hellos, %s alerts%s"
                            .formatted(
                                    FactFormat.count(all.tls().clientHellos()),
                                    FactFormat.count(all.tls().serverHellos()),
                                    FactFormat.count(all.tls().alerts()),
                                    versions.isEmpty() ? "" : ", " + versions)));
        }
        if (all.quic().initials() > 0) {
            rows.add(row("QUIC", FactFormat.count(all.quic().initials()) + " initials"));
        }
        if (all.http().http2Frames() > 0) {
            rows.add(row(
                    "HTTP/2",
                    "%s frames in clear text, %s with headers"
                            .formatted(
                                    FactFormat.count(all.http().http2Frames()),
                                    FactFormat.count(all.http().http2Headers()))));
        }
        if (inspection.sctpPackets() > 0) {
            rows.add(row("SCTP", FactFormat.count(inspection.sctpPackets()) + " packets"));
        }
        all.rtp().all().stream().limit(RTP_SHOWN).forEach(stream -> rows.add(rtp(stream)));
        if (rows.size() > 1) {
            text.table(out, rows, 2);
        }
    }

    private static String[] rtp(RtpStream stream) {
        String jitter = stream.clockKnown() ? ", jitter " + FactFormat.duration(stream.jitterNanos()) : "";
        return row(
                "RTP",
                "SSRC 0x%08x: %s packets, %s lost%s"
                        .formatted(
                                stream.source(),
                                FactFormat.count(stream.packets()),
                                FactFormat.share(stream.lost(), stream.lost() + stream.packets()),
                                jitter));
    }

    private static String[] row(String protocol, String seen) {
        return new String[] {protocol, seen, "", "", ""};
    }

    private static void icmp(List<String[]> rows, String name, IcmpCounts counts) {
        if (!counts.byType().isEmpty()) {
            rows.add(row(
                    name,
                    counts.byType().entrySet().stream()
                            .limit(6)
                            .map(entry -> "type " + entry.getKey() + " x " + FactFormat.count(entry.getValue()))
                            .collect(Collectors.joining(", "))));
        }
    }

    private static String failures(Map<Integer, Long> codes, int from, int to, String what) {
        String bad = codes.entrySet().stream()
                .filter(entry -> entry.getKey() < from || entry.getKey() > to)
                .limit(4)
                .map(entry -> what + " " + entry.getKey() + " x " + FactFormat.count(entry.getValue()))
                .collect(Collectors.joining(", "));
        return bad.isEmpty() ? "" : ", " + bad;
    }

    private static String[] timed(String protocol, String seen, ResponseTimes times) {
        if (times.size() == 0) {
            return row(protocol, seen);
        }
        long[] sorted = new long[times.size()];
        int slowest = 0;
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = times.nanos(i);
            slowest = times.nanos(i) > times.nanos(slowest) ? i : slowest;
        }
        Arrays.sort(sorted);
        return new String[] {
            protocol,
            seen,
            FactFormat.duration(sorted[sorted.length / 2]),
            FactFormat.duration(times.nanos(slowest)),
            FactFormat.count(times.frame(slowest))
        };
    }

    private void writeTransactions(PrintWriter out, Inspection inspection) {
        Transactions all = inspection.transactions();
        if (all.count() == 0) {
            return;
        }
        List<String[]> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("Where the time of requests went", "frame", "total"));
        List<String> sums = new ArrayList<>(List.of("all " + FactFormat.count(all.count()) + " together", ""));
        long total = 0;
        for (TimeShare share : TimeShare.values()) {
            total += all.nanos(share);
            head.add(share.word());
        }
        sums.add(FactFormat.duration(total));
        for (TimeShare share : TimeShare.values()) {
            sums.add(all.nanos(share) == 0 ? "." : FactFormat.percent(all.nanos(share), total));
        }
        rows.add(head.toArray(String[]::new));
        rows.add(sums.toArray(String[]::new));
        for (Transaction one : all.slowest().stream().limit(TRANSACTIONS_SHOWN).toList()) {
            TcpStream stream = inspection.streams().get(one.stream());
            List<String> row = new ArrayList<>();
            row.add("to " + stream.b());
            row.add(FactFormat.count(one.frame()));
            row.add(FactFormat.duration(one.nanos()));
            for (long share : one.shares()) {
                row.add(share == 0 ? "." : FactFormat.percent(share, one.nanos()));
            }
            rows.add(row.toArray(String[]::new));
        }
        text.table(out, rows, 1);
    }

    private void writeStreams(PrintWriter out, List<TcpStream> streams) {
        if (streams.isEmpty()) {
            return;
        }
        List<TcpStream> shown = streams.stream()
                .sorted(Comparator.comparingLong(InspectionText::trouble)
                        .reversed()
                        .thenComparing(
                                Comparator.comparingLong(InspectionText::bytes).reversed()))
                .limit(STREAMS_SHOWN)
                .toList();
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {
            "TCP stream, most troubled first",
            "#",
            "packets",
            "bytes",
            "lasted",
            "handshake",
            "rtt",
            "again",
            "late",
            "gaps",
            "dup",
            "zero",
            "rst"
        });
        for (TcpStream stream : shown) {
            rows.add(new String[] {
                stream.a() + " > " + stream.b(),
                String.valueOf(stream.number()),
                FactFormat.count(stream.fromA().packets() + stream.fromB().packets()),
                FactFormat.count(bytes(stream)),
                FactFormat.duration(stream.lastNanos() - stream.firstNanos()),
                stream.handshakeNanos() < 0 ? "-" : FactFormat.duration(stream.handshakeNanos()),
                rtt(stream),
                both(stream, side -> side.count(TcpFlag.RETRANSMISSION)),
                both(stream, side -> side.count(TcpFlag.OUT_OF_ORDER)),
                both(stream, side -> side.count(TcpFlag.LOST_SEGMENT) + side.count(TcpFlag.ACK_LOST_SEGMENT)),
                both(stream, side -> side.count(TcpFlag.DUPLICATE_ACK)),
                both(stream, side -> side.count(TcpFlag.ZERO_WINDOW)),
                both(stream, StreamSide::rst)
            });
        }
        text.table(out, rows, 1);
        if (streams.size() > shown.size()) {
            out.println(
                    "%d of %s streams; --json has all. \"again\" retransmissions, \"late\" out of order, \"gaps\" not captured."
                            .formatted(shown.size(), FactFormat.count(streams.size())));
            out.println();
        }
    }

    private static String rtt(TcpStream stream) {
        long a = stream.fromA().ackTimes().count() == 0
                ? 0
                : stream.fromA().ackTimes().median();
        long b = stream.fromB().ackTimes().count() == 0
                ? 0
                : stream.fromB().ackTimes().median();
        return a + b == 0 ? "-" : FactFormat.duration(a + b);
    }

    private static String both(TcpStream stream, ToIntFunction<StreamSide> figure) {
        int sum = figure.applyAsInt(stream.fromA()) + figure.applyAsInt(stream.fromB());
        return sum == 0 ? "." : FactFormat.count(sum);
    }

    private static long trouble(TcpStream stream) {
        long sum = 0;
        for (StreamSide side : List.of(stream.fromA(), stream.fromB())) {
            sum += 3L * side.count(TcpFlag.RETRANSMISSION)
                    + side.count(TcpFlag.OUT_OF_ORDER)
                    + side.count(TcpFlag.LOST_SEGMENT)
                    + side.count(TcpFlag.DUPLICATE_ACK)
                    + 3L * side.count(TcpFlag.ZERO_WINDOW)
                    + side.rst();
        }
        return sum;
    }

    private static long bytes(TcpStream stream) {
        return stream.fromA().bytes() + stream.fromB().bytes();
    }
}
