package phalanx.lab.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import phalanx.config.ControlFile;
import phalanx.config.HostPort;
import phalanx.lab.Marketplace;
import phalanx.lab.chaos.Chaos;
import phalanx.lab.http.HttpListener;
import phalanx.lab.http.Request;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * Takes orders for a running lab: a port of the loopback, and a token in a file of its folder that its owner alone can read. Any thread.
 */
public final class LabControl implements AutoCloseable {
    /** In the lab's folder: port and token. */
    static final String FILE = "control";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Marketplace lab;
    private final Chaos chaos;
    private final Runnable down;
    private final Path file;
    private final ControlFile control;
    private final HttpListener listener;
    private final AtomicBoolean busy = new AtomicBoolean();

    /**
     * Begins.
     *
     * @param down told that somebody wants the lab to end
     * @throws IOException the file cannot be written
     */
    public LabControl(Marketplace lab, Chaos chaos, Path folder, Runnable down) throws IOException {
        this.lab = lab;
        this.chaos = chaos;
        this.down = down;
        listener = new HttpListener(0, this::take);
        control = ControlFile.with(new HostPort(HostPort.LOOPBACK, listener.port()));
        file = folder.resolve(FILE);
        control.write(file);
    }

    /** On the event loop: what takes long is done elsewhere, one order at a time. */
    private void take(Request request) {
        if (!control.opensFor(request.header("Authorization"))) {
            answer(request, 403, Map.of("what", "The token is not this lab's."));
            return;
        }
        QueryStringDecoder query = new QueryStringDecoder(request.path());
        switch (request.method() + " " + query.path()) {
            case "GET /status" -> request.answer(200, LabJson.of(lab.status()));
            case "POST /inject" -> order(request, () -> inject(request, query));
            case "POST /clear" -> order(request, () -> clear(request));
            case "POST /down" -> {
                answer(request, 200, Map.of("what", "The lab ends."));
                down.run();
            }
            default -> answer(request, 404, Map.of("what", "There is no such order."));
        }
    }

    private void order(Request request, Runnable work) {
        if (!busy.compareAndSet(false, true)) {
            answer(request, 409, Map.of("what", "The lab carries out another order; try again when that is done."));
            return;
        }
        Jobs.assistant("lab order", () -> {
            try {
                work.run();
            } finally {
                busy.set(false);
            }
        });
    }

    private void inject(Request request, QueryStringDecoder query) {
        String seed = parameter(query, "seed");
        long number = seed.isEmpty() ? new SplittableRandom().nextInt(1_000_000) : Long.parseLong(seed);
        switch (chaos.inject(parameter(query, "fault"), number)) {
            case Outcome.Ok<Chaos.Injection>(Chaos.Injection made) ->
                answer(
                        request,
                        200,
                        Map.of("what", made.fault() + " at " + made.made().where() + ", seed " + made.seed() + "."));
            case Outcome.Failed<Chaos.Injection>(Problem problem) ->
                answer(request, 400, Map.of("what", problem.toString()));
        }
    }

    private void clear(Request request) {
        switch (chaos.clear()) {
            case Outcome.Ok<Integer>(Integer count) ->
                answer(request, 200, Map.of("what", "Taken back: " + count + "."));
            case Outcome.Failed<Integer>(Problem problem) -> answer(request, 500, Map.of("what", problem.toString()));
        }
    }

    private static String parameter(QueryStringDecoder query, String name) {
        return query.parameters().getOrDefault(name, List.of("")).getFirst();
    }

    private static void answer(Request request, int status, Map<String, String> body) {
        request.answer(status, JSON.valueToTree(body).toString());
    }

    @Override
    public void close() {
        listener.close();
        ControlFile.remove(file);
    }
}
