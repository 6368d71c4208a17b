package phalanx.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import phalanx.anomaly.RootCauseRanking;
import phalanx.anomaly.Suspect;
import phalanx.app.terminal.ExitCode;
import phalanx.app.terminal.Figure;
import phalanx.metrics.CallGraph;
import phalanx.metrics.MetricFile;
import phalanx.metrics.MetricTable;
import phalanx.metrics.Moment;
import phalanx.run.Outcome;
import phalanx.share.RankingJson;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Services by how likely trouble began at them, from metric files. */
@Command(
        name = "rank",
        mixinStandardHelpOptions = true,
        header = "Ranks services by how likely the trouble began there.",
        description = {
            "Compares metrics from before the trouble with metrics while it lasts. Files are CSV with a header: the time in the first column,"
                    + " then columns named service|metric, such as cart|cpu or front|latency.p99.",
            "Either two files, --normal and --metrics, or one and the time at which it began.",
            "With a call graph (CSV: caller,callee) a service whose callee is about as bad ranks behind that callee."
        },
        footer = {
            "",
            "Examples:",
            "  phalanx rank --normal yesterday.csv --metrics now.csv",
            "  phalanx rank --metrics day.csv --anomaly-at 2026-11-21T09:40:00Z --graph calls.csv --target front"
        })
final class RankCommand implements Callable<Integer> {
    private static final int SHOWN = 10;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--metrics", required = true, paramLabel = "FILE", description = "metrics while the trouble lasts")
    private Path metrics = Path.of("");

    @Option(names = "--normal", paramLabel = "FILE", description = "metrics from before it")
    private @Nullable Path normal;

    @Option(
            names = "--anomaly-at",
            paramLabel = "TIME",
            description =
                    "when it began, as seconds since the epoch or ISO 8601; what --metrics holds from before is normal")
    private @Nullable String begin;

    @Option(names = "--graph", paramLabel = "FILE", description = "who calls whom: caller,callee")
    private @Nullable Path graph;

    @Option(names = "--target", paramLabel = "SERVICE", description = "the service that users complain of")
    private @Nullable String target;

    @Option(names = "--json", description = "the document phalanx.rank/1")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        OptionalLong at = begin == null ? OptionalLong.empty() : Moment.parse(begin);
        if (begin != null && at.isEmpty()) {
            throw new CommandLine.ParameterException(line, "--anomaly-at \"" + begin + "\" is no time.");
        }
        Path before = normal;
        if ((before == null) == (begin == null)) {
            throw new CommandLine.ParameterException(
                    line, "Say what is normal: either --normal FILE or --anomaly-at TIME.");
        }
        Outcome<CallGraph> calls = graph == null ? Outcome.ok(CallGraph.NONE) : MetricFile.readCalls(graph);
        Outcome<Inputs> inputs = MetricFile.read(metrics)
                .then(during -> (before == null ? Outcome.ok(during) : MetricFile.read(before))
                        .then(known -> calls.then(who -> Outcome.ok(new Inputs(known, during, who)))));
        return switch (inputs) {
            case Outcome.Failed<Inputs>(var problem) -> {
                line.getErr().println(problem);
                yield ExitCode.UNREADABLE;
            }
            case Outcome.Ok<Inputs>(var read) ->
                at.isEmpty()
                        ? rank(read.known, read.during, read.calls, line)
                        : rank(
                                read.known.rows(time -> time < at.getAsLong()),
                                read.during.rows(time -> time >= at.getAsLong()),
                                read.calls,
                                line);
        };
    }

    /** What the files hold. */
    private record Inputs(MetricTable known, MetricTable during, CallGraph calls) {}

    private int rank(MetricTable known, MetricTable during, CallGraph calls, CommandLine line) throws IOException {
        if (known.moments().isEmpty() || during.moments().isEmpty()) {
            throw new CommandLine.ParameterException(
                    line,
                    known.moments().isEmpty()
                            ? "There are no rows before --anomaly-at."
                            : "There are no rows from --anomaly-at on.");
        }
        String service = target;
        if (service != null
                && during.columns().stream()
                        .noneMatch(c -> c.name().equals(service) || c.name().startsWith(service + "|"))) {
            throw new CommandLine.ParameterException(line, "There is no metric of --target \"" + service + "\".");
        }
        RootCauseRanking ranking = RootCauseRanking.of(known, during, calls, service);
        tellWhatWasNotUsed(ranking, calls, service, line.getErr());
        if (ranking.suspects().isEmpty()) {
            line.getErr()
                    .println(
                            "No metric has three values before and one while the trouble lasts: there is nothing to compare.");
        }
        if (json) {
            RankingJson.write(ranking, during, line.getOut());
        } else {
            tell(ranking, during, line.getOut());
        }
        return ExitCode.OK;
    }

    /** What the user gave and the answer does without. */
    private void tellWhatWasNotUsed(
            RootCauseRanking ranking, CallGraph calls, @Nullable String service, PrintWriter err) {
        String found = ranking.target();
        if (service != null && found == null) {
            err.println("No latency, errors or availability of " + service
                    + " got worse: all services are ranked by how far they left their usual range.");
        } else if (graph != null && found == null) {
            err.println("The call graph was not used: no service that nobody calls got worse. Name one with --target.");
        } else if (graph != null && found != null && !calls.knows(found)) {
            err.println("The call graph does not know " + found + "; it was not used.");
        }
    }

    private static void tell(RootCauseRanking ranking, MetricTable during, PrintWriter out) {
        if (ranking.complaint() != null) {
            out.printf(
                    "The complaint: %s of %s%n%n",
                    ranking.complaint().name().toLowerCase(Locale.ROOT), ranking.target());
        }
        List<Suspect> shown = ranking.suspects().stream().limit(SHOWN).toList();
        int width = shown.stream()
                .mapToInt(suspect -> suspect.service().length())
                .max()
                .orElse(0);
        for (int place = 0; place < shown.size(); place++) {
            Suspect suspect = shown.get(place);
            out.printf(
                    "%2d  %-" + Math.max(1, width) + "s  %8.1f  %s",
                    place + 1,
                    suspect.service(),
                    suspect.score(),
                    suspect.score() > 0
                            ? "%s was %s at %s, usually %s"
                                    .formatted(
                                            suspect.indicator(),
                                            Figure.of(suspect.worst()),
                                            during.moments().get(suspect.worstRow()),
                                            Figure.of(suspect.usual()))
                            : suspect.indicator() + " as usual");
            Suspect.Explanation because = suspect.because();
            out.println(
                    switch (because) {
                        case null -> "";
                        case Suspect.Explanation.Callee(String callee) -> "; it calls " + callee + ", which is as bad";
                        case Suspect.Explanation.OnlySeenFromOutside(String other) ->
                            "; only its callers know it, and they call " + other;
                    });
        }
        out.flush();
    }
}
