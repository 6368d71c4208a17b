package phalanx.agents;

import java.util.ArrayList;
import java.util.List;
import phalanx.agents.trail.MessageJson;
import phalanx.agents.trail.StepLog;
import phalanx.config.ControlFile;
import phalanx.proxy.admin.AdminExtension;
import phalanx.proxy.admin.EventSource;
import phalanx.run.ForeignText;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * The agents at the proxy's admin port, for who shows their token: what they do as Server-Sent Events, how they are as JSON, pause, and
 * people's answers. Any thread.
 */
public final class AgentsApi implements AdminExtension, EventSource {
    /** The first part of its paths. */
    public static final String PART = "agents";

    private static final int LONGEST_REASON = 500;

    private final Steering steering;
    private final ControlFile control;
    private final Graph graph;

    /** Answers what depends on what, and what changed. */
    public interface Graph {
        /** @return JSON, or what is wrong with the question */
        Outcome<String> answer(Order order);
    }

    /** @param control whose token lets in */
    public AgentsApi(Steering steering, ControlFile control, Graph graph) {
        this.steering = steering;
        this.control = control;
        this.graph = graph;
    }

    @Override
    public String help() {
        return """
                GET  /agents  /agents/events?after=ID  /agents/graph?ask=QUESTION&from=NAME&to=NAME&before=TIME
                POST /agents/pause?who=NAME  resume  /agents/proposals/INCIDENT/NUMBER/approve?reason=TEXT  reject""";
    }

    @Override
    public Answer answer(Order order) {
        if (!control.opensFor(order.authorization())) {
            return say(403, "The token is not that of these agents.");
        }
        String rest = String.join("/", order.path().subList(1, order.path().size()));
        if (!order.post()) {
            return switch (rest) {
                case "" ->
                    new Answer.Text(
                            200,
                            "application/json",
                            MessageJson.tree(steering.snapshot()).toPrettyString() + "\n");
                case "events" -> new Answer.Events(this, after(order));
                case "graph" ->
                    switch (graph.answer(order)) {
                        case Outcome.Ok<String>(String json) -> new Answer.Text(200, "application/json", json);
                        case Outcome.Failed<String>(Problem problem) ->
                            say(400, ForeignText.line(problem.what()) + " " + problem.remedy());
                    };
                default -> say(404, "There is nothing here. / lists what there is.");
            };
        }
        return switch (rest) {
            case "pause" -> {
                steering.pause(true, who(order));
                yield say(200, "The agents begin nothing any more until they are resumed.");
            }
            case "resume" -> {
                steering.pause(false, who(order));
                yield say(200, "The agents go on.");
            }
            default -> person(order);
        };
    }

    private Answer person(Order order) {
        List<String> path = order.path();
        boolean yes = path.getLast().equals("approve");
        if (path.size() != 5
                || !path.get(1).equals("proposals")
                || !yes && !path.getLast().equals("reject")) {
            return say(404, "There is no such thing to change. / lists what there is.");
        }
        String reason = ForeignText.line(order.value("reason")).strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            return say(400, "A reason is wanted, of at most " + LONGEST_REASON + " characters: ?reason=TEXT.");
        }
        String proposal = path.get(2) + "/" + path.get(3);
        return steering.answer(proposal, yes, who(order), reason)
                ? say(200, proposal + (yes ? " is approved." : " is rejected."))
                : say(409, "No proposal " + ForeignText.line(proposal) + " waits for an answer.");
    }

    private static String who(Order order) {
        return order.value("who").isBlank()
                ? "admin"
                : ForeignText.line(order.value("who")).strip();
    }

    private static Answer say(int status, String sentence) {
        return new Answer.Text(status, "text/plain; charset=utf-8", sentence + "\n");
    }

    private static long after(Order order) {
        String asked = order.lastEventId().isEmpty() ? order.value("after") : order.lastEventId();
        return asked.matches("\\d{1,18}") ? Long.parseLong(asked) : 0;
    }

    @Override
    public List<Event> after(long id, int most) {
        StepLog.Read read = steering.log().after(id, most);
        List<Event> events = new ArrayList<>();
        if (read.missed() > 0) {
            events.add(new Event(id + read.missed(), "missed", "{\"steps\":" + read.missed() + "}"));
        }
        read.entries().forEach(entry -> events.add(new Event(entry.id(), "step", MessageJson.write(entry.step()))));
        return events;
    }

    @Override
    public Runnable tell(Runnable who) {
        return steering.log().tell(who);
    }
}
