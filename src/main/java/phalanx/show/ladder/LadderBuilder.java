package phalanx.show.ladder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import phalanx.decode.PacketTable;
import phalanx.diagnose.Evidence;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.measure.PacketFates;
import phalanx.run.Progress;
import phalanx.show.HostNames;
import phalanx.show.Selection;
import phalanx.stitch.Journeys;
import phalanx.stitch.Stitched;
import phalanx.stitch.TimeOrder;

/** Makes the ladder of an analysis: of one conversation, of two, of a finding's conversations, or of all. Any thread. */
final class LadderBuilder {
    private static final int CHUNK = 1 << 14;

    private final Analysis analysis;
    private final Stitched stitched;
    private final Journeys journeys;
    private final List<LadderPicture.Column> points;
    private @Nullable PacketFates fates;

    LadderBuilder(Analysis analysis) {
        this.analysis = analysis;
        stitched = analysis.stitched();
        journeys = stitched.journeys();
        points = stitched.clientFirst().stream()
                .map(capture -> new LadderPicture.Column(
                        capture,
                        0,
                        stitched.hopName(capture),
                        stitched.clocks().get(capture).tied()))
                .toList();
    }

    /** What became of the packets: found out once, then known. @throws Progress.Cancelled when the work was given up */
    private synchronized PacketFates fates(Progress progress) {
        PacketFates known = fates;
        if (known == null) {
            known = PacketFates.of(analysis.stitched(), analysis.measures().segments(), progress);
            fates = known;
        }
        return known;
    }

    /**
     * Builds a picture.
     *
     * @return null when there is no packet to show
     * @throws Progress.Cancelled when the work was given up
     */
    @Nullable
    LadderPicture picture(LadderScope scope, Progress progress) {
        int[] candidates = candidates(scope);
        long[] shifts = shifts(scope);
        int[] shown = new int[candidates.length];
        long[] starts = new long[candidates.length];
        int count = 0;
        boolean sorted = true;
        for (int i = 0; i < candidates.length; i++) {
            stopIfCancelled(i, progress);
            int journey = candidates[i];
            boolean second = scope.compares() && journeys.conversation(journey) == scope.compared();
            long start = start(journey) - shifts[second ? 1 : 0];
            if (scope.shown().journey(journey)
                    && (scope.range() == null || scope.range().contains(start))) {
                shown[count] = journey;
                starts[count] = start;
                sorted &= count == 0 || starts[count - 1] <= starts[count];
                count++;
            }
        }
        if (count == 0) {
            return null;
        }
        shown = Arrays.copyOf(shown, count);
        starts = Arrays.copyOf(starts, count);
        if (!sorted) {
            int[] order = TimeOrder.of(starts);
            int[] unsorted = shown;
            shown = Arrays.stream(order).map(i -> unsorted[i]).toArray();
            Arrays.sort(starts);
        }
        LadderPicture bare = new LadderPicture(
                scope,
                stitched,
                fates(progress),
                columns(shifts.length),
                shifts,
                scope.compares() ? starts[0] : stitched.beginNanos(),
                shown,
                TimeScale.of(scope.mode(), starts),
                Crossings.NONE,
                new int[0],
                candidates.length,
                HostNames.NONE);
        return bare.with(Crossings.of(bare, progress), proof(bare, scope.finding()));
    }

    private static void stopIfCancelled(int done, Progress progress) {
        if (done % CHUNK == 0) {
            progress.stopIfCancelled();
        }
    }

    private int[] candidates(LadderScope scope) {
        if (scope.compares()) {
            return IntStream.concat(
                            Arrays.stream(journeys.of(scope.conversation())),
                            Arrays.stream(journeys.of(scope.compared())))
                    .toArray();
        }
        if (scope.conversation() != Selection.NONE) {
            return journeys.of(scope.conversation());
        }
        ExplainedFinding finding = scope.finding();
        if (finding != null && !finding.finding().conversations().isEmpty()) {
            int[] all = finding.finding().conversations().stream()
                    .flatMapToInt(c -> IntStream.of(journeys.of(c)))
                    .toArray();
            Arrays.sort(all);
            return all;
        }
        return IntStream.range(0, journeys.size()).toArray();
    }

    /** By side: the second conversation is moved to begin with the first. */
    private long[] shifts(LadderScope scope) {
        if (!scope.compares()) {
            return new long[1];
        }
        return new long[] {0, begin(scope.compared()) - begin(scope.conversation())};
    }

    private long begin(int conversation) {
        int[] of = journeys.of(conversation);
        return of.length == 0 ? 0 : start(of[0]);
    }

    private long start(int journey) {
        return LadderPicture.start(stitched, points, journey);
    }

    private List<LadderPicture.Column> columns(int sides) {
        List<LadderPicture.Column> columns = new ArrayList<>();
        for (int side = 0; side < sides; side++) {
            for (LadderPicture.Column p : points) {
                columns.add(new LadderPicture.Column(p.capture(), side, p.name(), p.timed()));
            }
        }
        return columns;
    }

    private int[] proof(LadderPicture picture, @Nullable ExplainedFinding finding) {
        BitSet rungs = new BitSet();
        for (Evidence evidence :
                finding == null ? List.<Evidence>of() : finding.finding().evidence()) {
            PacketTable packets = stitched.captures().get(evidence.capture()).packets();
            for (long frame : evidence.frames()) {
                int rung = picture.rungOf(journeys.journeyAt(evidence.capture(), packets.rowOfFrame(frame)));
                if (rung >= 0) {
                    rungs.set(rung);
                }
            }
        }
        return rungs.stream().toArray();
    }
}
