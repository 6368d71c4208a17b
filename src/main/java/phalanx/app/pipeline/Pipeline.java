package phalanx.app.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import phalanx.anomaly.RandomCutForestModel;
import phalanx.decode.CaptureReader;
import phalanx.decode.DecodedCapture;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.Rule;
import phalanx.diagnose.RuleBook;
import phalanx.diagnose.UnusualStretches;
import phalanx.explain.Analysis;
import phalanx.explain.Analyzer;
import phalanx.explain.Explanations;
import phalanx.explain.LiveAnalyzer;
import phalanx.measure.MeasureTaking;
import phalanx.measure.Measures;
import phalanx.rules.RuleFolder;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;
import phalanx.stitch.CapturePoint;
import phalanx.stitch.HopFile;
import phalanx.stitch.HopPath;
import phalanx.stitch.Stitched;
import phalanx.stitch.Stitcher;
import phalanx.topology.NetworkMaps;

/** The stages in their order: read, stitch, measure, diagnose, explain. Any thread, one call each. */
public final class Pipeline implements Analyzer {
    private final RuleFolder folder;

    /** More files than can be stitched at once. */
    public static final String TOO_MANY_FILES = "PHX-2002";
    /** A capture that holds packets twice. */
    public static final String MIRRORED = "PHX-2003";
    /** Memory is nearly full before anything is read. */
    static final String NO_ROOM = "PHX-2005";
    /** The answer knows the beginning of large captures only. */
    static final String FIRST_LOOK = "PHX-2004";
    /** Captures that have no packet in common with the others. */
    static final String UNRELATED = "PHX-2001";

    /** Share of memory that may be in use when captures are opened. */
    private static final double TIGHT = 0.85;

    /** @param folder what the user adds to the built-in rules */
    public Pipeline(RuleFolder folder) {
        this.folder = folder;
    }

    @Override
    public Outcome<Analysis> analyze(List<HopFile> files, long packets, Progress progress) {
        if (files.size() > Stitcher.MOST_CAPTURES) {
            return Outcome.failed(new Problem(
                    TOO_MANY_FILES,
                    files.size() + " files are more than the " + Stitcher.MOST_CAPTURES
                            + " capture points that can be stitched.",
                    "Name the captures of one path only; mergecap joins files of the same point."));
        }
        Optional<Problem> tight = tight(Runtime.getRuntime());
        if (tight.isPresent()) {
            return Outcome.failed(tight.get());
        }
        List<CapturePoint> points = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        long rows = CaptureReader.rowsThatFit();
        boolean cut = false;
        for (int i = 0; i < files.size(); i++) {
            HopFile file = files.get(i);
            progress.stopIfCancelled();
            // What small captures leave is for the ones after them.
            long room = rows / (files.size() - i);
            switch (CaptureReader.read(file.file(), Math.min(packets, room), progress)) {
                case Outcome.Ok<DecodedCapture>(var capture) -> {
                    points.add(new CapturePoint(file.hop(), capture, file.placement()));
                    rows -= capture.packets().size();
                    if (capture.unread() > 0 && room <= packets) {
                        problems.add(tooMany(file, capture));
                    }
                    cut |= capture.unread() > 0 && room > packets;
                }
                case Outcome.Failed<DecodedCapture>(var problem) -> problems.add(problem);
            }
        }
        if (points.isEmpty()) {
            return Outcome.failed(problems.getFirst());
        }
        if (cut) {
            problems.addFirst(
                    new Problem(
                            FIRST_LOOK,
                            "A first look: this answer knows the first %,d packets of each capture.".formatted(packets),
                            "The answer to the whole captures takes its place as soon as it is there; Reload (F5) asks for it anew."));
        }
        return answer(points, problems, progress);
    }

    @Override
    public LiveAnalyzer live() {
        return new LivePipeline(this, LivePipeline.MOST_PACKETS);
    }

    /**
     * All stages behind the reading.
     *
     * @param points at least one
     * @param problems that came up before, kept and added to
     */
    Outcome<Analysis> answer(List<CapturePoint> points, List<Problem> problems, Progress progress) {
        Stitched stitched = Stitcher.stitch(points, progress);
        problems.addAll(unrelated(stitched));
        problems.addAll(mirrored(stitched));
        List<Rule> rules = new ArrayList<>(RuleBook.RULES);
        rules.addAll(folder.rules());
        problems.addAll(folder.problems());
        Measures measures = MeasureTaking.of(stitched, progress);
        RuleBook.Answers answers =
                RuleBook.ask(new Investigation(stitched, measures, folder.thresholds()), rules, progress);
        return Outcome.ok(Explanations.analysis(
                stitched,
                measures,
                NetworkMaps.of(stitched, measures),
                answers,
                UnusualStretches.of(measures.seconds(), RandomCutForestModel::new, progress),
                problems));
    }

    /** Why nothing more can be read: more of memory is in use than {@link #TIGHT}, also after what nobody needs was let go. */
    private static Optional<Problem> tight(Runtime java) {
        if (used(java) > TIGHT * java.maxMemory()) {
            System.gc();
        }
        long used = used(java);
        return used <= TIGHT * java.maxMemory()
                ? Optional.empty()
                : Optional.of(new Problem(
                        NO_ROOM,
                        "%,d of %,d MB of memory are in use; more captures would not fit beside what is open."
                                .formatted(used >> 20, java.maxMemory() >> 20),
                        "Close what is open first, or give Java more memory: PHALANX_JAVA_OPTS=-Xmx8g."));
    }

    private static long used(Runtime java) {
        return java.totalMemory() - java.freeMemory();
    }

    private static Problem tooMany(HopFile file, DecodedCapture capture) {
        return new Problem(
                CaptureReader.TOO_MANY,
                "%s has more packets than fit into memory: the first %,d are loaded."
                        .formatted(file.file().getFileName(), capture.packets().size()),
                "Cut it by time (editcap -A -B), or give Java more memory: PHALANX_JAVA_OPTS=-Xmx8g.");
    }

    private static List<Problem> mirrored(Stitched stitched) {
        List<Problem> problems = new ArrayList<>();
        for (int capture = 0; capture < stitched.mirrored().size(); capture++) {
            int copies = stitched.mirrored().get(capture);
            if (copies > 0) {
                problems.add(
                        new Problem(
                                MIRRORED,
                                "%s holds %,d of its %,d packets a second time, as a mirror of both sides of a switch or a capture on several interfaces does; the copies are left out."
                                        .formatted(
                                                stitched.hopName(capture),
                                                copies,
                                                stitched.captures()
                                                        .get(capture)
                                                        .packets()
                                                        .size()),
                                "If a mirror made them, the answer does not suffer. To record each packet once, mirror one side or capture on one interface."));
            }
        }
        return problems;
    }

    private static List<Problem> unrelated(Stitched stitched) {
        if (stitched.captures().size() < 2) {
            return List.of();
        }
        List<String> alone = new ArrayList<>();
        for (int capture = 0; capture < stitched.captures().size(); capture++) {
            int at = capture;
            boolean linked = stitched.paths().stream()
                    .map(HopPath::captures)
                    .anyMatch(captures -> captures.size() > 1 && captures.contains(at));
            if (!linked && stitched.captures().get(capture).packets().size() > 0) {
                alone.add(stitched.hopName(capture));
            }
        }
        return alone.isEmpty()
                ? List.of()
                : List.of(new Problem(
                        UNRELATED,
                        String.join(", ", alone) + (alone.size() == 1 ? " shares" : " share")
                                + " no packet with the other captures.",
                        "Check that they were taken of the same traffic at the same time; each is judged by itself."));
    }
}
