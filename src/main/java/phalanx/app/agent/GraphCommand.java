package phalanx.app.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.StepLog;
import phalanx.app.pipeline.Pipeline;
import phalanx.app.pipeline.UserRules;
import phalanx.app.terminal.ExitCode;
import phalanx.app.terminal.Interruption;
import phalanx.app.terminal.TerminalProgress;
import phalanx.capture.CaptureFolder;
import phalanx.explain.Analysis;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;
import phalanx.share.SystemGraphJson;
import phalanx.stitch.HopNames;
import phalanx.telemetry.Telemetry;
import phalanx.telemetry.TelemetryFile;
import phalanx.topology.Services;
import phalanx.topology.SystemGraph;
import phalanx.topology.SystemGraph.Gathering;
import phalanx.topology.SystemGraph.Statement;
import phalanx.topology.SystemGraphs;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks what captures, records of other tools and the agents state of services, hosts, hops, deploys, conversations and incidents. */
@Command(
        name = "graph",
        mixinStandardHelpOptions = true,
        header = "Services, hosts, hops, deploys, conversations and incidents as one graph.",
        description = {
            "Without a question: all that is stated. Each line is one statement, with when it was seen first and last, and who says so.",
            "What is asked about is named as the lines name it: service:quote, host:10.0.0.1, hop:edge, incident:ID."
        },
        footer = {
            "",
            "Example:",
            "  phalanx graph client.pcapng --import traces.json --from service:web --to service:policy --ask conversations"
        })
public final class GraphCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "captures, or folders of them, in any order")
    private List<Path> files = List.of();

    @Option(
            names = "--import",
            paramLabel = "FILE",
            description = "what another tool recorded, as analyze takes it; may be repeated")
    private List<Path> imports = List.of();

    @Option(names = "--case", paramLabel = "FOLDER", description = "where agents keep what they do: their incidents")
    private @Nullable Path agents;

    @Option(
            names = "--ask",
            paramLabel = "QUESTION",
            defaultValue = "ALL",
            description = "neighbours, upstream, downstream or incidents of --from; path, changes or conversations "
                    + "from --from to --to; all (default)")
    private GraphQuestion.Ask ask = GraphQuestion.Ask.ALL;

    @Option(names = "--from", paramLabel = "NAME", description = "what is asked about")
    private String from = "";

    @Option(names = "--to", paramLabel = "NAME", description = "where the path ends")
    private String to = "";

    @Option(names = "--before", paramLabel = "TIME", description = "changes before that (ISO 8601); default: all")
    private String before = "";

    @Option(names = "--json", description = "the document phalanx.graph/1")
    private boolean json;

    @Option(names = "--quiet", description = "no notices and no progress on stderr")
    private boolean quiet;

    private int worst = ExitCode.OK;

    @Override
    public Integer call() throws IOException {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        if (files.isEmpty() && imports.isEmpty() && agents == null) {
            throw new CommandLine.ParameterException(line, "Name captures, --import or --case.");
        }
        GraphQuestion question = wanted(GraphQuestion.read(ask, from, to, before), line);
        SystemGraph graph;
        try {
            graph = gathered(line);
        } catch (Progress.Cancelled _) {
            return ExitCode.CANCELLED;
        }
        List<Statement> told = wanted(question.of(graph), line);
        if (json) {
            SystemGraphJson.write(told, graph.leftOut(), line.getOut());
        } else {
            tell(told, graph.leftOut(), line.getOut());
        }
        return worst;
    }

    private static <T> T wanted(Outcome<T> outcome, CommandLine line) {
        return switch (outcome) {
            case Outcome.Ok<T>(T value) -> value;
            case Outcome.Failed<T>(Problem problem) ->
                throw new CommandLine.ParameterException(line, problem.what() + " " + problem.remedy());
        };
    }

    private SystemGraph gathered(CommandLine line) throws IOException {
        Gathering graph = new Gathering();
        Path folder = agents;
        if (folder != null) { // before conversations, which may fill the graph
            read(AgentCase.steps(folder), List.<StepLog.Entry>of(), line).forEach(entry -> {
                if (entry.step() instanceof Message.Signalled first) {
                    LiveGraph.add(first.incident(), first.signals(), graph);
                }
            });
        }
        Telemetry telemetry = Telemetry.NONE;
        for (Path file : imports) {
            Telemetry came = read(TelemetryFile.read(file), Telemetry.NONE, line);
            came.files().forEach(one -> one.problems().forEach(problem -> notice(problem, line)));
            telemetry = telemetry.with(came);
        }
        SystemGraphs.add(telemetry, graph);
        if (!files.isEmpty()) {
            packets(telemetry, graph, line);
        }
        return graph.graph();
    }

    private void packets(Telemetry telemetry, Gathering graph, CommandLine line) throws IOException {
        try (TerminalProgress progress = new TerminalProgress(line.getErr(), !quiet && TerminalProgress.isTerminal());
                Interruption _ = Interruption.cancels(progress)) {
            switch (new Pipeline(UserRules.read(null)).analyze(HopNames.name(CaptureFolder.expand(files)), progress)) {
                case Outcome.Failed<Analysis>(Problem problem) -> failed(problem, line);
                case Outcome.Ok<Analysis>(Analysis analysis) -> {
                    analysis.problems().forEach(problem -> notice(problem, line));
                    SystemGraphs.add(analysis.stitched(), analysis.measures(), Services.of(telemetry), graph);
                }
            }
        }
    }

    private <T> T read(Outcome<T> outcome, T none, CommandLine line) {
        return switch (outcome) {
            case Outcome.Ok<T>(T value) -> value;
            case Outcome.Failed<T>(Problem problem) -> {
                failed(problem, line);
                yield none;
            }
        };
    }

    private void failed(Problem problem, CommandLine line) {
        line.getErr().println(problem);
        worst = ExitCode.UNREADABLE;
    }

    private void notice(Problem problem, CommandLine line) {
        if (!quiet) {
            line.getErr().println(problem);
        }
        worst = worst == ExitCode.OK ? ExitCode.PARTLY_READ : worst;
    }

    private static void tell(List<Statement> told, long leftOut, PrintWriter out) {
        if (told.isEmpty()) {
            out.println("Nothing is stated of that.");
        }
        for (Statement one : told) {
            out.printf(
                    "%-30s  %-11s  %-30s  %-8s  %-24s  %s%n",
                    one.from(),
                    word(one.relation()),
                    one.to(),
                    word(one.source()),
                    time(one.firstNanos()),
                    time(one.lastNanos()));
        }
        if (leftOut > 0) {
            out.printf("%,d statements more had no room.%n", leftOut);
        }
        out.flush();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String time(long nanos) {
        return nanos == 0
                ? "-"
                : Instant.ofEpochMilli(TimeUnit.NANOSECONDS.toMillis(nanos)).toString();
    }
}
