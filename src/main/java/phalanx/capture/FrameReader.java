package phalanx.capture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;

/**
 * Reads frames of one capture file by their number. Frames are read in blocks; where each block begins is remembered when it is first
 * come by, so that later ones are read from there (of compressed files from the beginning each time). The last blocks stay in memory,
 * at most {@link #MOST_BYTES}. No file stays open. Any thread, one after the other; reading may take as long as the file is.
 */
public final class FrameReader {
    /** The file is not what it was, or no longer there. */
    public static final String CHANGED = "PHX-1011";

    private static final int BLOCK = 64;
    /** So many first bytes hold a frame with its stamp. */
    private static final int TOLD_BY = 512;

    private static final int MOST_BYTES = 4 << 20;
    private static final int MOST_BLOCKS = 16;

    private final Path file;
    private @Nullable State opened;
    private final byte[] begin;
    private final List<FrameCursor.Place> places = new ArrayList<>();
    private final List<FrameCursor.InterfaceCount> interfaces = new ArrayList<>();
    private final Deque<Block> recent = new ArrayDeque<>();

    /** By what a file is known again. */
    private record State(long size, FileTime changed) {}

    /** Frames one behind the other. */
    private record Block(long first, List<CapturedFrame> frames, long bytes) {}

    /** Takes the file as it is now for what it has to stay; more may be written behind it. */
    public FrameReader(Path file) {
        this.file = file;
        opened = state();
        begin = begin();
    }

    private @Nullable State state() {
        try {
            BasicFileAttributes of = Files.readAttributes(file, BasicFileAttributes.class);
            return new State(of.size(), of.lastModifiedTime());
        } catch (IOException _) {
            return null;
        }
    }

    /** The file's first bytes, as many as it had when it was opened and no more than tell it. */
    private byte[] begin() {
        State was = opened;
        int length = was == null ? 0 : (int) Math.min(was.size, TOLD_BY);
        try (InputStream stream = Files.newInputStream(file)) {
            return stream.readNBytes(length);
        } catch (IOException _) {
            return new byte[0];
        }
    }

    /** Whether it is the same file with more behind it, as one that is still written; it is then taken for what it is now. */
    private boolean hasGrown() {
        State now = state();
        State was = opened;
        if (was == null || now == null || now.size <= was.size || !Arrays.equals(begin, begin())) {
            return false;
        }
        opened = now;
        recent.clear();
        return true;
    }

    /**
     * @param number from 1
     * @return failed when the file is gone, has changed, or has no such frame
     * @throws Progress.Cancelled when the work was given up
     */
    public synchronized Outcome<CapturedFrame> read(long number, Progress progress) {
        Problem gone = gone();
        if (gone != null) {
            return Outcome.failed(gone);
        }
        long first = (number - 1) / BLOCK * BLOCK + 1;
        for (Block block : recent) {
            if (block.first == first) {
                return frame(block, number);
            }
        }
        return inFile(cursor -> {
            Block block = block(cursor, first, progress);
            keep(block);
            return frame(block, number);
        });
    }

    /**
     * Hands over many frames in one pass, none of which is kept.
     *
     * @param numbers from 1; those that the file does not have are left out
     * @return how many there were; failed when the file is gone, has changed, or cannot be read
     * @throws Progress.Cancelled when the work was given up
     */
    public synchronized Outcome<Integer> read(BitSet numbers, Consumer<CapturedFrame> to, Progress progress) {
        Problem gone = gone();
        return gone != null
                ? Outcome.failed(gone)
                : inFile(cursor -> {
                    seek(cursor, numbers.nextSetBit(0));
                    int count = 0;
                    while (cursor.frame() + 1 < numbers.length() && nextOf(cursor, progress)) {
                        if (numbers.get((int) cursor.frame())) {
                            to.accept(taken(cursor));
                            count++;
                        }
                    }
                    return Outcome.ok(count);
                });
    }

    private @Nullable Problem gone() {
        if (file.equals(CaptureFile.STANDARD_INPUT)) {
            return new Problem(
                    CHANGED,
                    "What came on the standard input cannot be read again.",
                    "Save it to a file and open that, to see the bytes of its packets.");
        }
        if (opened == null || !opened.equals(state()) && !hasGrown()) {
            recent.clear();
            return new Problem(
                    CHANGED,
                    "%s has changed or is gone since it was opened, so its bytes cannot be shown."
                            .formatted(file.getFileName()),
                    "Open it again.");
        }
        return null;
    }

    /** What is done with the file while it is open. */
    private interface Reading<T> {
        Outcome<T> from(FrameCursor cursor) throws IOException;
    }

    private <T> Outcome<T> inFile(Reading<T> reading) {
        return CaptureFile.open(file).then(cursor -> {
            try (cursor) {
                return reading.from(cursor);
            } catch (IOException e) {
                return Outcome.failed(new Problem(
                        CaptureFile.UNREADABLE,
                        "%s cannot be read (%s).".formatted(file.getFileName(), e.getMessage()),
                        "Check the disk that it lies on."));
            }
        });
    }

    private Outcome<CapturedFrame> frame(Block block, long number) {
        int at = (int) (number - block.first);
        return at < block.frames.size()
                ? Outcome.ok(block.frames.get(at))
                : Outcome.failed(new Problem(
                        CHANGED, "%s has no frame %,d.".formatted(file.getFileName(), number), "Open it again."));
    }

    /** To the begin of the block with a frame, or of the last known one before it. */
    private void seek(FrameCursor cursor, long number) throws IOException {
        int wanted = (int) Math.max(0, (number - 1) / BLOCK);
        if (cursor.seekable() && !places.isEmpty()) {
            cursor.seek(places.get(Math.min(wanted, places.size() - 1)), interfaces);
        }
    }

    private Block block(FrameCursor cursor, long first, Progress progress) throws IOException {
        seek(cursor, first);
        List<CapturedFrame> frames = new ArrayList<>();
        long bytes = 0;
        while (frames.size() < BLOCK && nextOf(cursor, progress)) {
            if (cursor.frame() >= first) {
                frames.add(taken(cursor));
                bytes += cursor.captured();
            }
        }
        return new Block(first, frames, bytes);
    }

    private boolean nextOf(FrameCursor cursor, Progress progress) {
        long before = cursor.frame();
        if (before % BLOCK == 0) {
            progress.at("Reading " + file.getFileName(), cursor.consumed(), cursor.size());
            progress.stopIfCancelled();
            if (before / BLOCK == places.size()) {
                remember(cursor);
            }
        }
        return cursor.next();
    }

    private void remember(FrameCursor cursor) {
        List<FrameCursor.InterfaceCount> known = cursor.interfaces;
        interfaces.addAll(known.subList(Math.min(interfaces.size(), known.size()), known.size()));
        places.add(cursor.place());
    }

    private static CapturedFrame taken(FrameCursor cursor) {
        int id = cursor.interfaceId();
        return new CapturedFrame(
                cursor.frame(),
                cursor.timeNanos(),
                cursor.linkType(),
                Arrays.copyOfRange(cursor.bytes(), cursor.start(), cursor.start() + cursor.captured()),
                cursor.length(),
                id,
                cursor.interfaces.get(id).name,
                cursor.comment());
    }

    private void keep(Block block) {
        recent.addFirst(block);
        long bytes = recent.stream().mapToLong(Block::bytes).sum();
        while (recent.size() > 1 && (recent.size() > MOST_BLOCKS || bytes > MOST_BYTES)) {
            bytes -= recent.removeLast().bytes;
        }
    }
}
