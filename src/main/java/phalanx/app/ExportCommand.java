package phalanx.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import phalanx.capture.FrameCopy;
import phalanx.decode.filter.DisplayFilter;
import phalanx.inspect.Inspection;
import phalanx.inspect.Inspector;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A capture in any format that is read, as pcapng: with names and notes of its interfaces and frames. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        header = "Writes a capture as pcapng, on request with the TCP analysis as a comment on each packet.",
        description = "What damage left readable is written; names, secrets and comments of a pcapng file are kept.",
        footer = {
            "",
            "Examples:",
            "  phalanx export old.snoop.gz --output new.pcapng",
            "  phalanx export trace.pcapng --comments --output noted.pcapng",
            "  phalanx export trace.pcapng --filter 'tcp.stream == 7' --output one.pcapng"
        })
final class ExportCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "capture file; - is the standard input")
    private Path file = Path.of("-");

    @Option(
            names = "--output",
            required = true,
            paramLabel = "PATH",
            description = "where to; - is the standard output")
    private Path output = Path.of("-");

    @Option(names = "--filter", paramLabel = "EXPR", description = "only packets that this display filter selects")
    private @Nullable String expression;

    @Option(names = "--comments", description = "note the TCP analysis on packets that it says something of")
    private boolean comments;

    @Option(names = "--quiet", description = "no progress and no notices on stderr")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        DisplayFilter filter = null;
        if (expression != null) {
            switch (DisplayFilter.parse(expression)) {
                case Outcome.Failed<DisplayFilter>(var problem) -> {
                    line.getErr().println(problem);
                    return ExitCode.USAGE;
                }
                case Outcome.Ok<DisplayFilter>(var parsed) -> filter = parsed;
            }
        }
        boolean toFile = !output.toString().equals("-");
        if (toFile && Files.exists(output) && Files.exists(file) && Files.isSameFile(output, file)) {
            throw new CommandLine.ParameterException(line, "The output would overwrite the capture itself.");
        }
        try (TerminalProgress progress = new TerminalProgress(line.getErr(), !quiet && TerminalProgress.isTerminal());
                Interruption _ = Interruption.cancels(progress)) {
            return write(filter, toFile, line, progress);
        } catch (Progress.Cancelled _) {
            line.getErr().println("PHX-0006 Cancelled; " + output + " holds what was written until then.");
            return ExitCode.CANCELLED;
        }
    }

    private int write(@Nullable DisplayFilter filter, boolean toFile, CommandLine line, Progress progress)
            throws IOException {
        try (OutputStream out = toFile ? Files.newOutputStream(output) : new FileOutputStream(FileDescriptor.out);
                FrameCopy copy = new FrameCopy(out, "")) {
            Outcome<Inspection> outcome = Inspector.visit(
                    file,
                    () -> false,
                    (cursor, frame) -> {
                        if (filter == null || filter.holds(frame)) {
                            copy.add(cursor, comments ? frame.tcpAnalysis() : "");
                        }
                    },
                    progress);
            return switch (outcome) {
                case Outcome.Failed<Inspection>(Problem problem) -> {
                    line.getErr().println(problem);
                    yield ExitCode.UNREADABLE;
                }
                case Outcome.Ok<Inspection>(var inspection) -> {
                    if (!quiet) {
                        line.getErr().println("%,d packets are in %s.".formatted(copy.frames(), output));
                        if (copy.leftBlocks() > 0) {
                            line.getErr()
                                    .println("%,d blocks of the other byte order were left out; frames are all there."
                                            .formatted(copy.leftBlocks()));
                        }
                    }
                    boolean partial = inspection.status() == Inspection.Status.PARTIAL;
                    if (partial) {
                        inspection.problems().forEach(line.getErr()::println);
                    }
                    yield partial ? ExitCode.PARTLY_READ : ExitCode.OK;
                }
            };
        }
    }
}
