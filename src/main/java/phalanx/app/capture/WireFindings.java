package phalanx.app.capture;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import phalanx.agents.observe.Proof;
import phalanx.agents.observe.Subject;
import phalanx.agents.observe.WireFault;
import phalanx.agents.observe.WireFinding;
import phalanx.config.HostPort;
import phalanx.diagnose.Evidence;
import phalanx.diagnose.Finding;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.net.Endpoint;

/** Turns findings of the analysis into what agents weigh: kinds, places and numbers, never a text. Any thread. */
final class WireFindings {
    private final Map<Server, Subject> ways = new HashMap<>();

    /** However its address is written. */
    private record Server(InetAddress address, int port) {}

    /** @param servers by their addresses, which are no names */
    WireFindings(Map<HostPort, Subject> servers) {
        servers.forEach((at, way) -> ways.put(new Server(InetAddress.ofLiteral(at.host()), at.port()), way));
    }

    /** The findings of an answer that are about servers that are known, one for each of them, or about names. */
    List<WireFinding> of(Analysis analysis) {
        return analysis.findings().stream()
                .map(ExplainedFinding::finding)
                .flatMap(
                        finding -> WireFault.of(finding.kind()).stream().flatMap(fault -> of(fault, finding, analysis)))
                .toList();
    }

    private Stream<WireFinding> of(WireFault fault, Finding finding, Analysis analysis) {
        Proof proof = proof(finding.evidence().getFirst(), analysis);
        return about(fault, finding, analysis)
                .map(about -> new WireFinding(
                        fault, about, severity(finding), finding.confidence(), finding.endNanos(), proof));
    }

    private Stream<Subject> about(WireFault fault, Finding finding, Analysis analysis) {
        return fault == WireFault.NAMES
                ? Stream.of(Subject.EDGE)
                : finding.conversations().stream()
                        .map(index ->
                                analysis.stitched().conversations().get(index).server())
                        .flatMap(server -> way(server).stream())
                        .distinct();
    }

    private Optional<Subject> way(Endpoint server) {
        InetAddress address = InetAddress.ofLiteral(server.address().toString());
        return Optional.ofNullable(ways.get(new Server(address, server.port())));
    }

    private static WireFinding.Severity severity(Finding finding) {
        return switch (finding.severity()) {
            case CRITICAL -> WireFinding.Severity.CRITICAL;
            case WARNING -> WireFinding.Severity.WARNING;
            case INFO -> WireFinding.Severity.INFO;
        };
    }

    private static Proof proof(Evidence evidence, Analysis analysis) {
        String file = analysis.stitched()
                .captures()
                .get(evidence.capture())
                .capture()
                .file()
                .toAbsolutePath()
                .toString();
        return new Proof(
                file, Arrays.stream(evidence.frames()).limit(Proof.MOST).boxed().toList());
    }
}
