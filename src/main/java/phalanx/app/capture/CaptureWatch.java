package phalanx.app.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import phalanx.capture.live.LiveCapture;
import phalanx.explain.Analysis;
import phalanx.explain.LiveAnalyzer;
import phalanx.explain.LiveFile;
import phalanx.explain.LivePace;
import phalanx.net.HopId;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;
import phalanx.stitch.HopFile;

/** Answers to captures under way, one after the other, until it is closed. Made and closed by one thread; tells from another. */
public final class CaptureWatch implements AutoCloseable {
    private static final long LOOK_MILLIS = 50;

    private final Map<String, LiveCapture> captures;
    private final LiveAnalyzer analyzer;
    private final Consumer<Analysis> answers;
    private final Consumer<Problem> problems;
    private final Thread watching;
    private volatile boolean over;

    /**
     * @param captures by the name of their point
     * @param answers told of each answer
     * @param problems told when there is none
     */
    public CaptureWatch(
            Map<String, LiveCapture> captures,
            LiveAnalyzer analyzer,
            Consumer<Analysis> answers,
            Consumer<Problem> problems) {
        this.captures = Map.copyOf(captures);
        this.analyzer = analyzer;
        this.answers = answers;
        this.problems = problems;
        watching = Jobs.assistant("capture analysis", this::watch);
    }

    /** The files that are written now. */
    static List<HopFile> files(Map<String, LiveCapture> captures) {
        List<HopFile> files = new ArrayList<>();
        captures.forEach((name, capture) -> files.add(new HopFile(new HopId(name), capture.file())));
        return files;
    }

    private List<LiveFile> live() {
        long settled = LiveCapture.settledMillis(captures.values());
        List<LiveFile> files = new ArrayList<>();
        captures.forEach((name, capture) ->
                files.add(new LiveFile(new HopFile(new HopId(name), capture.file()), capture.stampAt(settled))));
        return files;
    }

    private void watch() {
        LivePace pace = new LivePace();
        try {
            while (!over) {
                Thread.sleep(LOOK_MILLIS);
                long frames = captures.values().stream()
                        .mapToLong(LiveCapture::readable)
                        .sum();
                if (pace.isDue(frames, System.nanoTime())) {
                    pace.begin(frames, System.nanoTime());
                    answer();
                    pace.end(System.nanoTime());
                }
            }
        } catch (InterruptedException | Progress.Cancelled _) {
            return; // it is closed
        }
    }

    private void answer() {
        switch (analyzer.analyze(live(), new UntilOver())) {
            case Outcome.Ok<Analysis>(var analysis) -> answers.accept(analysis);
            case Outcome.Failed<Analysis>(var problem) -> problems.accept(problem);
        }
    }

    /** Nobody watches how far an answer is; closing gives it up. */
    private final class UntilOver implements Progress {
        @Override
        public void at(String step, long done, long total) {}

        @Override
        public boolean cancelled() {
            return over;
        }
    }

    /** Gives the answer under way up and waits for that. */
    @Override
    public void close() {
        over = true;
        try {
            watching.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
