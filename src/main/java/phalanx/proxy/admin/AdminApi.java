package phalanx.proxy.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.netty.util.concurrent.EventExecutorGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phalanx.config.Values;
import phalanx.proxy.fault.Fault;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.FieldName;
import phalanx.proxy.http.Replies;
import phalanx.proxy.http.RequestHead;
import phalanx.proxy.route.Server;
import phalanx.proxy.route.Upstream;
import phalanx.run.ForeignText;

/**
 * The admin API. What changes something is a POST, and no page of another origin can send one: a request that names an Origin, or a host
 * that is no address, is refused (DNS rebinding). Any thread.
 */
public final class AdminApi implements Exchange.Handler {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");
    private static final Set<String> SHOWN = Set.of("", "health", "ready", "metrics", "upstreams", "routes", "config");

    private final AdminControl control;
    private final EventExecutorGroup slow;
    private final RecordingApi recordings;
    private final BreakpointsApi breakpoints;
    private final GuardApi guard;

    /** @param slow where what takes long is done */
    public AdminApi(AdminControl control, EventExecutorGroup slow) {
        this.control = control;
        this.slow = slow;
        this.recordings = new RecordingApi(control, slow);
        this.guard = new GuardApi(control);
        this.breakpoints = new BreakpointsApi(control.breakpoints());
    }

    @Override
    public void handle(Exchange exchange) {
        RequestHead request = exchange.request();
        if (!addressed(request.host()) || request.fields().value("Origin") != null) {
            Replies.text(exchange, 403, "The admin API answers programs that name it by its address, not pages.\n");
            return;
        }
        Optional<AdminCall> call = AdminCall.of(exchange);
        if (call.isEmpty()) {
            Replies.text(exchange, 400, "What stands behind the question mark is badly encoded.\n");
        } else if (!METHODS.contains(request.method())) {
            exchange.editResponse(head -> head.fields().add(FieldName.ALLOW, "GET, HEAD, POST"));
            call.get().say(405, "GET and POST are answered.");
        } else {
            handle(call.get());
        }
    }

    private void handle(AdminCall call) {
        switch (call.part(0)) {
            case "requests" -> recordings.requests(call);
            case "recording" -> recordings.recording(call);
            case "capture" -> recordings.capture(call);
            case "bans" -> guard.bans(call);
            case "limits" -> guard.limits(call);
            case "guard" -> guard.events(call);
            case "breakpoints" -> breakpoints.handle(call);
            default -> {
                Optional<AdminExtension> extension = control.extension(call.part(0));
                if (extension.isPresent()) {
                    call.away(slow, () -> extended(call, extension.get()));
                } else if (call.post()) {
                    change(call);
                } else {
                    show(call);
                }
            }
        }
    }

    private static Runnable extended(AdminCall call, AdminExtension extension) {
        return switch (extension.answer(call.order())) {
            case AdminExtension.Answer.Text(int status, String type, String body) ->
                () -> AdminJson.send(call.exchange(), status, type, body);
            case AdminExtension.Answer.Events(EventSource source, long after) ->
                () -> EventStream.begin(call.exchange(), source, after);
        };
    }

    private static boolean addressed(String host) {
        return host.isEmpty() || host.equals("localhost") || host.matches("[0-9.]+|\\[[0-9a-f:.]+]");
    }

