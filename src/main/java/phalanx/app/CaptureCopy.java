package phalanx.app;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phalanx.app.terminal.Counted;
import phalanx.app.terminal.ExitCode;
import phalanx.app.terminal.Interruption;
import phalanx.app.terminal.StandardOutput;
import phalanx.app.terminal.TerminalProgress;
import phalanx.capture.FrameCopy;
import phalanx.capture.FrameCursor;
import phalanx.decode.filter.DisplayFilter;
import phalanx.inspect.Inspection;
import phalanx.inspect.Inspector;
import phalanx.inspect.PacketFields;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;
import phalanx.run.WholeFile;
import picocli.CommandLine;

/**
 * Frames of one capture, written as pcapng: the work of {@code export} and of {@code filter --write}.
 *
 * @param output where to; - is the standard output
 * @param filter which frames, null for all
 * @param comments whether the TCP analysis is noted on the frames
 * @param title comment on the whole file, empty for none
 */
record CaptureCopy(Path file, Path output, @Nullable DisplayFilter filter, boolean comments, String title) {
    private static final Path STANDARD = Path.of("-");

    /** @return the exit code */
    int run(CommandLine line, boolean quiet) throws IOException {
        PrintWriter err = line.getErr();
        boolean toFile = !output.equals(STANDARD);
        if (toFile && Files.exists(output) && Files.exists(file) && Files.isSameFile(output, file)) {
            throw new CommandLine.ParameterException(line, "The output would overwrite the capture itself.");
        }
        List<String> notes = new ArrayList<>();
        StandardOutput standard = new StandardOutput();
        Outcome<Inspection> outcome;
        try (TerminalProgress progress = new TerminalProgress(err, !quiet && TerminalProgress.isTerminal());
                Interruption _ = Interruption.cancels(progress)) {
            if (toFile) {
                outcome = copied(progress, notes);
            } else {
                outcome = copy(standard, progress, notes);
            }
        } catch (Progress.Cancelled _) {
            err.println("PHX-0006 Cancelled; " + (toFile ? "nothing was written." : "the output is not whole."));
            return ExitCode.CANCELLED;
        } catch (IOException e) {
            if (!toFile && standard.fault() == null) {
                return ExitCode.OK; // who reads has seen enough
            }
            err.println(WholeFile.notWritten(toFile ? output : "The standard output", e));
            return ExitCode.FORBIDDEN;
        }
        return switch (outcome) {
            case Outcome.Failed<Inspection>(Problem problem) -> {
                err.println(problem);
                yield ExitCode.UNREADABLE;
            }
            case Outcome.Ok<Inspection>(Inspection inspection) -> {
                if (!quiet) {
                    notes.forEach(err::println);
                }
                boolean partial = inspection.status() == Inspection.Status.PARTIAL;
                if (partial) {
                    inspection.problems().forEach(err::println);
                }
                yield partial ? ExitCode.PARTLY_READ : ExitCode.OK;
            }
        };
    }

    /** A capture that cannot be read leaves no file behind. */
    private Outcome<Inspection> copied(Progress progress, List<String> notes) throws IOException {
        try {
            return WholeFile.write(output, out -> {
                Outcome<Inspection> outcome = copy(out, progress, notes);
                if (outcome instanceof Outcome.Failed<Inspection>(Problem problem)) {
                    throw new Unreadable(problem);
                }
                return outcome;
            });
        } catch (Unreadable e) {
            return Outcome.failed(e.problem);
        }
    }

    private Outcome<Inspection> copy(OutputStream out, Progress progress, List<String> notes) throws IOException {
        try (FrameCopy copy = new FrameCopy(out, title)) {
            Outcome<Inspection> outcome = Inspector.visit(
                    file,
                    () -> false,
                    new Inspector.Visitor() {
                        @Override
                        public void frame(FrameCursor cursor, PacketFields fields) throws IOException {
                            if (filter == null || filter.holds(fields)) {
                                copy.add(cursor, comments ? fields.tcpAnalysis() : "");
                            }
                        }

                        @Override
                        public void end(FrameCursor cursor) throws IOException {
                            copy.finish(cursor);
                        }
                    },
                    progress);
            notes.add(
                    Counted.of(copy.frames(), "packet") + (copy.frames() == 1 ? " is in " : " are in ") + output + ".");
            if (copy.leftBlocks() > 0) {
                notes.add("%,d blocks of the other byte order were left out; frames are all there."
                        .formatted(copy.leftBlocks()));
            }
            return outcome;
        }
    }

    /** Carries a problem through the writing of a file, which it ends. */
    private static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1;

        private final transient Problem problem;

        Unreadable(Problem problem) {
            super(problem.what());
            this.problem = problem;
        }
    }
}
