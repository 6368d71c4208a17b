package phalanx.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.MessageJson;
import phalanx.agents.trail.StepLog;
import phalanx.config.ControlFile;
import phalanx.config.HostPort;
import phalanx.proxy.ProxyConfig;
import phalanx.proxy.ProxyServer;
import phalanx.proxy.admin.AdminExtension;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** The agents at a real admin port: events with resume and a slow reader, the snapshot, orders. */
class AgentsApiTest {
    @TempDir
    private Path folder;

    private final ScriptedAgents agents = new ScriptedAgents("ask", null);
    private final HttpClient client = HttpClient.newHttpClient();
    private ProxyServer proxy;
    private ControlFile control;

    @BeforeEach
    void open() throws IOException {
        Path file = Files.writeString(folder.resolve("p.conf"), """
                worker_threads 1;
                admin 127.0.0.1:0;
                http { server { listen 127.0.0.1:0; route / { return 200 x; } } }
                """);
        proxy = ((Outcome.Ok<ProxyServer>)
                        ProxyServer.start(ProxyConfig.read(file).config().orElseThrow()))
                .value();
        control = ControlFile.with(
                new HostPort(HostPort.LOOPBACK, proxy.adminAddress().getPort()));
        proxy.extend(AgentsApi.PART, new AgentsApi(agents.steering(), control, AgentsApiTest::graph));
        agents.suggests(0.97);
    }

    private static Outcome<String> graph(AdminExtension.Order order) {
        return order.value("ask").equals("path")
                ? Outcome.ok("{\"from\": \"" + order.value("from") + "\"}")
                : Outcome.failed(new Problem("PHX-6202", "That cannot be asked.", "Ask path."));
    }

    @Test
    void the_graph_is_asked_and_what_cannot_be_asked_is_said() throws Exception {
        HttpResponse<String> path = client.send(
                request("/agents/graph?ask=path&from=service:web").build(), HttpResponse.BodyHandlers.ofString());
        assertEquals("200 {\"from\": \"service:web\"}", path.statusCode() + " " + path.body());
        HttpResponse<String> wrong =
                client.send(request("/agents/graph?ask=why").build(), HttpResponse.BodyHandlers.ofString());
        assertEquals("400 That cannot be asked. Ask path.\n", wrong.statusCode() + " " + wrong.body());
        HttpRequest stranger = HttpRequest.newBuilder(URI.create("http://" + control.at() + "/agents/graph"))
                .build();
        assertEquals(
                403, client.send(stranger, HttpResponse.BodyHandlers.ofString()).statusCode());
    }

    @AfterEach
    void close() {
        client.close();
        proxy.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + control.at() + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", control.authorization());
    }

