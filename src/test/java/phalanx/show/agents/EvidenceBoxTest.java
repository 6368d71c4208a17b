package phalanx.show.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Hyperlink;
import org.junit.jupiter.api.Test;
import phalanx.agents.cause.Cause;
import phalanx.agents.cause.Evidence;
import phalanx.agents.cause.Hypothesis;
import phalanx.agents.observe.Figure;
import phalanx.agents.observe.Measure;
import phalanx.agents.observe.Proof;
import phalanx.agents.observe.Subject;
import phalanx.agents.trail.IncidentRecord;
import phalanx.show.Screen;

class EvidenceBoxTest {
    private static final Subject WAY = Subject.way("pay-1", "pay");

    @Test
    void the_packets_behind_a_figure_are_named_and_opened() {
        Proof proof = new Proof("/captures/packets-1.pcapng", List.of(3L, 7L));
        Figure figure = new Figure(0.9, 0, 0.1);
        Hypothesis loss = new Hypothesis(
                Cause.NETWORK_LOSS,
                WAY,
                0.8,
                List.of(
                        new Evidence(WAY, Measure.LOSS_FOUND, figure, 3, proof),
                        new Evidence(WAY, Measure.RETRANSMITTED, figure, 2)),
                List.of());
        Instant now = Instant.parse("2026-11-23T10:00:00Z");
        IncidentRecord incident = new IncidentRecord(
                "INC-1", IncidentRecord.Stage.LOOKING, now, now, List.of(), List.of(loss), List.of(), "");
        List<Proof> opened = new ArrayList<>();
        Screen.run(() -> {
            List<Hyperlink> links = Screen.all(new EvidenceBox(incident, opened::add)).stream()
                    .filter(Hyperlink.class::isInstance)
                    .map(Hyperlink.class::cast)
                    .toList();
            assertEquals(1, links.size());
            assertEquals("Packets in packets-1.pcapng: #3, #7", links.getFirst().getText());
            links.getFirst().fire();
        });
        assertEquals(List.of(proof), opened);
    }
}
