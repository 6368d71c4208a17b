package phalanx.show.packets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import phalanx.capture.CaptureFile;
import phalanx.capture.FrameCopy;
import phalanx.capture.FrameCursor;
import phalanx.diagnose.Evidence;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;
import phalanx.run.WholeFile;
import phalanx.stitch.Stitched;

/** Chosen packets of an investigation as pcapng files, one for each capture point, with what findings say as comments on the packets. */
public final class PacketsExport {
    /** The file could not be written. */
    public static final String NOT_WRITTEN = "PHX-3002";

    private static final int STRIDE = 1 << 12;

    private final Stitched stitched;
    private final List<ExplainedFinding> findings;

    public PacketsExport(Analysis analysis) {
        stitched = analysis.stitched();
        findings = analysis.findings();
    }

    /** The frames by which a capture point saw packets. @param journeys by number */
    public BitSet frames(int capture, BitSet journeys) {
        BitSet frames = new BitSet();
        journeys.stream()
                .map(journey -> stitched.journeys().row(journey, capture))
                .filter(row -> row >= 0)
                .forEach(row -> frames.set(
                        (int) stitched.captures().get(capture).packets().frame(row)));
        return frames;
    }

    /**
     * Writes frames of one capture point; any thread, takes as long as its file is.
     *
     * @param frames by number
     * @param to nothing of it is left when writing fails
     * @return how many were written
     * @throws Progress.Cancelled when the work was given up
     */
    public Outcome<Long> write(int capture, BitSet frames, Path to, Progress progress) {
        Path file = stitched.captures().get(capture).capture().file();
        Map<Long, String> notes = notes(capture);
        return CaptureFile.open(file).then(cursor -> {
            try (cursor) {
                if (Files.exists(to) && Files.isSameFile(to, file)) {
                    return Outcome.failed(new Problem(
                            NOT_WRITTEN, to + " is the capture itself.", "Choose another name for the new file."));
                }
                return Outcome.ok(WholeFile.write(to, out -> {
                    try (FrameCopy copy = new FrameCopy(out, "")) {
                        copy(cursor, frames, notes, copy, progress);
                        return copy.frames();
                    }
                }));
            } catch (IOException e) {
                return Outcome.failed(new Problem(
                        NOT_WRITTEN,
                        "%s could not be written (%s).".formatted(to, e.getMessage()),
                        "Check the folder's permissions and the room on its disk."));
            }
        });
    }

    private static void copy(
            FrameCursor cursor, BitSet frames, Map<Long, String> notes, FrameCopy copy, Progress progress)
            throws IOException {
        long last = frames.length() - 1L;
        while (cursor.frame() < last && cursor.next()) {
            if (cursor.frame() % STRIDE == 0) {
                progress.at("Writing packets", cursor.consumed(), cursor.size());
                progress.stopIfCancelled();
            }
            if (frames.get((int) cursor.frame())) {
                copy.add(cursor, notes.getOrDefault(cursor.frame(), ""));
            }
        }
        copy.finish(cursor);
    }

    /** What findings say of frames, by their number. */
    private Map<Long, String> notes(int capture) {
        Map<Long, String> notes = new HashMap<>();
        for (ExplainedFinding told : findings) {
            for (Evidence evidence : told.finding().evidence()) {
                if (evidence.capture() == capture) {
                    String note = told.id() + " " + told.finding().kind() + ": " + evidence.says();
                    for (long frame : evidence.frames()) {
                        notes.merge(frame, note, (before, more) -> before + "\n" + more);
                    }
                }
            }
        }
        return notes;
    }
}
