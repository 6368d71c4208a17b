package phalanx.proxy.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.util.concurrent.EventExecutorGroup;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import phalanx.config.Values;
import phalanx.proxy.record.HttpArchive;
import phalanx.proxy.record.RecordedExchange;
import phalanx.proxy.record.Recording;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** The part of the admin API that shows requests, under way and over, and records and captures them. Any thread. */
final class RecordingApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_REQUESTS = 1000;

    private final AdminControl control;
    private final EventExecutorGroup slow;

    /** @param slow where what takes long is done */
    RecordingApi(AdminControl control, EventExecutorGroup slow) {
        this.control = control;
        this.slow = slow;
    }

    void requests(AdminCall call) {
        if (!call.at("requests")) {
            call.nothingHere();
        } else if (call.post()) {
            call.otherMethod();
        } else {
            call.away(slow, () -> requests(call, JSON.createObjectNode()));
        }
    }

    private Runnable requests(AdminCall call, ObjectNode root) {
        root.put("count", control.log().count());
        ArrayNode active = root.putArray("active");
        control.active().now(MOST_REQUESTS).forEach(record -> AdminJson.request(active.addObject(), record));
        ArrayNode all = root.putArray("requests");
        control.log().newest(MOST_REQUESTS).forEach(record -> AdminJson.request(all.addObject(), record));
        return () -> AdminJson.send(call.exchange(), root);
    }

    void recording(AdminCall call) {
        switch (call.part(1)) {
            case "start", "stop" -> {
                if (!call.post()) {
                    call.otherMethod();
                } else if (call.part(1).equals("start")) {
                    start(call);
                } else {
                    control.recording().stop();
                    call.say(200, "Stopped; what was recorded can be read until the next start.");
                }
            }
            case "", "har" -> {
                if (call.post()) {
                    call.otherMethod();
                } else {
                    call.away(
                            slow,
                            () -> call.part(1).isEmpty()
                                    ? list(call)
                                    : archive(call, control.recording().newest()));
                }
            }
            default -> call.away(slow, () -> recorded(call));
        }
    }

    private void start(AdminCall call) {
        Optional<Long> bodies = Values.bytes(call.value("bodies").orElse(Integer.toString(Recording.BODY)));
        if (bodies.isEmpty() || bodies.get() < 1 || bodies.get() > Recording.LARGEST_BODY) {
            call.say(400, "bodies is a size from 1 to 16m.");
            return;
        }
        control.recording().start(bodies.get().intValue());
        call.say(200, "Recording; of each body the first " + bodies.get() + " octets.");
    }

    private Runnable list(AdminCall call) {
        ObjectNode root = JSON.createObjectNode();
        root.put("on", control.recording().on())
                .put("dropped", control.recording().dropped());
        ArrayNode all = root.putArray("requests");
        control.recording().newest().forEach(one -> AdminJson.request(all.addObject(), one.summary()));
        return () -> AdminJson.send(call.exchange(), root);
    }

    private Runnable recorded(AdminCall call) {
        Optional<RecordedExchange> found = control.recording().find(call.part(1));
        if (found.isEmpty()) {
            return () -> call.say(404, "No request with this id is recorded.");
        }
        if (call.at("recording", "") && !call.post()) {
            return archive(call, List.of(found.get()));
        }
        if (!call.at("recording", "", "replay")) {
            return () -> call.say(404, "A recorded request can be read, and sent again: /recording/ID/replay.");
        }
        return call.post() ? () -> replay(call, found.get()) : call::otherMethod;
    }

    private static Runnable archive(AdminCall call, List<RecordedExchange> recorded) {
        boolean secrets = call.value("secrets").equals(Optional.of("1"));
        byte[] document = HttpArchive.file(recorded, secrets);
        return () -> AdminJson.send(call.exchange(), "application/json", document);
    }

    private void replay(AdminCall call, RecordedExchange recorded) {
        control.replay(
                        recorded,
                        again -> call.exchange().worker().run(() -> call.say(200, again.id() + " " + again.status())))
                .ifPresent(why -> call.say(409, why));
    }

    void capture(AdminCall call) {
        Optional<CaptureControl> captures = control.captures();
        if (captures.isEmpty()) {
            call.say(404, "This proxy captures nothing.");
        } else if (call.at("capture") && !call.post()) {
            call.away(slow, () -> {
                String said = captures.get()
                        .now()
                        .map(folder -> "Capturing to " + folder)
                        .orElse("Not capturing.");
                return () -> call.say(200, said);
            });
        } else if (call.at("capture", "start") || call.at("capture", "stop")) {
            if (call.post()) {
                call.away(slow, () -> capture(call, captures.get()));
            } else {
                call.otherMethod();
            }
        } else if (call.at("capture")) {
            call.otherMethod();
        } else {
            call.nothingHere();
        }
    }

    private static Runnable capture(AdminCall call, CaptureControl captures) {
        if (call.part(1).equals("stop")) {
            String said = captures.stop().map(folder -> "Captured in " + folder).orElse("Nothing was captured.");
            return () -> call.say(200, said);
        }
        return switch (captures.start()) {
            case Outcome.Ok<Path>(Path folder) -> () -> call.say(200, "Capturing to " + folder);
            case Outcome.Failed<Path>(Problem problem) -> () -> call.say(500, problem.toString());
        };
    }
}
