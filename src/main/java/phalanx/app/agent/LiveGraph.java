package phalanx.app.agent;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import phalanx.agents.AgentsApi;
import phalanx.agents.Steering;
import phalanx.agents.observe.Subject;
import phalanx.agents.trail.IncidentRecord;
import phalanx.agents.trail.Signal;
import phalanx.proxy.admin.AdminExtension.Order;
import phalanx.run.Outcome;
import phalanx.share.SystemGraphJson;
import phalanx.telemetry.Telemetry;
import phalanx.topology.SystemGraph;
import phalanx.topology.SystemGraph.Gathering;
import phalanx.topology.SystemGraph.Kind;
import phalanx.topology.SystemGraph.Relation;
import phalanx.topology.SystemGraph.Source;
import phalanx.topology.SystemGraph.Statement;
import phalanx.topology.SystemGraph.Thing;
import phalanx.topology.SystemGraphs;

/** The graph of a running system: what its services told of themselves, and what the agents made of it. Any thread. */
record LiveGraph(Supplier<Telemetry> telemetry, Steering agents) implements AgentsApi.Graph {
    @Override
    public Outcome<String> answer(Order order) {
        String asked = order.value("ask").isEmpty() ? GraphQuestion.Ask.ALL.word() : order.value("ask");
        return GraphQuestion.Ask.of(asked)
                .map(ask -> GraphQuestion.read(ask, order.value("from"), order.value("to"), order.value("before")))
                .orElseGet(() -> GraphQuestion.unknown(asked))
                .then(question -> {
                    SystemGraph graph = graph();
                    return question.of(graph).then(told -> Outcome.ok(json(told, graph.leftOut())));
                });
    }

    private SystemGraph graph() {
        Gathering graph = new Gathering();
        for (IncidentRecord incident : agents.snapshot().incidents()) {
            add(incident.id(), incident.signals(), graph);
        }
        SystemGraphs.add(telemetry.get(), graph);
        return graph.graph();
    }

    /** Which services an incident concerns. */
    static void add(String incident, List<Signal> signals, Gathering graph) {
        for (Signal signal : signals) {
            if (!signal.subject().of().equals(Subject.EDGE.of())) {
                graph.add(new Statement(
                        new Thing(Kind.INCIDENT, incident),
                        Relation.CONCERNS,
                        new Thing(Kind.SERVICE, signal.subject().of()),
                        Source.INCIDENT,
                        nanos(signal.since()),
                        nanos(signal.at())));
            }
        }
    }

    private static long nanos(Instant at) {
        return TimeUnit.SECONDS.toNanos(at.getEpochSecond()) + at.getNano();
    }

    private static String json(List<Statement> told, long leftOut) {
        StringWriter out = new StringWriter();
        try {
            SystemGraphJson.write(told, leftOut, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a text takes all
        }
        return out.toString();
    }
}
