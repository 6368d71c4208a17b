package phalanx.app.agent;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.topology.SystemGraph;
import phalanx.topology.SystemGraph.Kind;
import phalanx.topology.SystemGraph.Statement;
import phalanx.topology.SystemGraph.Thing;

/**
 * What a graph of the system is asked. Immutable, any thread.
 *
 * @param from what is asked about, as the graph's lines name it; empty where the question needs none
 * @param to where a path ends, the same
 * @param before nanoseconds since the epoch, up to which changes count
 */
record GraphQuestion(Ask ask, String from, String to, long before) {
    private static final String UNKNOWN = "PHX-6202";

    /** What can be asked. */
    enum Ask {
        ALL(false, false),
        NEIGHBOURS(true, false),
        UPSTREAM(true, false),
        DOWNSTREAM(true, false),
        INCIDENTS(true, false),
        PATH(true, true),
        CHANGES(true, true),
        CONVERSATIONS(true, true);

        private final boolean from;
        private final boolean to;

        Ask(boolean from, boolean to) {
            this.from = from;
            this.to = to;
        }

        /** As it is written: {@code neighbours}. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Ask> of(String word) {
            return Arrays.stream(values())
                    .filter(one -> one.word().equals(word.toLowerCase(Locale.ROOT)))
                    .findFirst();
        }
    }

    /** Reads one. @param before a time as ISO 8601 has it, empty for any */
    static Outcome<GraphQuestion> read(Ask ask, String from, String to, String before) {
        if (ask.from && from.isEmpty() || ask.to && to.isEmpty()) {
            return refused(
                    "The question " + ask.word() + " wants from" + (ask.to ? " and to." : "."),
                    "Name what is asked about, as in service:quote.");
        }
        try {
            long until = before.isEmpty()
                    ? Long.MAX_VALUE
                    : TimeUnit.MILLISECONDS.toNanos(Instant.parse(before).toEpochMilli());
            return Outcome.ok(new GraphQuestion(ask, from, to, until));
        } catch (DateTimeException | ArithmeticException _) { // the latter far from our times
            return refused("\"" + before + "\" is no time.", "Write it as 2026-11-21T01:44:00Z.");
        }
    }

    /** For what nobody can ask. */
    static Outcome<GraphQuestion> unknown(String word) {
        return refused(
                "\"" + word + "\" cannot be asked.",
                "Ask one of: " + Arrays.stream(Ask.values()).map(Ask::word).collect(Collectors.joining(" ")) + ".");
    }

    private static <T> Outcome<T> refused(String what, String remedy) {
        return Outcome.failed(new Problem(UNKNOWN, what, remedy));
    }

    /** What a graph says to it. */
    Outcome<List<Statement>> of(SystemGraph graph) {
        return thing(graph, ask.from ? from : "")
                .then(one -> thing(graph, ask.to ? to : "").then(other -> Outcome.ok(answer(graph, one, other))));
    }

    private List<Statement> answer(SystemGraph graph, Thing one, Thing other) {
        return switch (ask) {
            case ALL -> graph.statements();
            case NEIGHBOURS -> graph.of(one);
            case UPSTREAM -> graph.upstream(one);
            case DOWNSTREAM -> graph.downstream(one);
            case INCIDENTS -> graph.incidents(one);
            case PATH -> graph.path(one, other);
            case CHANGES -> graph.changes(one, other, before);
            case CONVERSATIONS -> graph.conversations(one, other);
        };
    }

    private static Outcome<Thing> thing(SystemGraph graph, String name) {
        return name.isEmpty()
                ? Outcome.ok(new Thing(Kind.SERVICE, ""))
                : graph.find(name)
                        .map(Outcome::ok)
                        .orElseGet(() -> refused(
                                "Nothing in the graph is \"" + name + "\", or several are.",
                                "Without a question all of it is listed."));
    }
}
