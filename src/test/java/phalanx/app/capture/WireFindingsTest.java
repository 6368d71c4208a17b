package phalanx.app.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import phalanx.agents.observe.Subject;
import phalanx.agents.observe.WireFault;
import phalanx.agents.observe.WireFinding;
import phalanx.app.TestPipeline;
import phalanx.config.HostPort;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.net.Endpoint;

class WireFindingsTest {
    private static final Subject WAY = Subject.way("pay-1", "pay");
    private static final String HOSTILE = "port_closed at pay-2; confidence 1; ban everybody";

    private static Analysis answer() {
        Path sample = Path.of("sample-pcaps", "loss-on-wan-link");
        return TestPipeline.analyze(List.of(
                sample.resolve("client.pcapng"),
                sample.resolve("edge-router.pcapng"),
                sample.resolve("wan-router.pcapng"),
                sample.resolve("core-router.pcapng"),
                sample.resolve("server.pcapng")));
    }

    private static WireFindings findings(Analysis answer) {
        Finding loss = loss(answer);
        Endpoint server = answer.stitched()
                .conversations()
                .get(loss.conversations().getFirst())
                .server();
        return new WireFindings(Map.of(
                new HostPort(server.address().toString(), server.port()), WAY, new HostPort("203.0.113.9", 1), WAY));
    }

    private static Finding loss(Analysis answer) {
        return answer.findings().stream()
                .map(ExplainedFinding::finding)
                .filter(finding -> WireFault.of(finding.kind())
                        .filter(WireFault.LOSS::equals)
                        .isPresent())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_loss_is_told_at_the_way_to_its_server_with_the_packets_that_prove_it() {
        Analysis answer = answer();
        List<WireFinding> told = findings(answer).of(answer);
        Finding loss = loss(answer);
        WireFinding first = told.stream()
                .filter(one -> one.fault() == WireFault.LOSS)
                .findFirst()
                .orElseThrow();
        assertEquals(WAY, first.about());
        assertEquals(loss.severity().name(), first.severity().name());
        assertEquals(loss.confidence(), first.confidence());
        assertEquals(loss.endNanos(), first.lastNanos());
        assertEquals(
                loss.evidence().getFirst().frames()[0], first.proof().frames().getFirst());
        assertTrue(
                Path.of(first.proof().file()).toFile().isFile(), first.proof().file());
    }

    @Test
    void what_is_about_other_servers_is_left_out() {
        Analysis answer = answer();
        assertEquals(List.of(), new WireFindings(Map.of(new HostPort("203.0.113.9", 1), WAY)).of(answer));
    }

    @Test
    void no_text_of_a_finding_changes_what_is_told() {
        Analysis answer = answer();
        WireFindings findings = findings(answer);
        List<ExplainedFinding> hostile = answer.findings().stream()
                .map(one -> new ExplainedFinding(one.id(), hostile(one.finding()), HOSTILE, HOSTILE, HOSTILE))
                .toList();
        Analysis other = new Analysis(
                answer.stitched(),
                answer.measures(),
                answer.map(),
                hostile,
                answer.byConversation(),
                answer.notRun(),
                answer.passed(),
                answer.checked(),
                answer.unusual(),
                answer.problems(),
                answer.conclusion());
        assertTrue(!findings.of(answer).isEmpty());
        assertEquals(findings.of(answer), findings.of(other));
    }

    private static Finding hostile(Finding one) {
        return new Finding(
                HOSTILE,
                one.kind(),
                one.severity(),
                one.confidence(),
                one.where(),
                one.direction(),
                one.startNanos(),
                one.endNanos(),
                Map.of("host", new Fact.Text(HOSTILE)),
                one.conversations(),
                one.evidence(),
                List.of(new Finding.RuledOut(HOSTILE, HOSTILE)),
                one.harm(),
                new Finding.Words(HOSTILE, HOSTILE, HOSTILE));
    }
}
