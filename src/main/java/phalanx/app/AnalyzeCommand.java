package phalanx.app;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phalanx.app.pipeline.Pipeline;
import phalanx.app.pipeline.UserRules;
import phalanx.app.terminal.ExitCode;
import phalanx.app.terminal.Interruption;
import phalanx.app.terminal.TerminalProgress;
import phalanx.capture.CaptureFile;
import phalanx.capture.CaptureFolder;
import phalanx.decode.CaptureReader;
import phalanx.diagnose.Severity;
import phalanx.explain.Analysis;
import phalanx.explain.CaseAccount;
import phalanx.net.HopId;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;
import phalanx.run.WholeFile;
import phalanx.share.AnalysisJson;
import phalanx.share.HtmlReport;
import phalanx.share.MarkdownReport;
import phalanx.share.Provenance;
import phalanx.share.Report;
import phalanx.share.ReportFormat;
import phalanx.share.TextReport;
import phalanx.stitch.HopFile;
import phalanx.stitch.HopNames;
import phalanx.telemetry.Telemetry;
import phalanx.telemetry.TelemetryFile;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The main job without a display: captures of one investigation in, the answer out. */
@Command(
        name = "analyze",
        mixinStandardHelpOptions = true,
        header = "Says what is wrong, between which two capture points, and which packets prove it.",
        description = {
            "Takes captures of the same traffic made at several points of a path, in any order. The name of a point is its file's base "
                    + "name, unless --hop gives another. A folder stands for the captures in it.",
            "The answer goes to stdout, everything else to stderr."
        },
        footer = {
            "",
            "Exit codes: 0 ok; 1 findings at or above --fail-on; 2 usage; 3 input damaged but partly read; 4 input unreadable; "
                    + "5 no permission; 6 cancelled; 70 internal. Of several the first that holds of 4, 5, 3, 1.",
            "",
            "Example:",
            "  phalanx analyze --hop client=a.pcapng --hop server=b.pcapng --report a.pdf"
        })