    private void show(AdminCall call) {
        Exchange exchange = call.exchange();
        if (call.at("reload") || call.at("routes", "", "faults") || call.at("upstreams", "", "", "")) {
            call.otherMethod();
            return;
        }
        switch (call.path().size() == 1 ? call.part(0) : "?") {
            case "health" -> call.say(200, "alive");
            case "ready" -> call.say(control.ready() ? 200 : 503, control.ready() ? "ready" : "draining");
            case "metrics" ->
                AdminJson.send(exchange, "text/plain; version=0.0.4; charset=utf-8", PrometheusText.of(control));
            case "upstreams" -> {
                ArrayNode all = JSON.createArrayNode();
                control.upstreams().forEach(upstream -> all.add(AdminJson.upstream(JSON.createObjectNode(), upstream)));
                AdminJson.send(exchange, JSON.createObjectNode().set("upstreams", all));
            }
            case "routes" -> {
                ArrayNode all = JSON.createArrayNode();
                control.routes()
                        .forEach(route -> AdminJson.route(all.addObject().put("number", all.size()), route));
                AdminJson.send(exchange, JSON.createObjectNode().set("routes", all));
            }
            case "config" -> {
                ArrayNode all = JSON.createArrayNode();
                control.configuration().forEach(node -> AdminJson.directive(all.addObject(), node));
                AdminJson.send(exchange, JSON.createObjectNode().set("directives", all));
            }
            case "" -> call.say(200, """
                    GET  /health  /ready  /metrics  /upstreams  /requests  /routes  /config
                    GET  /bans  /limits  /guard/events
                    GET  /recording  /recording/har  /recording/ID  /breakpoints  /capture
                    POST /reload
                    POST /routes/NUMBER/faults?set=delay+200ms+percent=10;abort+503   (set= alone: none)
                    POST /recording/start?bodies=SIZE  stop    /recording/ID/replay
                    POST /breakpoints?set=request+GET+/api/*;response+*+/x   (set= alone: none)
                    POST /breakpoints/NUMBER/continue?set=NAME:VALUE&remove=NAME  abort  answer?status=N
                    POST /capture/start  stop
                    POST /bans/ADDRESS/lift  ban?for=10m
                    POST /upstreams/NAME/HOST:PORT/down  up  drain  weight?value=N""" + control.extensionHelp());
            default -> call.nothingHere();
        }
    }

    private void change(AdminCall call) {
        if (call.at("reload")) {
            call.away(slow, () -> reload(call));
        } else if (call.at("routes", "", "faults")) {
            setFaults(call);
        } else if (call.at("upstreams", "", "", "")) {
            changeServer(call);
        } else if (call.path().size() == 1 && SHOWN.contains(call.part(0))) {
            call.otherMethod();
        } else {
            call.say(404, "There is no such thing to change. / lists what there is.");
        }
    }

    private Runnable reload(AdminCall call) {
        List<String> faults = control.reload();
        return faults.isEmpty()
                ? () -> call.say(200, "reloaded")
                : () -> call.say(400, String.join("\n", faults) + "\nNothing was changed.");
    }

    private void changeServer(AdminCall call) {
        Server server = server(call.part(1), call.part(2));
        if (server == null) {
            call.say(404, "There is no such server. /upstreams lists them.");
            return;
        }
        switch (call.part(3)) {
            case "down" -> server.health().markDown(true);
            case "up" -> {
                server.health().markDown(false);
                server.health().drain(false);
            }
            case "drain" -> server.health().drain(true);
            case "weight" -> {
                Optional<Long> weight = call.value("value").flatMap(text -> Values.number(text, 0, 1_000_000));
                if (weight.isEmpty()) {
                    call.say(400, "Write weight?value=N, N being a whole number up to 1000000.");
                    return;
                }
                server.weight(weight.get().intValue());
            }
            default -> {
                call.say(404, "A server can be set down, up, drain or weight.");
                return;
            }
        }
        call.say(200, server + " is " + server.health().state() + ", weight " + server.weight());
    }

    private void setFaults(AdminCall call) {
        List<AdminControl.RouteFaults> routes = control.routes();
        Optional<Long> index = Values.number(call.part(1), 1, routes.size());
        Optional<String> set = call.value("set");
        if (index.isEmpty() || set.isEmpty()) {
            call.say(404, "Write /routes/NUMBER/faults?set=FAULT;FAULT. GET /routes has the numbers.");
            return;
        }
        List<Fault> faults = new ArrayList<>();
        for (String text : set.get().split(";", -1)) {
            if (text.isBlank()) {
                continue;
            }
            Optional<Fault> fault = Fault.read(text);
            if (fault.isEmpty()) {
                call.say(400, "This is no fault that can be made: " + ForeignText.line(text));
                return;
            }
            faults.add(fault.get());
        }
        AdminControl.RouteFaults route = routes.get(index.get().intValue() - 1);
        route.faults().set(faults);
        call.say(200, "Faults at " + route.route() + ": " + faults.size());
    }

    private @Nullable Server server(String upstream, String name) {
        for (Upstream one : control.upstreams()) {
            if (one.name().equals(upstream)) {
                for (Server server : one.servers()) {
                    if (server.toString().equals(name)) {
                        return server;
                    }
                }
            }
        }
        return null;
    }
}
