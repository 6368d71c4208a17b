package phalanx.app.capture;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import phalanx.app.terminal.Counted;
import phalanx.app.terminal.ExitCode;
import phalanx.app.terminal.Signals;
import phalanx.app.terminal.TerminalProgress;
import phalanx.capture.live.FrameSource;
import phalanx.capture.live.LiveCapture;
import phalanx.run.Problem;
import picocli.CommandLine;

/** Tells on a terminal how captures stand until they end, by themselves, by a signal or when their time is over. One thread. */
final class CaptureFollower {
    private static final long LOOK_MILLIS = 200;

    private final CommandLine line;
    private final boolean quiet;
    private final boolean analyze;
    private final long duration;

    /** @param duration seconds after which they end, 0 for never */
    CaptureFollower(CommandLine line, boolean quiet, boolean analyze, long duration) {
        this.line = line;
        this.quiet = quiet;
        this.analyze = analyze;
        this.duration = duration;
    }

    /** Returns when all have ended, and been told of. @return the exit code */
    int follow(Map<String, LiveCapture> captures) throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        Signals.on("TERM", stop::countDown);
        Signals.on("INT", stop::countDown);
        long end = duration > 0 ? System.nanoTime() + duration * 1_000_000_000L : Long.MAX_VALUE;
        CaptureAnswers answers = new CaptureAnswers(line, quiet);
        try (TerminalProgress progress = new TerminalProgress(line.getErr(), !quiet && TerminalProgress.isTerminal());
                CaptureWatch _ = analyze ? answers.watch(captures, progress) : null) {
            while (captures.values().stream().anyMatch(LiveCapture::isRunning) && System.nanoTime() < end) {
                progress.at(
                        captures.values().stream().map(CaptureFollower::told).collect(Collectors.joining("; ")), 0, 0);
                if (stop.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
        }
        captures.values().forEach(LiveCapture::stop);
        int code = ExitCode.OK;
        for (LiveCapture capture : captures.values()) {
            capture.close();
            Problem problem = capture.problem();
            boolean any = capture.counts().frames() > 0;
            if (problem != null) {
                line.getErr().println(problem);
                code = any ? ExitCode.PARTLY_READ : ExitCode.FORBIDDEN;
            }
            if (!quiet && (any || problem == null)) {
                line.getErr().println(told(capture));
            }
        }
        return analyze && code != ExitCode.FORBIDDEN ? Math.max(code, answers.atTheEnd(captures)) : code;
    }

    private static String told(LiveCapture capture) {
        LiveCapture.Counts counts = capture.counts();
        return String.format(
                Locale.ROOT,
                "%s, %,.1f MB,%s in %s",
                Counted.of(counts.frames(), "packet"),
                counts.octets() / 1e6,
                (counts.dropped() < 0 ? "" : String.format(Locale.ROOT, " %,d dropped,", counts.dropped()))
                        + cut(capture),
                capture.file().getFileName());
    }

    private static String cut(LiveCapture capture) {
        List<FrameSource.Gap> gaps = capture.gaps();
        double seconds = gaps.stream().mapToLong(FrameSource.Gap::millis).sum() / 1e3;
        return gaps.isEmpty()
                ? ""
                : String.format(Locale.ROOT, " cut for %.1f s", seconds)
                        + (gaps.size() > 1 ? " in " + gaps.size() + " times," : ",");
    }
}