final class AnalyzeCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "captures, or folders of them, in any order; - for the standard input")
    private List<Path> files = List.of();

    @Option(
            names = "--hop",
            paramLabel = "NAME=FILE",
            description = "a capture with the name of its point; may be repeated")
    private List<String> hops = List.of();

    @ArgGroup(exclusive = true)
    private Format format = new Format();

    @Option(names = "--output", paramLabel = "PATH", description = "write the answer there in place of stdout")
    private @Nullable Path output;

    @Option(
            names = "--report",
            paramLabel = "PATH",
            description =
                    "write a report there beside the answer; the ending decides: .pdf .html .md .json; may be repeated")
    private List<Path> reports = List.of();

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            description = "end with 1 when there is a finding so severe: critical, warning, info")
    private @Nullable Severity failOn;

    @Option(
            names = "--rules",
            paramLabel = "DIR",
            description = "folder of your own rules and thresholds; see: phalanx rules --help")
    private @Nullable Path rules;

    @Option(
            names = "--import",
            paramLabel = "FILE",
            description =
                    "what another tool recorded, known by its content: logs of Zeek, EVE of Suricata, OTLP traces, range queries of "
                            + "Prometheus, kubectl get -o json, a list of deploys; may be repeated")
    private List<Path> imports = List.of();

    @Option(names = "--quiet", description = "no notices and no progress on stderr")
    private boolean quiet;

    @Option(names = "--no-color", description = "no colours on a terminal (as the variable NO_COLOR)")
    private boolean noColor;

    /** What the answer looks like. */
    private static final class Format {
        @Option(names = "--json", description = "the document phalanx.analysis/1")
        private boolean json;

        @Option(names = "--markdown", description = "a report for a ticket")
        private boolean markdown;

        @Option(names = "--html", description = "a report with pictures, one file")
        private boolean html;
    }

    @Override
    public Integer call() throws IOException {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        PrintWriter err = line.getErr();
        for (Path report : reports) {
            if (ReportFormat.of(report).isEmpty()) {
                throw new CommandLine.ParameterException(
                        line, "--report knows the endings " + ReportFormat.endings() + ", found \"" + report + "\".");
            }
        }
        List<HopFile> named = named(line);
        boolean terminal = TerminalProgress.isTerminal();
        Outcome<Analysis> outcome;
        try (TerminalProgress progress = new TerminalProgress(err, terminal && !quiet);
                Interruption _ = Interruption.cancels(progress)) {
            outcome = new Pipeline(UserRules.read(rules)).analyze(named, progress);
        } catch (Progress.Cancelled _) {
            return ExitCode.CANCELLED;
        }
        return switch (outcome) {
            case Outcome.Failed<Analysis>(var problem) -> {
                err.println(problem);
                yield code(problem);
            }
            case Outcome.Ok<Analysis>(var analysis) -> answer(analysis, line, terminal);
        };
    }

    private int answer(Analysis analysis, CommandLine line, boolean terminal) {
        PrintWriter err = line.getErr();
        if (!quiet) {
            analysis.problems().forEach(err::println);
            analysis.stitched()
                    .captures()
                    .forEach(point -> point.capture().problems().forEach(err::println));
        }
        Provenance provenance;
        try (TerminalProgress progress = new TerminalProgress(err, terminal && !quiet);
                Interruption _ = Interruption.cancels(progress)) {
            provenance = format.markdown || format.html || !reports.isEmpty()
                    ? Provenance.of(analysis, Instant.now(), Main.version(), progress)
                    : new Provenance(Instant.now(), Main.version(), List.of());
        } catch (Progress.Cancelled _) {
            return ExitCode.CANCELLED;
        }
        List<Integer> codes = new ArrayList<>();
        CaseAccount account = CaseAccount.of(analysis).with(imported(err, codes));
        boolean colours = terminal && output == null && !noColor && System.getenv("NO_COLOR") == null;
        Report report = format.json
                ? new AnalysisJson()
                : format.markdown
                        ? new MarkdownReport(provenance)
                        : format.html ? new HtmlReport(provenance) : new TextReport(colours);
        boolean written = writeReports(account, provenance, err);
        if (output != null) {
            written &= written(
                    output,
                    out -> {
                        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
                        report.write(account, writer);
                        writer.flush();
                    },
                    err);
        } else {
            try {
                report.write(account, line.getOut());
                line.getOut().flush();
            } catch (IOException _) {
                return code(analysis, codes); // who reads has heard enough, as head does
            }
        }
        return written ? code(analysis, codes) : ExitCode.FORBIDDEN;
    }

    /** The reports asked for beside the answer; what could not be written is told. */
    private boolean writeReports(CaseAccount account, Provenance provenance, PrintWriter err) {
        boolean all = true;
        for (Path file : reports) {
            ReportFormat format = ReportFormat.of(file).orElseThrow();
            all &= written(file, out -> format.write(account, provenance, out), err);
        }
        return all;
    }

    /** What writes the content of a file. */
    @FunctionalInterface
    private interface Content {
        void to(OutputStream out) throws IOException;
    }

    private boolean written(Path file, Content content, PrintWriter err) {
        try {
            WholeFile.write(file, out -> {
                content.to(out);
                return file;
            });
        } catch (IOException e) {
            err.println(WholeFile.notWritten(file, e));
            return false;
        }
        if (!quiet) {
            err.println("Written to " + file);
        }
        return true;
    }

    /** What other tools recorded. @param codes is told of what could not be read */
    private Telemetry imported(PrintWriter err, List<Integer> codes) {
        Telemetry all = Telemetry.NONE;
        for (Path file : imports) {
            switch (TelemetryFile.read(file)) {
                case Outcome.Failed<Telemetry>(var problem) -> {
                    err.println(problem);
                    codes.add(ExitCode.UNREADABLE);
                }
                case Outcome.Ok<Telemetry>(var read) -> {
                    all = all.with(read);
                    List<Problem> problems = read.files().getFirst().problems();
                    if (!problems.isEmpty()) {
                        problems.forEach(err::println);
                        codes.add(ExitCode.PARTLY_READ);
                    }
                }
            }
        }
        return all;
    }

    /** @param codes those of the imports */
    private int code(Analysis analysis, List<Integer> codes) {
        analysis.problems().stream().map(AnalyzeCommand::code).forEach(codes::add);
        analysis.stitched().captures().stream()
                .flatMap(point -> point.capture().problems().stream())
                .map(AnalyzeCommand::code)
                .forEach(codes::add);
        Severity limit = failOn;
        if (limit != null
                && analysis.findings().stream()
                        .anyMatch(told -> told.finding().severity().compareTo(limit) <= 0)) {
            codes.add(ExitCode.FINDINGS);
        }
        return Stream.of(ExitCode.UNREADABLE, ExitCode.FORBIDDEN, ExitCode.PARTLY_READ, ExitCode.FINDINGS)
                .filter(codes::contains)
                .findFirst()
                .orElse(ExitCode.OK);
    }

    private static int code(Problem problem) {
        return switch (problem.code()) {
            case CaptureFile.FORBIDDEN -> ExitCode.FORBIDDEN;
            case CaptureFile.DAMAGED, CaptureReader.TOO_MANY -> ExitCode.PARTLY_READ;
            case CaptureFile.MISSING,
                    CaptureFile.NOT_A_FILE,
                    CaptureFile.EMPTY,
                    CaptureFile.NOT_A_CAPTURE,
                    CaptureFile.OTHER_FORMAT,
                    CaptureFile.UNREADABLE -> ExitCode.UNREADABLE;
            case Pipeline.TOO_MANY_FILES -> ExitCode.USAGE;
            default -> ExitCode.OK;
        };
    }

    /** Files with the names of their points: those of {@code --hop} first, folders opened up. */
    private List<HopFile> named(CommandLine line) throws IOException {
        Map<Path, String> given = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        for (String hop : hops) {
            int equals = hop.indexOf('=');
            if (equals < 1 || equals == hop.length() - 1) {
                throw new CommandLine.ParameterException(line, "--hop wants NAME=FILE, found \"" + hop + "\".");
            }
            String name = hop.substring(0, equals).strip();
            if (name.isEmpty() || !names.add(name)) {
                throw new CommandLine.ParameterException(
                        line, "--hop names must be distinct, \"" + name + "\" is there twice.");
            }
            try {
                given.put(Path.of(hop.substring(equals + 1)), name);
            } catch (InvalidPathException e) {
                throw new CommandLine.ParameterException(line, "--hop wants NAME=FILE, found \"" + hop + "\".", e);
            }
        }
        List<Path> plain = new ArrayList<>(CaptureFolder.expand(files));
        plain.removeIf(given::containsKey);
        if (given.isEmpty() && plain.isEmpty()) {
            throw new CommandLine.ParameterException(line, "Name at least one capture file.");
        }
        List<HopFile> named = new ArrayList<>();
        given.forEach((file, name) -> named.add(new HopFile(new HopId(name), file)));
        for (HopFile hop : HopNames.name(plain)) {
            String free = hop.hop().name();
            for (int number = 2; !names.add(free); number++) {
                free = hop.hop().name() + "-" + number;
            }
            named.add(new HopFile(new HopId(free), hop.file()));
        }
        return named;
    }
}
