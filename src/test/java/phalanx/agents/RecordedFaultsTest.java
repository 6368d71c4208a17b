package phalanx.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phalanx.agents.cause.Calibration;
import phalanx.agents.cause.Hypothesis;
import phalanx.agents.observe.Inventory;
import phalanx.agents.observe.Measure;
import phalanx.agents.observe.Objective;
import phalanx.agents.observe.Observation;
import phalanx.agents.observe.Subject;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.Signal;

/** The diagnosis on what was seen in the lab (recorded by {@link LabRecorder}): each fault is noticed, and its cause and place are named. */
class RecordedFaultsTest {
    private static final double SURE = 0.9;

    static Stream<Recorded> recorded() throws IOException {
        try (InputStream in = RecordedFaultsTest.class.getResourceAsStream("/agents/lab-faults.jsonl.gz");
                BufferedReader lines = new BufferedReader(new InputStreamReader(
                        new GZIPInputStream(Objects.requireNonNull(in)), StandardCharsets.UTF_8))) {
            return Recorded.read(lines).stream();
        }
    }

    static Inventory inventory() throws IOException {
        try (InputStream in = RecordedFaultsTest.class.getResourceAsStream("/agents/lab-inventory.json")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return Inventory.parse("lab-inventory.json", text).value().orElseThrow();
        }
    }

    /** Where the Brain says that a fault is, as whoever made it knows it. */
    private static boolean at(Subject place, String where) {
        return switch (where) {
            case "dns", "bank-1" -> place.equals(Subject.dependency("bank", "payment"));
            case "customers" -> place.equals(Subject.EDGE);
            default ->
                place.name().equals(where) // the instance, its way, the service
                        || place.kind() == Subject.Kind.TABLE && where.startsWith(place.of() + "-");
        };
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void each_fault_is_named_for_sure_before_another_is(Recorded one) throws IOException {
        SloWatch scout = new SloWatch(
                List.of(
                        new Objective(Subject.EDGE, Measure.ERRORS, 0.01),
                        new Objective(Subject.EDGE, Measure.P99, 400)),
                () -> false);
        Brain brain = new Brain(inventory(), new RemedyBook(inventory()), new Calibration());
        Incident incident = null;
        for (Observation seen : one.seen()) {
            List<Signal> signals = scout.signals(seen);
            if (incident == null && !signals.isEmpty()) {
                incident = new Incident(new Message.Signalled(seen.at(), "INC-1", signals, ""));
            }
            if (incident != null) {
                Investigator.Look look = brain.look(incident.view(), seen);
                Hypothesis likeliest = look.hypotheses().getFirst();
                if (likeliest.confidence() > SURE) {
                    assertEquals(LabRun.TRUTH.get(one.fault()), likeliest.cause());
                    assertTrue(at(likeliest.place(), one.where()), () -> likeliest + " is not " + one.where());
                    assertTrue(look.suggestion().isPresent());
                    assertTrue(after(one.injected(), incident.opened) <= 10, "noticed too late");
                    return;
                }
            }
        }
        throw new AssertionError("never sure of " + one.fault() + " " + one.seed());
    }

    private static long after(Instant injected, Instant noticed) {
        return Duration.between(injected, noticed).toSeconds();
    }
}