    private HttpResponse<String> post(String path) throws Exception {
        return client.send(
                request(path).POST(HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode snapshot() throws Exception {
        return new ObjectMapper()
                .readTree(client.send(request("/agents").build(), HttpResponse.BodyHandlers.ofString())
                        .body());
    }

    /** An event stream by hand: what a browser's EventSource would see. */
    private final class Events implements AutoCloseable {
        final Socket socket = new Socket();
        final BufferedReader lines;

        Events(long after, int window) throws IOException {
            socket.setReceiveBufferSize(window);
            socket.connect(proxy.adminAddress());
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("GET /agents/events HTTP/1.0\r\nHost: " + control.at() + "\r\nAuthorization: "
                                    + control.authorization() + "\r\nLast-Event-ID: " + after + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        /** The next event: name, id, data. */
        List<String> next() throws IOException {
            List<String> event = new ArrayList<>(List.of("", "", ""));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    event.set(0, line.substring(7));
                } else if (line.startsWith("id: ")) {
                    event.set(1, line.substring(4));
                } else if (line.startsWith("data: ")) {
                    event.set(2, line.substring(6));
                } else if (line.isEmpty() && !event.get(0).isEmpty()) {
                    return event;
                }
            }
            throw new IOException("the line was cut");
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void steps_come_as_they_happen_and_who_comes_again_goes_on_behind_the_last() throws Exception {
        String last;
        try (Events events = new Events(0, 1 << 16)) {
            while (!events.lines.readLine().startsWith("retry")) {
                // the head, and that it listens
            }
            long asked = System.nanoTime();
            agents.incident();
            List<String> first = events.next();
            assertTrue(System.nanoTime() - asked < 1_000_000_000L, "below a second");
            assertEquals("step", first.get(0));
            assertEquals("1", first.get(1));
            assertTrue(MessageJson.read(first.get(2)).orElseThrow() instanceof Message.Signalled);
            assertTrue(MessageJson.read(events.next().get(2)).orElseThrow() instanceof Message.Diagnosed);
            last = "2";
        }
        try (Events again = new Events(Long.parseLong(last), 1 << 16)) {
            List<String> next = again.next();
            assertEquals("3", next.get(1));
            assertTrue(MessageJson.read(next.get(2)).orElseThrow() instanceof Message.Proposed);
        }
    }

    @Test
    void a_reader_that_does_not_read_costs_nothing_and_hears_what_it_missed() throws Exception {
        try (Events slow = new Events(0, 4 << 10)) {
            for (int i = 0; i < 3 * StepLog.MOST; i++) { // some twelve megabytes, six times what is kept
                agents.tell(i);
                if (i % 200 == 0) {
                    Thread.sleep(1);
                }
            }
            long missed = 0;
            long steps = 0;
            long id = 0;
            while (id < 3L * StepLog.MOST) {
                List<String> event = slow.next();
                long next = Long.parseLong(event.get(1));
                if (event.get(0).equals("missed")) {
                    missed += new ObjectMapper()
                            .readTree(event.get(2))
                            .path("steps")
                            .asLong();
                } else {
                    steps++;
                    assertTrue(next > id);
                }
                id = next;
            }
            assertTrue(missed > 0, "nothing was missed: the reader was not slow");
            assertEquals(3L * StepLog.MOST, missed + steps);
        }
        assertEquals(200, post("/agents/resume").statusCode());
    }

    @Test
    void the_snapshot_has_what_a_person_decides_by_and_the_answer_is_taken_once() throws Exception {
        agents.incident();
        JsonNode now = snapshot();
        assertEquals("ASK", now.path("mode").asText());
        JsonNode incident = now.path("incidents").get(0);
        assertEquals("WAITING", incident.path("stage").asText());
        JsonNode attempt = incident.path("attempts").get(0);
        assertEquals(
                "enlarge",
                attempt.path("proposal").path("remedy").path("remedy").asText());
        String id = attempt.path("proposal").path("id").asText();
        assertEquals(400, post("/agents/proposals/" + id + "/approve").statusCode(), "no reason");
        assertEquals(409, post("/agents/proposals/INC-1/1/approve?reason=x").statusCode());
        HttpResponse<String> yes = post("/agents/proposals/" + id + "/approve?reason=seen%20it&who=ada");
        assertEquals(id + " is approved.\n", yes.body());
        agents.pass(6);
        assertEquals("CLOSED", snapshot().path("incidents").get(0).path("stage").asText());
        assertEquals(
                409, post("/agents/proposals/" + id + "/reject?reason=late").statusCode());
    }

    @Test
    void pause_holds_and_no_stranger_gets_in() throws Exception {
        assertEquals(200, post("/agents/pause").statusCode());
        assertTrue(snapshot().path("paused").asBoolean());
        assertEquals(200, post("/agents/resume").statusCode());
        assertFalse(snapshot().path("paused").asBoolean());
        HttpRequest stranger = HttpRequest.newBuilder(URI.create("http://" + control.at() + "/agents"))
                .build();
        assertEquals(
                403, client.send(stranger, HttpResponse.BodyHandlers.ofString()).statusCode());
        assertEquals(404, post("/agents/nonsense").statusCode());
        proxy.extend(AgentsApi.PART, null);
        assertEquals(
                404, client.send(stranger, HttpResponse.BodyHandlers.ofString()).statusCode());
    }
}
