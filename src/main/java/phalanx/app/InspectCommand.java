package phalanx.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import phalanx.app.terminal.ExitCode;
import phalanx.app.terminal.Interruption;
import phalanx.app.terminal.TerminalProgress;
import phalanx.capture.CaptureFolder;
import phalanx.inspect.Inspection;
import phalanx.inspect.Inspector;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;
import phalanx.share.InspectionJson;
import phalanx.share.InspectionText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One capture by itself, file after file. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        header = "Says what a capture holds, how its streams fared, and what it cannot tell.",
        description = "Takes captures one by one; - is the standard input, a folder stands for the captures in it.",
        exitCodeListHeading = "%nExit codes (the worst of all files):%n",
        exitCodeList = {
            "0:read whole",
            "2:the command line is wrong",
            "3:a file is damaged, and partly read",
            "4:a file is unreadable",
            "6:cancelled"
        },
        footer = {
            "",
            "Examples:",
            "  phalanx inspect trace.pcapng",
            "  phalanx inspect --json *.pcap.gz > streams.jsonl"
        })
final class InspectCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "capture files")
    private List<Path> files = List.of();

    @Option(names = "--json", description = "one JSON document a line for each file (phalanx.inspect/1)")
    private boolean json;

    @Option(names = "--no-color", description = "no colours on a terminal (as the variable NO_COLOR)")
    private boolean noColor;

    @Option(names = "--quiet", description = "no progress and no notices on stderr")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        var line = Objects.requireNonNull(spec).commandLine();
        PrintWriter out = line.getOut();
        PrintWriter err = line.getErr();
        boolean terminal = TerminalProgress.isTerminal();
        InspectionText plain = new InspectionText(terminal && !noColor && System.getenv("NO_COLOR") == null);
        int worst = ExitCode.OK;
        try (TerminalProgress progress = new TerminalProgress(err, !quiet && terminal);
                Interruption _ = Interruption.cancels(progress)) {
            for (Path file : CaptureFolder.expand(files)) {
                Inspection inspection;
                try {
                    progress.stopIfCancelled();
                    inspection = inspect(file, progress);
                } catch (Progress.Cancelled _) {
                    err.println("PHX-0006 Cancelled; " + file + " and what comes after it were not read.");
                    return ExitCode.CANCELLED;
                }
                progress.clear();
                if (json) {
                    InspectionJson.write(inspection, out);
                } else {
                    plain.write(inspection, out);
                }
                worst = Math.max(worst, code(inspection));
            }
        }
        return worst;
    }

    private static Inspection inspect(Path file, Progress progress) {
        return switch (Inspector.inspect(file, progress)) {
            case Outcome.Ok<Inspection>(var inspection) -> inspection;
            case Outcome.Failed<Inspection>(Problem problem) -> Inspection.refused(file, problem);
        };
    }

    private static int code(Inspection inspection) {
        return switch (inspection.status()) {
            case OK -> ExitCode.OK;
            case PARTIAL -> ExitCode.PARTLY_READ;
            case REFUSED -> ExitCode.UNREADABLE;
        };
    }
}
