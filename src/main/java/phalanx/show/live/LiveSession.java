package phalanx.show.live;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import phalanx.capture.live.LiveCapture;
import phalanx.explain.Analysis;
import phalanx.explain.LiveAnalyzer;
import phalanx.explain.LiveFile;
import phalanx.explain.LiveJournal;
import phalanx.explain.LivePace;
import phalanx.explain.LiveTotals;
import phalanx.net.HopId;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.stitch.HopFile;

/** Captures under way, with one answer after the other to what they have. Screen thread. */
public final class LiveSession {
    private static final Duration LOOK = Duration.millis(50);
    private static final double RATE_SECONDS = 1;

    private final Map<HopId, LiveCapture> captures = new LinkedHashMap<>();
    private final LiveAnalyzer analyzer;
    private final Jobs jobs;
    private final LivePace pace = new LivePace();
    private final LiveJournal journal = new LiveJournal();
    private final LiveTotals totals = new LiveTotals();
    private final ReadOnlyObjectWrapper<Status> status = new ReadOnlyObjectWrapper<>();
    private final Timeline looking = new Timeline();
    private final long begun = System.nanoTime();
    private List<HopFile> placed;
    private Jobs.@Nullable Handle answering;
    private boolean over;
    private long countedAt;
    private long counted;
    private double rate;

    /**
     * How the captures stand.
     *
     * @param nanos since they began
     * @param points in the order in which they were named
     * @param rate frames a second of all together
     * @param paused whether frames are left out at the moment
     */
    public record Status(long nanos, List<Point> points, double rate, boolean paused) {
        public Status {
            points = List.copyOf(points);
        }

        /** Frames of all points. */
        public long frames() {
            return points.stream().mapToLong(point -> point.counts.frames()).sum();
        }

        /** Frames that were lost before they came here, empty while nobody says. */
        public Optional<Long> dropped() {
            return points.stream()
                    .map(point -> point.counts.dropped())
                    .filter(dropped -> dropped >= 0)
                    .reduce(Long::sum);
        }
    }

    /**
     * A capture under way.
     *
     * @param by who captures
     * @param problem why it ended by itself, null while it runs
     */
    public record Point(
            HopId hop,
            String by,
            LiveCapture.Counts counts,
            Path file,
            boolean running,
            @Nullable Problem problem) {}

    /** Told of what happens. */
    public interface Listener {
        /** The answer to what is there now. @param files in the order of the points */
        void answered(Analysis analysis, List<HopFile> files);

        /** All captures have ended and their files are whole. @param problem why they ended by themselves, null otherwise */
        void ended(List<HopFile> files, @Nullable Problem problem);
    }

    /** @param captures under way, by the names of their points */
    public LiveSession(Map<String, LiveCapture> captures, LiveAnalyzer analyzer, Jobs jobs) {
        captures.forEach((name, capture) -> this.captures.put(new HopId(name), capture));
        this.analyzer = analyzer;
        this.jobs = jobs;
        placed = this.captures.entrySet().stream()
                .map(each -> new HopFile(each.getKey(), each.getValue().file()))
                .toList();
        status.set(look());
    }

    /** Begins to answer. */
    public void begin(Listener listener) {
        looking.getKeyFrames().setAll(new KeyFrame(LOOK, _ -> step(listener)));
        looking.setCycleCount(Animation.INDEFINITE);
        looking.play();
    }

    private void step(Listener listener) {
        Status now = look();
        status.set(now);
        if (now.points.stream().noneMatch(Point::running)) {
            end(listener);
            return;
        }
        long readable =
                captures.values().stream().mapToLong(LiveCapture::readable).sum();
        if (answering == null && pace.isDue(readable, System.nanoTime())) {
            answer(readable, listener);
        }
    }

    private Status look() {
        List<Point> points = new ArrayList<>();
        boolean paused = false;
        for (var each : captures.entrySet()) {
            LiveCapture capture = each.getValue();
            paused |= capture.isPaused();
            points.add(new Point(
                    each.getKey(),
                    capture.by(),
                    capture.counts(),
                    capture.file(),
                    capture.isRunning(),
                    capture.problem()));
        }
        long now = System.nanoTime();
        long frames = points.stream().mapToLong(point -> point.counts.frames()).sum();
        double seconds = (now - countedAt) / 1e9;
        if (countedAt == 0 || seconds >= RATE_SECONDS) {
            rate = countedAt == 0 ? 0 : (frames - counted) / seconds;
            counted = frames;
            countedAt = now;
        }
        return new Status(now - begun, points, rate, paused);
    }

    private void answer(long readable, Listener listener) {
        pace.begin(readable, System.nanoTime());
        List<LiveFile> files = files();
        answering = jobs.start("analyze live", progress -> analyzer.analyze(files, progress), _ -> {}, outcome -> {
            answering = null;
            pace.end(System.nanoTime());
            if (!over && outcome instanceof Outcome.Ok<Analysis>(var analysis)) {
                journal.note(analysis);
                totals.note(analysis);
                listener.answered(analysis, files.stream().map(LiveFile::file).toList());
            }
        });
    }

    /** The files that are written now, with what the user said of their points. */
    private List<LiveFile> files() {
        placed = now();
        long settled = LiveCapture.settledMillis(captures.values());
        List<LiveCapture> in = List.copyOf(captures.values());
        List<LiveFile> files = new ArrayList<>();
        for (int i = 0; i < in.size(); i++) {
            files.add(new LiveFile(
                    placed.get(i), in.size() == 1 ? Long.MAX_VALUE : in.get(i).stampAt(settled)));
        }
        return files;
    }

    private List<HopFile> now() {
        List<HopFile> files = new ArrayList<>();
        int at = 0;
        for (LiveCapture capture : captures.values()) {
            HopFile said = placed.get(at++);
            files.add(new HopFile(said.hop(), capture.file(), said.placement()));
        }
        return files;
    }

    /** Calls and places the points as the user says, from the next answer on. @param said as they were told, in the same order */
    public void place(List<HopFile> said) {
        if (said.size() == placed.size()) {
            placed = List.copyOf(said);
        }
    }

    private void end(Listener listener) {
        leave();
        Problem why = captures.values().stream()
                .map(LiveCapture::problem)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        listener.ended(now(), why);
    }

    /** How the captures stand, some times a second anew. */
    public ReadOnlyObjectProperty<Status> status() {
        return status.getReadOnlyProperty();
    }

    /** What answers have found since the begin. */
    public List<LiveJournal.Entry> found() {
        return journal.entries();
    }

    /** Findings that ended earlier and are no longer among {@link #found}. */
    long forgotten() {
        return journal.forgotten();
    }

    /** What went through since the begin, by the answers so far. */
    public LiveTotals totals() {
        return totals;
    }

    /** What comes while it is paused is left out and counted. */
    public void pause(boolean wanted) {
        captures.values().forEach(capture -> capture.pause(wanted));
        status.set(look());
    }

    /** Asks all captures to end; the listener is told when their files are whole. */
    public void stop() {
        captures.values().forEach(LiveCapture::stop);
    }

    /** Ends the captures, and tells nobody any more; their files stay. */
    public void leave() {
        over = true;
        looking.stop();
        if (answering != null) {
            answering.cancel();
        }
        stop();
    }

    /** Names of the points, for people. */
    public String names() {
        return captures.keySet().stream().map(HopId::name).collect(Collectors.joining(", "));
    }
}
