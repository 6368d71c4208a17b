package phalanx.show.omnibox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import phalanx.capture.FrameCursor;
import phalanx.decode.DecodedCapture;
import phalanx.decode.filter.DisplayFilter;
import phalanx.explain.Analysis;
import phalanx.inspect.Inspection;
import phalanx.inspect.Inspector;
import phalanx.inspect.PacketFields;
import phalanx.inspect.PacketLine;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;
import phalanx.show.Shown;

/** Goes through the captures of an investigation frame by frame, for a display filter or a search. Any thread, one call each. */
final class FilterRun {
    private FilterRun() {}

    /** Decides on a frame. */
    private interface Test {
        boolean holds(InvestigationFields fields, PacketFields frame);
    }

    /**
     * What a filter leaves over.
     *
     * @return failed when the filter is not understood or a file cannot be read again
     * @throws Progress.Cancelled when the work was given up
     */
    static Outcome<Shown> filter(String text, Analysis analysis, Progress progress) {
        return DisplayFilter.parse(text, InvestigationFields.TABLE)
                .then(filter -> run(text, analysis, (fields, _) -> filter.holds(fields), progress));
    }

    /** The frames whose line in the packet list has a text, upper and lower case alike. */
    static Outcome<Shown> search(String text, Analysis analysis, Progress progress) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return run(
                text,
                analysis,
                (_, frame) -> {
                    PacketLine line = frame.line();
                    return has(line.info(), wanted)
                            || has(line.source(), wanted)
                            || has(line.destination(), wanted)
                            || has(line.protocol(), wanted);
                },
                progress);
    }

    private static boolean has(String text, String wanted) {
        return text.toLowerCase(Locale.ROOT).contains(wanted);
    }

    private static Outcome<Shown> run(String text, Analysis analysis, Test test, Progress progress) {
        long start = System.nanoTime();
        List<BitSet> frames = new ArrayList<>();
        BitSet journeys = new BitSet();
        BitSet conversations = new BitSet();
        long[] counts = new long[2];
        for (int capture = 0; capture < analysis.stitched().captures().size(); capture++) {
            BitSet matching = new BitSet();
            frames.add(matching);
            Problem problem = read(analysis, capture, test, matching, journeys, counts, progress);
            if (problem != null) {
                return Outcome.failed(problem);
            }
        }
        journeys.stream()
                .forEach(journey ->
                        conversations.set(analysis.stitched().journeys().conversation(journey)));
        return Outcome.ok(
                new Shown(text, frames, journeys, conversations, counts[0], counts[1], System.nanoTime() - start));
    }

    private static @Nullable Problem read(
            Analysis analysis,
            int capture,
            Test test,
            BitSet matching,
            BitSet journeys,
            long[] counts,
            Progress progress) {
        DecodedCapture decoded = analysis.stitched().captures().get(capture).capture();
        Visit visit = new Visit(analysis, capture, test, matching, journeys, counts, progress);
        try {
            return switch (Inspector.visit(decoded.file(), () -> false, visit, progress)) {
                case Outcome.Ok<Inspection> _ -> null;
                case Outcome.Failed<Inspection>(var problem) -> problem;
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e); // the visitor writes nothing
        }
    }

    private static final class Visit implements Inspector.Visitor {
        private static final int LOOKS = 1 << 10;

        private final Analysis analysis;
        private final int capture;
        private final Test test;
        private final BitSet matching;
        private final BitSet journeys;
        private final long[] counts;
        private final Progress progress;
        private @Nullable InvestigationFields fields;

        Visit(
                Analysis analysis,
                int capture,
                Test test,
                BitSet matching,
                BitSet journeys,
                long[] counts,
                Progress progress) {
            this.analysis = analysis;
            this.capture = capture;
            this.test = test;
            this.matching = matching;
            this.journeys = journeys;
            this.counts = counts;
            this.progress = progress;
        }

        @Override
        public void frame(FrameCursor cursor, PacketFields frame) {
            InvestigationFields here = fields;
            if (here == null) {
                here = new InvestigationFields(frame, analysis, capture);
                fields = here;
            }
            counts[1]++;
            int journey = here.aim(cursor.frame());
            if (test.holds(here, frame)) {
                counts[0]++;
                matching.set((int) cursor.frame());
                if (journey >= 0) {
                    journeys.set(journey);
                }
            }
            if (counts[1] % LOOKS == 0) {
                progress.stopIfCancelled();
            }
        }
    }
}
