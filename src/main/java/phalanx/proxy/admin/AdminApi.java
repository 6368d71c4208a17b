package phalanx.proxy.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.netty.util.concurrent.EventExecutorGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phalanx.config.Values;
import phalanx.proxy.fault.Fault;
import phalanx.proxy.http.Exchange;
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

    private final AdminControl control;
    private final LabApi lab;

    /** @param slow where what takes long is done */
    public AdminApi(AdminControl control, EventExecutorGroup slow) {
        this.control = control;
        this.lab = new LabApi(control, slow);
    }

    @Override
    public void handle(Exchange exchange) {
        RequestHead request = exchange.request();
        if (!addressed(request.host()) || request.fields().value("Origin") != null) {
            Replies.text(exchange, 403, "The admin API answers programs that name it by its address, not pages.\n");
            return;
        }
        String path = request.path();
        if (!LabApi.readable(exchange)) {
            Replies.text(exchange, 400, "What stands behind the question mark is badly encoded.\n");
            return;
        }
        boolean post = request.method().equals("POST");
        if (!post && !request.method().equals("GET") && !request.method().equals("HEAD")) {
            Replies.text(exchange, 405, "GET and POST are answered.\n");
        } else if (lab.handle(exchange, path, post)) {
            return;
        } else if (post && path.equals("/reload")) {
            lab.away(exchange, () -> {
                List<String> faults = control.reload();
                return faults.isEmpty()
                        ? LabApi.text(exchange, 200, "reloaded")
                        : LabApi.text(exchange, 400, String.join("\n", faults) + "\nNothing was changed.");
            });
        } else if (post) {
            change(exchange, path);
        } else {
            show(exchange, path);
        }
    }

    private static boolean addressed(String host) {
        return host.isEmpty() || host.equals("localhost") || host.matches("[0-9.]+|\\[[0-9a-f:.]+]");
    }

    private void show(Exchange exchange, String path) {
        switch (path) {
            case "/health" -> Replies.text(exchange, 200, "alive\n");
            case "/ready" ->
                Replies.text(exchange, control.ready() ? 200 : 503, control.ready() ? "ready\n" : "draining\n");
            case "/metrics" ->
                AdminJson.send(
                        exchange,
                        "text/plain; version=0.0.4; charset=utf-8",
                        PrometheusText.of(control.metrics(), control.upstreams()));
            case "/upstreams" -> {
                ArrayNode all = JSON.createArrayNode();
                control.upstreams().forEach(upstream -> all.add(AdminJson.upstream(JSON.createObjectNode(), upstream)));
                AdminJson.send(exchange, JSON.createObjectNode().set("upstreams", all));
            }
            case "/routes" -> {
                ArrayNode all = JSON.createArrayNode();
                control.routes()
                        .forEach(route -> AdminJson.route(all.addObject().put("number", all.size()), route));
                AdminJson.send(exchange, JSON.createObjectNode().set("routes", all));
            }
            case "/config" -> {
                ArrayNode all = JSON.createArrayNode();
                control.configuration().forEach(node -> AdminJson.directive(all.addObject(), node));
                AdminJson.send(exchange, JSON.createObjectNode().set("directives", all));
            }
            case "/" -> Replies.text(exchange, 200, """
                    GET  /health  /ready  /metrics  /upstreams  /requests  /routes  /config
                    GET  /recording  /recording/har  /recording/ID  /breakpoints  /capture
                    POST /reload
                    POST /routes/NUMBER/faults?set=delay+200ms+percent=10;abort+503   (set= alone: none)
                    POST /recording/start?bodies=SIZE  stop    /recording/ID/replay
                    POST /breakpoints?set=request+GET+/api/*;response+*+/x   (set= alone: none)
                    POST /breakpoints/NUMBER/continue?set=NAME:VALUE&remove=NAME  abort  answer?status=N
                    POST /capture/start  stop
                    POST /upstreams/NAME/HOST:PORT/down  up  drain  weight?value=N
                    """);
            default -> Replies.text(exchange, 404, "There is nothing here. / lists what there is.\n");
        }
    }

    private void change(Exchange exchange, String path) {
        String[] parts = path.split("/", -1);
        if (parts.length == 4 && parts[1].equals("routes") && parts[3].equals("faults")) {
            setFaults(exchange, parts[2]);
            return;
        }
        Server server = parts.length == 5 && parts[1].equals("upstreams") ? server(parts[2], parts[3]) : null;
        if (server == null) {
            Replies.text(exchange, 404, "There is no such thing to change. / lists what there is.\n");
            return;
        }
        switch (parts[4]) {
            case "down" -> server.health().markDown(true);
            case "up" -> {
                server.health().markDown(false);
                server.health().drain(false);
            }
            case "drain" -> server.health().drain(true);
            case "weight" -> {
                Optional<Long> weight = Values.number(LabApi.one(LabApi.query(exchange), "value", ""), 0, 1_000_000);
                if (weight.isEmpty()) {
                    Replies.text(exchange, 400, "Write weight?value=N, N being a whole number up to 1000000.\n");
                    return;
                }
                server.weight(weight.get().intValue());
            }
            default -> {
                Replies.text(exchange, 404, "A server can be set down, up, drain or weight.\n");
                return;
            }
        }
        Replies.text(exchange, 200, server + " is " + server.health().state() + ", weight " + server.weight() + "\n");
    }

    private void setFaults(Exchange exchange, String number) {
        List<AdminControl.RouteFaults> routes = control.routes();
        Optional<Long> index = Values.number(number, 1, routes.size());
        List<String> set = LabApi.query(exchange).getOrDefault("set", List.of());
        if (index.isEmpty() || set.isEmpty()) {
            Replies.text(exchange, 404, "Write /routes/NUMBER/faults?set=FAULT;FAULT. GET /routes has the numbers.\n");
            return;
        }
        List<Fault> faults = new ArrayList<>();
        for (String text : set.getFirst().split(";", -1)) {
            if (text.isBlank()) {
                continue;
            }
            Optional<Fault> fault = Fault.read(text);
            if (fault.isEmpty()) {
                Replies.text(exchange, 400, "This is no fault that can be made: " + ForeignText.line(text) + "\n");
                return;
            }
            faults.add(fault.get());
        }
        AdminControl.RouteFaults route = routes.get(index.get().intValue() - 1);
        route.faults().set(faults);
        Replies.text(exchange, 200, route.route() + ": " + faults.size() + " faults\n");
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
