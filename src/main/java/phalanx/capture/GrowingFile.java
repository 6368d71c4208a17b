package phalanx.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;

/**
 * The newest frames of a capture file that is still written. What was added is gone over once to count it; where every {@link
 * #STRIDE}th frame begins is remembered as long as it is among those wanted, so that they can be read from there. No file stays open.
 * One thread.
 */
public final class GrowingFile {
    /** Frames between two places that reading can begin at. */
    public static final int STRIDE = 256;

    /** So many later frames in a row are no exception. */
    private static final int MOST_LATER = 64;

    private final Path file;
    private final Deque<FrameCursor.Place> marks = new ArrayDeque<>();
    private final List<FrameCursor.InterfaceCount> interfaces = new ArrayList<>();
    private long frames;

    public GrowingFile(Path file) {
        this.file = file;
    }

    public Path file() {
        return file;
    }

    /** Frames that were there when it was last gone over. */
    public long frames() {
        return frames;
    }

    /**
     * Goes over what was added since the last time.
     *
     * @param untilNanos stamp of the last frame that is wanted for now; single later ones among the others are taken along, for clocks
     *     are set at times
     * @return the number of frames up to there; failed when the file cannot be read, or is no capture
     * @throws Progress.Cancelled when the work was given up
     */
    public Outcome<Long> goOver(long untilNanos, Progress progress) {
        return CaptureFile.open(file).then(cursor -> {
            try (cursor) {
                cursor.grows();
                if (!marks.isEmpty() && !cursor.seekable()) {
                    return Outcome.ok(frames); // what is compressed as a whole does not grow
                }
                if (!marks.isEmpty()) {
                    cursor.seek(marks.getLast(), interfaces);
                }
                int later = 0;
                do {
                    if (cursor.frame() % STRIDE == 0 && later == 0) {
                        progress.stopIfCancelled();
                        mark(cursor);
                    }
                    later = cursor.frame() > 0 && cursor.timeNanos() > untilNanos ? later + 1 : 0;
                } while (later < MOST_LATER && cursor.next());
                frames = Math.max(before(), cursor.frame() - later);
                return Outcome.ok(frames);
            } catch (IOException e) {
                return Outcome.failed(unreadable(e));
            }
        });
    }

    private Problem unreadable(IOException e) {
        return new Problem(
                CaptureFile.UNREADABLE,
                "%s cannot be read (%s).".formatted(file.getFileName(), e.getMessage()),
                "Check the disk that it lies on.");
    }

    private void mark(FrameCursor cursor) {
        if (marks.isEmpty() || marks.getLast().frames() < cursor.frame()) {
            List<FrameCursor.InterfaceCount> known = cursor.interfaces;
            interfaces.addAll(known.subList(Math.min(interfaces.size(), known.size()), known.size()));
            marks.add(cursor.place());
        }
    }

    /** Lets go what lies before the newest frames. @param most frames that are wanted; up to {@link #STRIDE} more may stay */
    public void keepNewest(long most) {
        while (marks.size() > 1 && frames - second().frames() >= most) {
            marks.removeFirst();
        }
    }

    /** Lets go what lies before a moment. @param nanos by the file's stamps */
    public void keepSince(long nanos) {
        while (marks.size() > 1 && second().nanos() <= nanos) {
            marks.removeFirst();
        }
    }

    private FrameCursor.Place second() {
        var each = marks.iterator();
        each.next();
        return each.next();
    }

    /** Stamp of the frame before the first one wanted; of no use when there is none before. */
    public long sinceNanos() {
        return marks.isEmpty() ? 0 : marks.getFirst().nanos();
    }

    /** Frames before the first one wanted. */
    public long before() {
        return marks.isEmpty() ? 0 : marks.getFirst().frames();
    }

    /** Bytes of the file before the first frame wanted. */
    public long bytesBefore() {
        return before() == 0 ? 0 : marks.getFirst().position();
    }

    /** @return a cursor before the first frame wanted, to be closed by the caller */
    public Outcome<FrameCursor> open() {
        return CaptureFile.open(file).then(cursor -> {
            try {
                cursor.grows();
                if (before() > 0) {
                    cursor.seek(marks.getFirst(), interfaces);
                }
                return Outcome.ok(cursor);
            } catch (IOException e) {
                cursor.close();
                return Outcome.failed(unreadable(e));
            }
        });
    }
}
