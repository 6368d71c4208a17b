package phalanx.redact;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phalanx.capture.CaptureFile;
import phalanx.capture.CaptureSummary;
import phalanx.capture.FrameCursor;
import phalanx.capture.PcapngWriter;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;

/**
 * Redacts the captures of one investigation with one key, so that a packet that passed several points is still known again. All of them
 * are counted in one {@link Tally}. One thread.
 */
public final class CaptureRedactor {
    private static final int STRIDE = 1 << 12;

    private final RedactionOptions options;
    private final Tally tally;
    private final FrameRedactor frames;

    /** @param tally counts what is replaced */
    public CaptureRedactor(RedactionKey key, RedactionOptions options, Tally tally) {
        this.options = options;
        this.tally = tally;
        frames = new FrameRedactor(key, options, tally);
    }

    /**
     * What became of one file.
     *
     * @param frames all of them, redacted
     * @param problems of the file, which was read on around them
     */
    public record Redacted(long frames, List<Problem> problems) {
        public Redacted {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Counts what would be replaced.
     *
     * @return failed only when the file cannot be read at all
     * @throws Progress.Cancelled when the work was given up
     */
    public Outcome<Redacted> preview(Path file, Progress progress) {
        try {
            return redact(file, null, progress);
        } catch (IOException e) {
            throw new IllegalStateException("nothing is written", e);
        }
    }

    /**
     * Writes a redacted capture as pcapng.
     *
     * @param out stays open
     * @return as {@link #preview}; then nothing was written
     * @throws IOException when it cannot be written
     * @throws Progress.Cancelled when the work was given up
     */
    public Outcome<Redacted> write(Path file, OutputStream out, Progress progress) throws IOException {
        return redact(file, out, progress);
    }

    private Outcome<Redacted> redact(Path file, @Nullable OutputStream out, Progress progress) throws IOException {
        return switch (CaptureFile.open(file)) {
            case Outcome.Failed<FrameCursor>(var problem) -> Outcome.failed(problem);
            case Outcome.Ok<FrameCursor>(var cursor) -> {
                try (cursor) {
                    yield Outcome.ok(redact(String.valueOf(file.getFileName()), cursor, out, progress));
                }
            }
        };
    }

    private Redacted redact(String name, FrameCursor cursor, @Nullable OutputStream out, Progress progress)
            throws IOException {
        RedactedFile written = out == null ? null : new RedactedFile(out, options.statement());
        progress.stopIfCancelled();
        while (cursor.next()) {
            frames.redact(cursor);
            if (cursor.isCommented()) {
                tally.add(Replaced.COMMENT);
            }
            if (written != null) {
                written.add(cursor, frames);
            }
            if (cursor.frame() % STRIDE == 0) {
                progress.at("Redacting " + name, cursor.consumed(), cursor.size());
                progress.stopIfCancelled();
            }
        }
        count(cursor);
        if (written != null) {
            written.finish(cursor);
        }
        return new Redacted(cursor.summary().frames(), cursor.problems());
    }

    /** What the file says besides its frames. */
    private void count(FrameCursor cursor) {
        CaptureSummary summary = cursor.summary();
        tally.add(Replaced.BLOCK, cursor.keptBlocks().size());
        tally.add(
                Replaced.COMMENT,
                summary.comment().lines().filter(line -> !line.isBlank()).count());
        for (CaptureSummary.Interface one : summary.interfaces()) {
            if (!one.name().isEmpty() && tally.add(Replaced.INTERFACE, true)) {
                tally.example(Replaced.INTERFACE, one.name(), RedactedFile.name(one.id()));
            }
        }
    }

    /** Interfaces under other names, frames without comments. */
    private static final class RedactedFile {
        private final PcapngWriter writer;
        private final List<Written> interfaces = new ArrayList<>();

        /** An interface of the file read, with the link type that its frames have now. */
        private record Written(int id, int linkType) {}

        RedactedFile(OutputStream out, String statement) throws IOException {
            writer = new PcapngWriter(out, statement);
        }

        static String name(int id) {
            return "interface " + (id + 1);
        }

        void add(FrameCursor cursor, FrameRedactor frame) throws IOException {
            writer.packet(
                    id(cursor, frame.linkType()),
                    cursor.timeNanos(),
                    frame.bytes(),
                    frame.start(),
                    frame.captured(),
                    frame.length(),
                    cursor.frameFlags(),
                    "");
        }

        private int id(FrameCursor cursor, int linkType) throws IOException {
            int interfaceId = cursor.interfaceId();
            for (int i = 0; i < interfaces.size(); i++) {
                if (interfaces.get(i).id == interfaceId && interfaces.get(i).linkType == linkType) {
                    return i;
                }
            }
            interfaces.add(new Written(interfaceId, linkType));
            return writer.addInterface(
                    name(interfaceId),
                    linkType,
                    cursor.interfaceInfo(interfaceId).snaplen());
        }

        /** What the capturing machine lost stays known. */
        void finish(FrameCursor cursor) throws IOException {
            for (CaptureSummary.Interface one : cursor.summary().interfaces()) {
                for (int i = 0; one.drops() >= 0 && i < interfaces.size(); i++) {
                    if (interfaces.get(i).id == one.id()) {
                        writer.statistics(i, cursor.timeNanos(), one.drops());
                        break;
                    }
                }
            }
            writer.flush();
        }
    }
}
