package phalanx.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.act.DryRun;
import phalanx.act.Effect;
import phalanx.act.ProxyRemedies;
import phalanx.act.Remedy;
import phalanx.agents.cause.Cause;
import phalanx.agents.cause.Causes;
import phalanx.agents.cause.Hypothesis;
import phalanx.agents.cause.Weighing;
import phalanx.agents.govern.Guardrail;
import phalanx.agents.observe.ErrorBudget;
import phalanx.agents.observe.Figure;
import phalanx.agents.observe.Inventory;
import phalanx.agents.observe.Measure;
import phalanx.agents.observe.Objective;
import phalanx.agents.observe.Observation;
import phalanx.agents.observe.Observer;
import phalanx.agents.observe.Subject;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.Proposal;
import phalanx.agents.trail.Role;
import phalanx.agents.trail.Signal;
import phalanx.metrics.CallGraph;
import phalanx.proxy.ProxyConfig;
import phalanx.proxy.ProxyServer;
import phalanx.run.Outcome;

/** One client that asks far more than all others, told from all clients that ask again and again. */
class ClientFloodTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Inventory INVENTORY = new Inventory("127.0.0.1:8000", Map.of());
    private static final Subject CLIENT = Subject.client("203.0.113.7");

    private static Observation seen(double rate, double share, double usualShare, double blocked) {
        Map<Subject, Map<Measure, Figure>> figures = new HashMap<>();
        figures.put(
                Subject.EDGE, Map.of(Measure.RATE, new Figure(rate, 40, 3), Measure.ERRORS, new Figure(0.4, 0, 0.005)));
        if (share > 0) {
            figures.put(
                    CLIENT,
                    Map.of(
                            Measure.RATE, new Figure(share * rate, Double.NaN, 1),
                            Measure.SHARE, new Figure(share, usualShare, 0.02),
                            Measure.BLOCKED, new Figure(blocked, Double.NaN, 0.005)));
        }
        return new Observation(NOW, figures, CallGraph.NONE, List.of());
    }

    private static Weighing likeliest(Observation seen) {
        return new Causes(seen, NOW, INVENTORY)
                .weighed().stream()
                        .filter(Weighing::hasSupport)
                        .max((one, other) -> Double.compare(one.odds(), other.odds()))
                        .orElseThrow();
    }

    @Test
    void a_flood_of_one_client_is_told_from_a_storm_of_all() {
        Weighing flood = likeliest(seen(400, 0.9, Double.NaN, 0));
        assertEquals(Cause.CLIENT_FLOOD, flood.cause());
        assertEquals(CLIENT, flood.place());
        assertTrue(flood.odds() > 2.3, "" + flood.odds()); // ten to one
        assertTrue(likeliest(seen(60, 0.9, Double.NaN, 0.8)).odds() > 2.3); // most of it is refused already
        assertEquals(Cause.RETRY_STORM, likeliest(seen(400, 0, Double.NaN, 0)).cause());
        assertEquals(Cause.RETRY_STORM, likeliest(seen(400, 0.1, Double.NaN, 0)).cause());
    }

    @Test
    void few_requests_are_calm_once_the_client_that_flooded_is_kept_away() {
        Observation flood = seen(400, 0.9, Double.NaN, 0);
        Hypothesis hypothesis = likeliest(flood).hypothesis(0.95);
        Observation few = new Observation(
                NOW,
                Map.of(
                        Subject.EDGE,
                        Map.of(Measure.RATE, new Figure(0.2, 40, 3), Measure.ERRORS, new Figure(0, 0, 0.005))),
                CallGraph.NONE,
                List.of());
        SloWatch scout = new SloWatch(List.of(new Objective(Subject.EDGE, Measure.ERRORS, 0.05)), () -> false);
        Incident incident = new Incident(new Message.Signalled(
                NOW,
                "INC-1",
                List.of(new Signal(NOW, NOW, Subject.EDGE, Measure.ERRORS, new Figure(0.4, 0, 0.005), 0.05)),
                ""));
        assertFalse(incident.calm(scout, few, Duration.ZERO));
        Remedy ban = new RemedyBook(INVENTORY).of(hypothesis, NOW, flood).getFirst();
        incident.ballot = new Ballot(
                new Proposal("INC-1/1", "INC-1", 1, Role.FIXER, hypothesis, ban, ""),
                new DryRun(true, "", "", "", 0),
                new Guardrail.Ruling.Allowed(),
                Map.of(Role.FIXER, 0.5));
        assertTrue(incident.calm(scout, few, Duration.ZERO));
    }

    @Test
    void who_usually_sends_most_of_all_floods_nobody() {
        assertEquals(Cause.RETRY_STORM, likeliest(seen(400, 0.95, 0.9, 0)).cause());
    }

    @Test
    void the_remedy_is_a_ban_of_its_address_that_ends_by_itself() {
        Hypothesis hypothesis = likeliest(seen(400, 0.9, Double.NaN, 0)).hypothesis(0.95);
        assertEquals(
                List.of(new Remedy.Ban("203.0.113.7", Duration.ofMinutes(10))),
                new RemedyBook(INVENTORY).of(hypothesis, NOW, seen(400, 0.9, Double.NaN, 0)));
    }

    @Test
    void an_attack_from_one_address_is_seen_by_the_scout_and_ends_with_its_ban(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("proxy.conf"), """
                admin 127.0.0.1:0;
                http { server {
                    listen 127.0.0.1:0; set_real_ip_from 127.0.0.1; waf_enabled on; waf_auto_ban_threshold 100000;
                    route / { return 200; }
                } }
                """);
        ProxyConfig config = ProxyConfig.read(file).config().orElseThrow();
        if (!(ProxyServer.start(config) instanceof Outcome.Ok<ProxyServer>(ProxyServer proxy))) {
            throw new AssertionError("the proxy did not start");
        }
        try (proxy;
                HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + proxy.http().getFirst().getPort() + "/");
            Inventory inventory = new Inventory("127.0.0.1:" + uri.getPort(), Map.of());
            Observer observer = new Observer(proxy.log(), inventory, List::of, new ErrorBudget(0.99, 60_000));
            observer.look(NOW);
            ask(client, uri, "192.0.2.1", 40);
            ask(client, uri.resolve("/?q=1%27%20union%20select%20name%20from%20staff--"), "203.0.113.7", 60);
            Observation attacked = observer.look(NOW.plusSeconds(1));
            SloWatch scout = new SloWatch(List.of(new Objective(Subject.EDGE, Measure.BLOCKED, 0.2)), () -> false);
            scout.signals(attacked);
            List<Signal> signals = scout.signals(observer.look(NOW.plusSeconds(3)));
            assertEquals(Measure.BLOCKED, signals.getFirst().measure());

            Weighing cause = likeliest(attacked);
            assertEquals(Cause.CLIENT_FLOOD, cause.cause());
            assertTrue(cause.odds() > 2.3, "" + cause.odds());
            Remedy remedy = new RemedyBook(inventory)
                    .of(cause.hypothesis(0.95), NOW, attacked)
                    .getFirst();
            ProxyRemedies remedies = new ProxyRemedies(proxy);
            assertEquals(
                    "203.0.113.7 is let in no more for 10 minutes: 60 of the last 100 requests came from there, 0 of them"
                            + " were answered well; other clients: 1.",
                    remedies.dryRun(remedy).says());
            assertEquals(Effect.DONE, remedies.carryOut(remedy, "INC-1/1").effect());

            ask(client, uri, "192.0.2.1", 40);
            ask(client, uri, "203.0.113.7", 60);
            Observation after = observer.look(NOW.plusSeconds(9));
            assertTrue(scout.calm(signals, after), after.figures().toString());
            assertTrue(after.figure(CLIENT, Measure.RATE).isEmpty());
        }
    }

    private static void ask(HttpClient client, URI uri, String from, int times) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .headers("X-Forwarded-For", from, "User-Agent", "Mozilla/5.0")
                .build();
        for (int i = 0; i < times; i++) {
            client.send(request, HttpResponse.BodyHandlers.discarding());
        }
    }
}
