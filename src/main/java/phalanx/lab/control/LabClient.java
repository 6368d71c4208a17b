package phalanx.lab.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import phalanx.config.ControlFile;
import phalanx.lab.http.HttpCaller;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** Gives orders to a lab that runs in another process of this machine. Any thread; waits for the answer. */
public final class LabClient {
    /** No lab runs in the folder, or it is not ours. */
    public static final String NOT_THERE = "PHX-7004";
    /** The lab does not do what it was asked for. */
    public static final String NOT_DONE = "PHX-7005";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path folder;

    /** @param folder the lab's */
    public LabClient(Path folder) {
        this.folder = folder;
    }

    /** How it is, as JSON or for people. */
    public Outcome<String> status(boolean json) {
        return send("GET", "/status").then(status -> Outcome.ok(json ? status.toPrettyString() : LabJson.text(status)));
    }

    /** Makes a fault. @param seed says where and how hard; empty for any */
    public Outcome<String> inject(String fault, String seed) {
        return what("/inject?fault=" + fault + (seed.isEmpty() ? "" : "&seed=" + seed));
    }

    /** Takes all faults back. */
    public Outcome<String> clear() {
        return what("/clear");
    }

    /** Ends it. */
    public Outcome<String> down() {
        return what("/down");
    }

    private Outcome<String> what(String path) {
        return send("POST", path).then(answer -> Outcome.ok(answer.path("what").asText()));
    }

    private Outcome<JsonNode> send(String method, String path) {
        Optional<ControlFile> control = ControlFile.read(folder.resolve(LabControl.FILE));
        if (control.isEmpty()) {
            return notThere();
        }
        try (HttpCaller caller = new HttpCaller(null)) {
            HttpCaller.Reply reply = caller.call(new HttpCaller.Call(
                    method,
                    control.get().at(),
                    path,
                    "",
                    Map.of("Authorization", control.get().authorization()),
                    PATIENCE));
            JsonNode answer = JSON.readTree(reply.body());
            return reply.status() == 200
                    ? Outcome.ok(answer)
                    : notDone(answer.path("what").asText());
        } catch (JsonProcessingException e) {
            return notDone("It answered what is no JSON.");
        } catch (HttpCaller.Unanswered _) {
            return notThere();
        }
    }

    private Outcome<JsonNode> notThere() {
        return Outcome.failed(new Problem(
                NOT_THERE, "No lab runs in " + folder + ".", "Start one: phalanx lab up --folder " + folder));
    }

    private static Outcome<JsonNode> notDone(String what) {
        return Outcome.failed(new Problem(NOT_DONE, "The lab did not do it: " + what, "See phalanx lab --help."));
    }
}
