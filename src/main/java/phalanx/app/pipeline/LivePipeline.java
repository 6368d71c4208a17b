package phalanx.app.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import phalanx.capture.GrowingFile;
import phalanx.decode.CaptureReader;
import phalanx.decode.DecodedCapture;
import phalanx.explain.Analysis;
import phalanx.explain.LiveAnalyzer;
import phalanx.explain.LiveFile;
import phalanx.net.HopId;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;
import phalanx.stitch.CapturePoint;
import phalanx.stitch.HopFile;

/** The stages over the newest packets of captures that are still written. One thread at a time. */
public final class LivePipeline implements LiveAnalyzer {
    /** The answer knows the newest packets only. */
    static final String NEWEST = "PHX-2006";

    /** Packets of all captures together in one answer: what two processors answer to in some two seconds. */
    static final long MOST_PACKETS = 200_000;

    private final Pipeline stages;
    private final long most;
    private Map<HopId, GrowingFile> growing = Map.of();

    /** @param most packets of all captures together in one answer */
    public LivePipeline(Pipeline stages, long most) {
        this.stages = stages;
        this.most = most;
    }

    @Override
    public Outcome<Analysis> analyze(List<LiveFile> files, Progress progress) {
        growing = theSame(files);
        List<Problem> problems = new ArrayList<>();
        long age = Long.MAX_VALUE;
        for (LiveFile live : files) {
            GrowingFile one = Objects.requireNonNull(growing.get(live.file().hop()));
            if (one.goOver(live.untilNanos(), progress) instanceof Outcome.Failed<Long>(var problem)) {
                problems.add(problem);
                continue;
            }
            one.keepNewest(Math.max(1, most / files.size()));
            age = one.before() > 0 ? Math.min(age, live.untilNanos() - one.sinceNanos()) : age;
        }
        if (problems.size() == files.size()) {
            return Outcome.failed(problems.getFirst());
        }
        List<CapturePoint> points = new ArrayList<>();
        for (LiveFile live : files) {
            HopFile file = live.file();
            GrowingFile one = Objects.requireNonNull(growing.get(file.hop()));
            if (age != Long.MAX_VALUE) {
                one.keepSince(live.untilNanos() - age); // from the same moment on at all points
            }
            if (CaptureReader.readNewest(one, progress) instanceof Outcome.Ok<DecodedCapture>(var capture)) {
                points.add(new CapturePoint(file.hop(), capture, file.placement()));
            }
        }
        if (points.stream().anyMatch(point -> point.capture().unread() > 0)) {
            problems.addFirst(new Problem(
                    NEWEST,
                    "This answer knows the newest packets of captures that are still made, about %,d in all."
                            .formatted(most),
                    "Those before are in the files; the answer to all of them comes when the capture is stopped."));
        }
        return points.isEmpty() ? Outcome.failed(problems.getFirst()) : stages.answer(points, problems, progress);
    }

    /** What follows these files: as before where a capture point has the file it had. */
    private Map<HopId, GrowingFile> theSame(List<LiveFile> files) {
        Map<HopId, GrowingFile> now = new HashMap<>();
        for (LiveFile live : files) {
            HopFile file = live.file();
            GrowingFile before = growing.get(file.hop());
            now.put(
                    file.hop(),
                    before != null && before.file().equals(file.file()) ? before : new GrowingFile(file.file()));
        }
        return now;
    }
}
