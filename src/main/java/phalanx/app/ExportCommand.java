package phalanx.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import phalanx.app.terminal.ExitCode;
import phalanx.decode.filter.DisplayFilter;
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
            filter = FilterCommand.parse(expression, line);
            if (filter == null) {
                return ExitCode.USAGE;
            }
        }
        return new CaptureCopy(file, output, filter, comments, "").run(line, quiet);
    }
}
