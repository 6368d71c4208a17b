package phalanx.app.agent;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import phalanx.config.ControlFile;
import phalanx.run.ForeignText;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** Talks to agents that run in another process of this machine. Any thread; waits for the answer. */
final class AgentsClient implements AutoCloseable {
    /** No agents run that keep their case in the folder. */
    static final String NOT_THERE = "PHX-1905";
    /** The agents do not do what they were asked for. */
    static final String NOT_DONE = "PHX-1906";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path folder;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** @param folder of the agents' case */
    AgentsClient(Path folder) {
        this.folder = folder;
    }

    /** Gives an order. @param path behind {@code /agents} @return what they say */
    Outcome<String> order(String path, Map<String, String> query) {
        Optional<ControlFile> control = ControlFile.read(folder.resolve(AgentsDoor.FILE));
        if (control.isEmpty()) {
            return Outcome.failed(notThere());
        }
        String target = query.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", path + (query.isEmpty() ? "" : "?"), ""));
        try {
            HttpResponse<String> reply = http.send(
                    request(control.get(), target)
                            .timeout(PATIENCE)
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            String says = ForeignText.line(reply.body().strip());
            return reply.statusCode() == 200 ? Outcome.ok(says) : Outcome.failed(notDone(says));
        } catch (IOException _) {
            return Outcome.failed(notThere());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Outcome.failed(notThere());
        }
    }

    /** What happens from now on, behind a number, as Server-Sent Events; ends with the agents. */
    Outcome<InputStream> events(long after) {
        Optional<ControlFile> control = ControlFile.read(folder.resolve(AgentsDoor.FILE));
        if (control.isEmpty()) {
            return Outcome.failed(notThere());
        }
        try {
            HttpResponse<InputStream> reply = http.send(
                    request(control.get(), "/events")
                            .header("Last-Event-ID", Long.toString(after))
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            if (reply.statusCode() == 200) {
                return Outcome.ok(reply.body());
            }
            reply.body().close();
            return Outcome.failed(notDone("status " + reply.statusCode() + "."));
        } catch (IOException _) {
            return Outcome.failed(notThere());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Outcome.failed(notThere());
        }
    }

    private static HttpRequest.Builder request(ControlFile control, String target) {
        return HttpRequest.newBuilder(URI.create("http://" + control.at() + "/agents" + target))
                .header("Authorization", control.authorization());
    }

    private Problem notThere() {
        return new Problem(
                NOT_THERE,
                "No agents run that keep their case in " + folder + ".",
                "Name their case with --case, or start some: phalanx lab up --agents.");
    }

    private static Problem notDone(String says) {
        return new Problem(
                NOT_DONE, "The agents did not do it: " + says, "phalanx agent votes shows what waits for an answer.");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
