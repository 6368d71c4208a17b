package phalanx.proxy.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.concurrent.EventExecutorGroup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import phalanx.config.Values;
import phalanx.proxy.breakpoint.Breakpoint;
import phalanx.proxy.breakpoint.Breakpoints;
import phalanx.proxy.breakpoint.Edit;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.Replies;
import phalanx.proxy.record.HttpArchive;
import phalanx.proxy.record.RecordedExchange;
import phalanx.proxy.record.Recording;
import phalanx.run.ForeignText;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** The part of the admin API that looks at single requests: those under way, recordings, breakpoints, captures. Any thread. */
final class LabApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_REQUESTS = 1000;
    private static final int MOST_PARAMETERS = 64;

    private final AdminControl control;
    private final EventExecutorGroup slow;

    LabApi(AdminControl control, EventExecutorGroup slow) {
        this.control = control;
        this.slow = slow;
    }

    /** Answers what is its own; false for all else. */
    boolean handle(Exchange exchange, String path, boolean post) {
        String[] parts = path.split("/", -1);
        switch (parts.length > 1 ? parts[1] : "") {
            case "requests" -> away(exchange, () -> requests(exchange));
            case "recording" -> away(exchange, () -> recording(exchange, parts, post));
            case "breakpoints" -> breakpoints(exchange, parts, post);
            case "capture" -> away(exchange, () -> capture(exchange, parts, post));
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Does what takes long away from the event loop, and the answering on it. */
    void away(Exchange exchange, Supplier<Runnable> work) {
        slow.execute(() -> {
            Runnable answer;
            try {
                answer = work.get();
            } catch (RuntimeException | Error e) { // nobody may wait for an answer that never comes
                System.getLogger("phalanx.proxy").log(System.Logger.Level.WARNING, "The admin API failed", e);
                answer = text(
                        exchange,
                        500,
                        "The proxy met a fault of its own: " + e.getClass().getSimpleName() + ".");
            }
            exchange.worker().loop().execute(answer);
        });
    }

    private Runnable requests(Exchange exchange) {
        ObjectNode root = JSON.createObjectNode();
        root.put("count", control.log().count());
        ArrayNode active = root.putArray("active");
        control.active().now(MOST_REQUESTS).forEach(record -> AdminJson.request(active.addObject(), record));
        ArrayNode all = root.putArray("requests");
        control.log().newest(MOST_REQUESTS).forEach(record -> AdminJson.request(all.addObject(), record));
        return () -> AdminJson.send(exchange, root);
    }

    private Runnable recording(Exchange exchange, String[] parts, boolean post) {
        Recording recording = control.recording();
        String what = parts.length > 2 ? parts[2] : "";
        Map<String, List<String>> query = query(exchange);
        if (post && what.equals("start")) {
            Optional<Long> bodies = Values.bytes(one(query, "bodies", Integer.toString(Recording.BODY)));
            if (bodies.isEmpty() || bodies.get() < 1 || bodies.get() > Recording.LARGEST_BODY) {
                return text(exchange, 400, "bodies is a size from 1 to 16m.");
            }
            recording.start(bodies.get().intValue());
            return text(exchange, 200, "Recording; of each body the first " + bodies.get() + " octets.");
        }
        if (post && what.equals("stop")) {
            recording.stop();
            return text(exchange, 200, "Stopped; what was recorded can be read until the next start.");
        }
        if (!post && what.isEmpty()) {
            ObjectNode root = JSON.createObjectNode();
            root.put("on", recording.on()).put("dropped", recording.dropped());
            ArrayNode all = root.putArray("requests");
            recording.newest().forEach(one -> AdminJson.request(all.addObject(), one.summary()));
            return () -> AdminJson.send(exchange, root);
        }
        boolean secrets = one(query, "secrets", "").equals("1");
        if (!post && what.equals("har")) {
            return archive(exchange, recording.newest(), secrets);
        }
        Optional<RecordedExchange> found = recording.find(what);
        if (found.isEmpty()) {
            return text(exchange, 404, "No request with this id is recorded.");
        }
        if (!post) {
            return archive(exchange, List.of(found.get()), secrets);
        }
        if (parts.length != 4 || !parts[3].equals("replay")) {
            return text(exchange, 404, "A recorded request can be sent again: /recording/ID/replay.");
        }
        return () -> replay(exchange, found.get());
    }

    private static Runnable archive(Exchange exchange, List<RecordedExchange> recorded, boolean secrets) {
        byte[] document = HttpArchive.file(recorded, secrets);
        return () -> AdminJson.send(exchange, "application/json", document);
    }

    private void replay(Exchange exchange, RecordedExchange recorded) {
        control.replay(
                        recorded,
                        again -> exchange.worker()
                                .run(() -> Replies.text(exchange, 200, again.id() + " " + again.status() + "\n")))
                .ifPresent(why -> Replies.text(exchange, 409, why + "\n"));
    }

    private void breakpoints(Exchange exchange, String[] parts, boolean post) {
        Breakpoints breakpoints = control.breakpoints();
        Map<String, List<String>> query = query(exchange);
        if (parts.length == 2 && !post) {
            AdminJson.send(exchange, AdminJson.breakpoints(JSON.createObjectNode(), breakpoints));
        } else if (parts.length == 2 && !query.containsKey("set")) {
            Replies.text(exchange, 400, "Write /breakpoints?set=BREAKPOINT;BREAKPOINT, or set= for none.\n");
        } else if (parts.length == 2) {
            set(exchange, breakpoints, one(query, "set", ""));
        } else if (parts.length == 4 && post) {
            long number = Values.number(parts[2], 1, Long.MAX_VALUE).orElse(0L);
            boolean done = switch (parts[3]) {
                case "continue" -> goOn(exchange, breakpoints, number, query);
                case "abort" -> breakpoints.abort(number);
                case "answer" -> answer(exchange, breakpoints, number, one(query, "status", "503"));
                default -> false;
            };
            if (!exchange.over() && !exchange.responseStarted()) {
                Replies.text(exchange, done ? 200 : 404, done ? "done\n" : "Nothing of this number has stopped.\n");
            }
        } else {
            Replies.text(exchange, 404, "There is nothing here. / lists what there is.\n");
        }
    }

    private static void set(Exchange exchange, Breakpoints breakpoints, String text) {
        List<Breakpoint> all = new ArrayList<>();
        for (String one : text.split(";", -1)) {
            Optional<Breakpoint> read = Breakpoint.read(one);
            if (!one.isBlank() && read.isEmpty()) {
                Replies.text(
                        exchange,
                        400,
                        "This is no breakpoint: " + ForeignText.line(one) + ". Write: " + Breakpoint.FORM + "\n");
                return;
            }
            read.ifPresent(all::add);
        }
        breakpoints.set(all);
        Replies.text(exchange, 200, breakpoints.all().size() + " breakpoints\n");
    }

    private static boolean answer(Exchange exchange, Breakpoints breakpoints, long number, String status) {
        Optional<Long> wanted = Values.number(status, 200, 599);
        if (wanted.isEmpty()) {
            Replies.text(exchange, 400, "A status is a number from 200 to 599.\n");
            return false;
        }
        return breakpoints.answer(number, wanted.get().intValue());
    }

    private static boolean goOn(
            Exchange exchange, Breakpoints breakpoints, long number, Map<String, List<String>> query) {
        Map<String, String> set = new LinkedHashMap<>();
        for (String pair : query.getOrDefault("set", List.of())) {
            int colon = pair.indexOf(':');
            if (colon < 0) {
                Replies.text(exchange, 400, "Write set=NAME:VALUE.\n");
                return false;
            }
            set.put(pair.substring(0, colon), pair.substring(colon + 1).strip());
        }
        List<String> remove = query.getOrDefault("remove", List.of());
        for (String name : set.keySet()) {
            if (!Edit.allowed(name)) {
                Replies.text(exchange, 400, "This field cannot be set: " + ForeignText.line(name) + "\n");
                return false;
            }
        }
        if (!remove.stream().allMatch(Edit::allowed)) {
            Replies.text(exchange, 400, "What frames a message or names its host cannot be removed.\n");
            return false;
        }
        return breakpoints.goOn(number, new Edit(set, remove));
    }

    private Runnable capture(Exchange exchange, String[] parts, boolean post) {
        Optional<CaptureControl> captures = control.captures();
        if (captures.isEmpty()) {
            return text(exchange, 404, "This proxy captures nothing.");
        }
        String what = parts.length > 2 ? parts[2] : "";
        if (post && what.equals("start")) {
            return switch (captures.get().start()) {
                case Outcome.Ok<Path>(Path folder) -> text(exchange, 200, "Capturing to " + folder);
                case Outcome.Failed<Path>(Problem problem) -> text(exchange, 500, problem.toString());
            };
        }
        if (post && what.equals("stop")) {
            return text(
                    exchange,
                    200,
                    captures.get().stop().map(folder -> "Captured in " + folder).orElse("Nothing was captured."));
        }
        return text(
                exchange,
                200,
                captures.get().now().map(folder -> "Capturing to " + folder).orElse("Not capturing."));
    }

    static Runnable text(Exchange exchange, int status, String text) {
        return () -> Replies.text(exchange, status, text + "\n");
    }

    /** Whether what stands behind the question mark can be decoded. */
    static boolean readable(Exchange exchange) {
        try {
            query(exchange);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** What stands behind the question mark, decoded. */
    static Map<String, List<String>> query(Exchange exchange) {
        return new QueryStringDecoder(exchange.request().target(), StandardCharsets.UTF_8, true, MOST_PARAMETERS, true)
                .parameters();
    }

    static String one(Map<String, List<String>> query, String name, String otherwise) {
        return query.getOrDefault(name, List.of(otherwise)).getFirst();
    }
}
