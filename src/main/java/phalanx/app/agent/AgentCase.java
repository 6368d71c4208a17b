package phalanx.app.agent;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import phalanx.agents.Agents;
import phalanx.agents.trail.StepLog;
import phalanx.app.pipeline.Cases;
import phalanx.app.terminal.ExitCode;
import phalanx.casefile.Case;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Which agents: by the folder of their case. */
final class AgentCase {
    @Option(
            names = "--case",
            paramLabel = "FOLDER",
            defaultValue = "lab/case",
            description = "where the agents keep what they do (default: ${DEFAULT-VALUE}, a lab's here)")
    private Path folder = Path.of("lab", "case");

    Path folder() {
        return folder;
    }

    /** What they did, oldest first; they may be at work meanwhile, or long gone. */
    Outcome<List<StepLog.Entry>> steps() {
        return steps(folder);
    }

    /** What agents did that keep it there. */
    static Outcome<List<StepLog.Entry>> steps(Path folder) {
        return read(folder, Agents::trail);
    }

    /** What their case tells. */
    <T> Outcome<T> read(Function<Case, Outcome<T>> what) {
        return read(folder, what);
    }

    private static <T> Outcome<T> read(Path folder, Function<Case, Outcome<T>> what) {
        if (!Files.isDirectory(folder)) {
            return Outcome.failed(new Problem(
                    AgentsClient.NOT_THERE,
                    "There is no case in " + folder + ".",
                    "Name the folder in which the agents keep theirs: --case FOLDER."));
        }
        return Cases.store(System.getenv()).then(store -> store.open(folder)).then(kept -> {
            try (Case opened = kept) {
                return what.apply(opened);
            }
        });
    }

    /** Tells what went wrong. @return the exit code */
    static int told(CommandLine line, Problem problem) {
        line.getErr().println(problem);
        return problem.code().equals(AgentsClient.NOT_DONE) ? ExitCode.USAGE : ExitCode.FORBIDDEN;
    }
}
