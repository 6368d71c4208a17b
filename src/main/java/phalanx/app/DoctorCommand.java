package phalanx.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import phalanx.app.pipeline.Cases;
import phalanx.app.pipeline.Pipeline;
import phalanx.app.pipeline.UserRules;
import phalanx.app.terminal.ExitCode;
import phalanx.app.terminal.Interruption;
import phalanx.app.terminal.TerminalProgress;
import phalanx.casefile.CaptureAddress;
import phalanx.casefile.CaseHealth;
import phalanx.casefile.CaseStore;
import phalanx.casefile.Derived;
import phalanx.explain.Analysis;
import phalanx.explain.Analyzer;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Whether a case is as it was written, and what can be saved of one that is not. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        header = "Checks a case: its records, its audit trail, and whether its captures are as they were.",
        description = {
            "Reads all of a case and all of its captures, and changes nothing but with --rebuild.",
            "PHALANX_STORE names the team's database of cases that are kept in one."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the case is sound",
            "2:the command line or PHALANX_STORE is wrong",
            "3:something is damaged, altered or missing; the rest can be read",
            "4:nothing can be read",
            "6:cancelled"
        },
        footer = {"", "Examples:", "  phalanx doctor outage.phalanx", "  phalanx doctor outage.phalanx --rebuild"})
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "CASE", description = "the folder of the case")
    private Path folder = Path.of("");

    @Option(
            names = "--rebuild",
            description =
                    "save what can be read of the records, put the rest aside, and find anew what the captures tell")
    private boolean rebuild;

    @Override
    public Integer call() {
        var line = Objects.requireNonNull(spec).commandLine();
        PrintWriter out = line.getOut();
        PrintWriter err = line.getErr();
        return switch (Cases.store(System.getenv())) {
            case Outcome.Failed<CaseStore>(var problem) -> {
                err.println(problem);
                yield ExitCode.USAGE;
            }
            case Outcome.Ok<CaseStore>(var store) -> {
                try (store;
                        TerminalProgress progress = new TerminalProgress(err, TerminalProgress.isTerminal());
                        Interruption _ = Interruption.cancels(progress)) {
                    yield work(store, out, err, progress);
                } catch (Progress.Cancelled _) {
                    err.println("PHX-0006 Cancelled; the case can be opened, and checked again.");
                    yield ExitCode.CANCELLED;
                }
            }
        };
    }

    private int work(CaseStore store, PrintWriter out, PrintWriter err, TerminalProgress progress) {
        if (!CaseStore.isCase(folder)) {
            err.println(new Problem(
                    "PHX-6001",
                    folder + " is no case.",
                    "Name the folder of one; it ends in " + CaseStore.ENDING + "."));
            return ExitCode.UNREADABLE;
        }
        int code = rebuild ? rebuild(store, out, err, progress) : ExitCode.OK;
        if (code == ExitCode.UNREADABLE) {
            return code;
        }
        return switch (store.check(folder, progress)) {
            case Outcome.Failed<CaseHealth>(var problem) -> {
                err.println(problem);
                yield ExitCode.UNREADABLE;
            }
            case Outcome.Ok<CaseHealth>(var health) -> {
                progress.clear();
                out.println(folder);
                health.told().forEach(told -> out.println("  " + told));
                health.faults().forEach(err::println);
                boolean sound = health.faults().isEmpty();
                out.println(
                        sound
                                ? "The case is sound."
                                : "The case has " + health.faults().size() + " faults.");
                yield sound ? code : ExitCode.PARTLY_READ;
            }
        };
    }

    private int rebuild(CaseStore store, PrintWriter out, PrintWriter err, Progress progress) {
        Outcome<String> saved = store.rebuild(folder);
        if (saved instanceof Outcome.Failed<String>(var problem)) {
            err.println(problem);
            return ExitCode.UNREADABLE;
        }
        out.println(((Outcome.Ok<String>) saved).value());
        Analyzer analyzer = new Pipeline(UserRules.read(null));
        Outcome<Boolean> found = store.read(folder)
                .then(kept -> analyzer.analyze(CaptureAddress.captures(folder, kept), Analyzer.ALL, progress))
                .then((Analysis analysis) -> store.keepFound(
                        folder, Derived.of(analysis), analysis.conclusion().summary(), false, progress));
        if (found instanceof Outcome.Failed<Boolean>(var problem)) {
            err.println(problem);
            return ExitCode.PARTLY_READ;
        }
        return ExitCode.OK;
    }
}
