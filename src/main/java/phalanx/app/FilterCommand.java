package phalanx.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import phalanx.app.terminal.ExitCode;
import phalanx.app.terminal.Interruption;
import phalanx.app.terminal.TerminalProgress;
import phalanx.capture.CaptureFolder;
import phalanx.capture.FrameCursor;
import phalanx.decode.filter.DisplayFilter;
import phalanx.decode.filter.Fields;
import phalanx.inspect.Inspection;
import phalanx.inspect.Inspector;
import phalanx.inspect.PacketFields;
import phalanx.inspect.PacketLine;
import phalanx.run.Outcome;
import phalanx.run.Progress;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Packets that a display filter selects: printed, counted, or written to a new file. */
@Command(
        name = "filter",
        mixinStandardHelpOptions = true,
        header = "Prints or writes the packets that a display filter selects.",
        description = {
            "The language is Wireshark's: ip.addr == 10.0.0.1 and tcp.analysis.retransmission. In it, != means that all values differ,"
                    + " as in Wireshark 4. --fields lists what can be asked for."
        },
        footer = {
            "",
            "Examples:",
            "  phalanx filter 'tcp.flags.reset == 1' trace.pcapng",
            "  phalanx filter 'http.response.code >= 500' trace.pcapng --write errors.pcapng",
            "  phalanx filter 'dns.time > 0.5' --count *.pcap"
        })
final class FilterCommand implements Callable<Integer> {
    private static final int LINES_A_LOOK = 512;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "EXPR", description = "display filter")
    private @Nullable String expression;

    @Parameters(index = "1..*", paramLabel = "FILE", description = "capture files; - is the standard input")
    private List<Path> files = List.of();

    @Option(names = "--write", paramLabel = "PATH", description = "write the packets as pcapng; one FILE only")
    private @Nullable Path output;

    @Option(names = "--count", description = "print only how many packets there are of each file")
    private boolean count;

    @Option(names = "--follow", description = "wait for more at the end of a file that is still written; Ctrl+C ends")
    private boolean follow;

    @Option(names = "--fields", description = "list the fields and end")
    private boolean fields;

    @Option(names = "--quiet", description = "no progress and no notices on stderr")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        if (fields) {
            Fields.FRAME
                    .all()
                    .forEach(field -> line.getOut()
                            .println("%-42s %-18s %s"
                                    .formatted(field.name(), field.type().word(), field.description())));
            line.getOut().flush();
            return ExitCode.OK;
        }
        if (expression == null || files.isEmpty()) {
            throw new CommandLine.ParameterException(line, "A filter and a capture file are needed.");
        }
        List<Path> captures = CaptureFolder.expand(files);
        if (follow && (output != null || count || captures.size() != 1)) {
            throw new CommandLine.ParameterException(line, "--follow prints packets of one capture file.");
        }
        if (output != null && captures.size() != 1) {
            throw new CommandLine.ParameterException(
                    line, "--write takes one capture file, and there are %,d.".formatted(captures.size()));
        }
        DisplayFilter filter = parse(expression, line);
        if (filter == null) {
            return ExitCode.USAGE;
        }
        return output == null
                ? run(filter, captures, line)
                : new CaptureCopy(captures.getFirst(), output, filter, false, "Selected by: " + filter)
                        .run(line, quiet);
    }

    /** The filter; null when it is not understood, which has been told with the place in it. */
    static @Nullable DisplayFilter parse(String expression, CommandLine line) {
        return switch (DisplayFilter.parse(expression)) {
            case Outcome.Failed<DisplayFilter>(var problem) -> {
                line.getErr().println(problem);
                line.getErr().println("  " + expression.replaceAll("\\p{Cntrl}", " "));
                line.getErr().println("  " + " ".repeat((int) problem.offset() - 1) + "^");
                yield null;
            }
            case Outcome.Ok<DisplayFilter>(var filter) -> filter;
        };
    }

    private int run(DisplayFilter filter, List<Path> captures, CommandLine line) {
        int worst = ExitCode.OK;
        boolean terminal = TerminalProgress.isTerminal();
        for (Path file : captures) {
            long[] found = {0};
            Outcome<Inspection> outcome;
            try (TerminalProgress progress = new TerminalProgress(line.getErr(), !quiet && terminal && count);
                    Interruption _ = Interruption.cancels(progress)) {
                outcome = select(filter, file, found, line.getOut(), progress);
            } catch (Progress.Cancelled _) {
                line.getOut().flush();
                return ExitCode.CANCELLED;
            } catch (IOException _) {
                return worst; // who reads has seen enough, as head has
            }
            switch (outcome) {
                case Outcome.Failed<Inspection>(var problem) -> {
                    line.getErr().println(problem);
                    worst = Math.max(worst, ExitCode.UNREADABLE);
                }
                case Outcome.Ok<Inspection>(var inspection) -> {
                    if (count) {
                        line.getOut().println(captures.size() > 1 ? file + ": " + found[0] : String.valueOf(found[0]));
                    }
                    line.getOut().flush();
                    if (inspection.status() == Inspection.Status.PARTIAL) {
                        worst = Math.max(worst, ExitCode.PARTLY_READ);
                        inspection.problems().forEach(line.getErr()::println);
                    }
                }
            }
        }
        return worst;
    }

    /** @param found its first element counts */
    private Outcome<Inspection> select(
            DisplayFilter filter, Path file, long[] found, PrintWriter out, TerminalProgress progress)
            throws IOException {
        return Inspector.visit(
                file,
                () -> follow && !progress.cancelled(),
                (cursor, frame) -> {
                    if (!filter.holds(frame)) {
                        return;
                    }
                    found[0]++;
                    if (!count) {
                        print(cursor, frame, out);
                        if ((follow || found[0] % LINES_A_LOOK == 0) && out.checkError()) {
                            throw new IOException("who read has gone");
                        }
                    }
                    progress.stopIfCancelled();
                },
                progress);
    }

    private static void print(FrameCursor cursor, PacketFields frame, PrintWriter out) {
        PacketLine packet = frame.line();
        out.println(String.format(
                Locale.ROOT,
                "%6d %14.6f  %-15s > %-15s %-6s %5d  %s",
                cursor.frame(),
                frame.sinceFirst() / 1e9,
                packet.source(),
                packet.destination(),
                packet.protocol(),
                cursor.length(),
                packet.info()));
    }
}
