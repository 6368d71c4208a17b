package phalanx.app.capture;

import java.io.IOException;
import java.util.Map;
import phalanx.app.pipeline.Pipeline;
import phalanx.app.pipeline.UserRules;
import phalanx.app.terminal.ExitCode;
import phalanx.app.terminal.Interruption;
import phalanx.app.terminal.TerminalProgress;
import phalanx.capture.live.LiveCapture;
import phalanx.explain.Analysis;
import phalanx.explain.CaseAccount;
import phalanx.explain.ExplainedFinding;
import phalanx.explain.FactFormat;
import phalanx.explain.TemplateExplainer;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;
import phalanx.share.TextReport;
import phalanx.stitch.Stitched;
import picocli.CommandLine;

/** Tells on the terminal what captures under way say, and what they said in the end. */
final class CaptureAnswers {
    private final CommandLine line;
    private final boolean quiet;
    private final Pipeline pipeline = new Pipeline(UserRules.read(null));
    private String told = "";

    CaptureAnswers(CommandLine line, boolean quiet) {
        this.line = line;
        this.quiet = quiet;
    }

    /** Answers from now until it is closed. @param captures by the name of their point */
    CaptureWatch watch(Map<String, LiveCapture> captures, TerminalProgress progress) {
        return new CaptureWatch(captures, pipeline.live(), analysis -> tell(analysis, progress), problem -> {
            if (!quiet) {
                progress.clear();
                line.getErr().println(problem);
            }
        });
    }

    /** A line when something else is the matter than before. */
    private void tell(Analysis analysis, TerminalProgress progress) {
        if (analysis.stitched().journeys().size() == 0) {
            return; // nothing to speak of yet
        }
        ExplainedFinding root = analysis.conclusion().finding();
        String matter = root == null
                ? "OK"
                : "FAULT " + root.finding().kind() + " "
                        + TemplateExplainer.place(root.finding().where(), analysis.stitched());
        if (!matter.equals(told)) {
            told = matter;
            progress.clear();
            line.getOut()
                    .printf(
                            "%s  %-5s %s%n",
                            FactFormat.clockTime(lastNanos(analysis.stitched())),
                            root == null ? "OK" : "FAULT",
                            analysis.conclusion().summary());
            line.getOut().flush();
        }
    }

    private static long lastNanos(Stitched stitched) {
        long last = 0;
        for (int capture = 0; capture < stitched.captures().size(); capture++) {
            int rows = stitched.captures().get(capture).packets().size();
            last = rows == 0 ? last : Math.max(last, stitched.commonNanos(capture, rows - 1));
        }
        return last;
    }

    /** Answers to the files as they are now. @return the exit code */
    int atTheEnd(Map<String, LiveCapture> captures) {
        int older = captures.values().stream().mapToInt(LiveCapture::olderFiles).sum();
        if (older > 0 && !quiet) {
            line.getErr()
                    .println("The answer is to the newest file of each point; " + older
                            + " older ones are beside it: mergecap -w FILE joins them.");
        }
        Outcome<Analysis> outcome;
        try (TerminalProgress progress = new TerminalProgress(line.getErr(), !quiet && TerminalProgress.isTerminal());
                Interruption _ = Interruption.cancels(progress)) {
            outcome = pipeline.analyze(CaptureWatch.files(captures), progress);
        } catch (Progress.Cancelled _) {
            return ExitCode.CANCELLED;
        }
        return switch (outcome) {
            case Outcome.Ok<Analysis>(var analysis) -> {
                try {
                    new TextReport(false).write(CaseAccount.of(analysis), line.getOut());
                } catch (IOException _) {
                    yield ExitCode.OK; // who reads has heard enough
                }
                yield ExitCode.OK;
            }
            case Outcome.Failed<Analysis>(Problem problem) -> {
                line.getErr().println(problem);
                yield ExitCode.UNREADABLE;
            }
        };
    }
}
