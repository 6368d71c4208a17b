package phalanx.capture.live;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.WholeFile;

/**
 * A capture under way: who captures, and the file that grows. One that runs when the process ends is stopped, and its file made whole.
 * Any thread.
 */
public final class LiveCapture implements AutoCloseable {
    /** The disk is as full as it may get. */
    public static final String NO_ROOM = "PHX-1608";
    /** There is a file of that name. */
    public static final String EXISTS = "PHX-1609";

    private static final long FLUSH_MILLIS = 100, LEAVE_MILLIS = 3_000;
    private static final Set<LiveCapture> UNDER_WAY = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(LiveCapture::leave, "end of captures"));
    }

    private final FrameSource source;
    private final RingRecorder recorder;
    private final LongAdder frames = new LongAdder();
    private final LongAdder octets = new LongAdder();
    private final LongAdder leftOut = new LongAdder();
    private final Arrivals arrivals = new Arrivals();
    private final Thread taking;
    private int remarked;
    private volatile long readable;
    private volatile boolean over;
    private volatile boolean paused;
    private volatile @Nullable Problem problem;

    /**
     * What was captured so far.
     *
     * @param frames in the files
     * @param octets of them, on the wire
     * @param leftOut frames that came while it was paused
     * @param dropped frames that the kernel or the interface lost, -1 while nobody says
     */
    public record Counts(long frames, long octets, long leftOut, long dropped) {}

    private LiveCapture(FrameSource source, RingRecorder recorder, boolean paused) {
        this.source = source;
        this.recorder = recorder;
        this.paused = paused;
        UNDER_WAY.add(this);
        taking = Jobs.assistant("capture", this::take);
        Jobs.assistant("capture to disk", this::flush);
    }

    /** Begins on an interface of this machine. */
    public static Outcome<LiveCapture> start(CaptureOptions options, RingOptions ring) {
        return FrameSource.open(options).then(source -> start(source, options, ring));
    }

    /** Begins with somebody who captures already, and is stopped when the file cannot be begun. */
    public static Outcome<LiveCapture> start(FrameSource source, CaptureOptions options, RingOptions ring) {
        return start(source, options, ring, false);
    }

    /** As {@link #start}, but paused, so that several can go on together. */
    public static Outcome<LiveCapture> ready(FrameSource source, CaptureOptions options, RingOptions ring) {
        return start(source, options, ring, true);
    }

    private static Outcome<LiveCapture> start(
            FrameSource source, CaptureOptions options, RingOptions ring, boolean paused) {
        try {
            return Outcome.ok(new LiveCapture(source, new RingRecorder(ring, options), paused));
        } catch (IOException e) {
            source.abandon();
            return Outcome.failed(problem(ring.file(), e));
        }
    }

    private static Problem problem(Path file, IOException e) {
        return switch (e) {
            case FileAlreadyExistsException _ ->
                new Problem(EXISTS, file + " exists already.", "Name another file; nothing was overwritten.");
            case RingRecorder.NoRoomException full ->
                new Problem(
                        NO_ROOM,
                        "The capture ended before the disk is full: " + full.getMessage() + ".",
                        "What was captured is kept. Free some space, or keep fewer files, and start again.");
            default -> WholeFile.notWritten(file, e);
        };
    }

    private void take() {
        try {
            if (source.run(this::frame) instanceof Outcome.Failed<Boolean>(var why)) {
                failed(why);
            }
        } catch (IOException e) {
            failed(problem(recorder.file(), e));
            source.stop();
        } catch (RuntimeException | Error e) {
            System.getLogger("phalanx.capture").log(System.Logger.Level.ERROR, "a capture failed", e);
            failed(new Problem(
                    Jobs.FAULT,
                    "Phalanx met a fault of its own in: capture ("
                            + e.getClass().getSimpleName() + ").",
                    "Everything else goes on working; the log on stderr has the details."));
            source.stop();
        }
        over = true;
        try {
            recorder.close(source.dropped());
            if (frames.sum() == 0 && problem != null) {
                Files.deleteIfExists(recorder.file()); // it never began
            }
        } catch (IOException e) {
            failed(problem(recorder.file(), e));
        }
        UNDER_WAY.remove(this);
    }

    /** The process ends: what has come is written, a file at a time if need be. */
    private static void leave() {
        UNDER_WAY.forEach(LiveCapture::stop);
        long until = System.nanoTime() + LEAVE_MILLIS * 1_000_000;
        try {
            for (LiveCapture capture : UNDER_WAY) {
                capture.await(Math.max(1, (until - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** What went wrong first is why it ended. */
    private synchronized void failed(Problem why) {
        if (problem == null) {
            problem = why;
        }
    }

    private void frame(int linkType, long nanos, byte[] bytes, int start, int captured, int length) throws IOException {
        if (paused) {
            leftOut.increment();
            return;
        }
        List<FrameSource.Gap> gaps = source.gaps();
        while (remarked < gaps.size()) {
            recorder.remark(String.format(
                    Locale.ROOT,
                    "the line was cut for %.1f s before this packet",
                    gaps.get(remarked++).millis() / 1e3));
        }
        recorder.frame(linkType, nanos, bytes, start, captured, length);
        arrivals.frame(nanos, System.currentTimeMillis());
        frames.increment();
        octets.add(length);
    }

    private void flush() {
        try {
            while (!over) {
                Thread.sleep(FLUSH_MILLIS);
                long newest = arrivals.newest();
                long come = frames.sum();
                recorder.flush();
                arrivals.inFile(newest);
                readable = come;
            }
        } catch (InterruptedException _) {
            return; // the capture ends
        } catch (IOException e) {
            failed(problem(recorder.file(), e));
            source.stop();
        }
    }

    /** Who captures: {@code libpcap}, {@code dumpcap} or {@code tcpdump}. */
    public String by() {
        return source.name();
    }

    public Counts counts() {
        return new Counts(frames.sum(), octets.sum(), leftOut.sum(), source.dropped());
    }

    /** Frames that can be read in the files by now. */
    public long readable() {
        return readable;
    }

    /** When the line to the capturing machine was cut so far; the first packet behind each says so in a comment. */
    public List<FrameSource.Gap> gaps() {
        return source.gaps();
    }

    /** Epoch milliseconds up to which all that these captured is in their files; what is stamped later may be missing in one of them. */
    public static long settledMillis(Collection<LiveCapture> captures) {
        long now = System.currentTimeMillis();
        return captures.stream()
                .mapToLong(capture -> capture.arrivals.settledMillis(now))
                .min()
                .orElse(now);
    }

    /** What the clock of the capturing machine said then, epoch nanoseconds. @param millis epoch milliseconds of this machine */
    public long stampAt(long millis) {
        return arrivals.stampAt(millis);
    }

    /** The file that is written now. */
    public Path file() {
        return recorder.file();
    }

    /** Files of its ring before that one that are still there. */
    public int olderFiles() {
        return recorder.older();
    }

    /** What comes while it is paused is left out and counted. */
    public void pause(boolean wanted) {
        paused = wanted;
    }

    public boolean isPaused() {
        return paused;
    }

    /** Whether frames are still taken. */
    public boolean isRunning() {
        return taking.isAlive();
    }

    /** Why it ended by itself, null while it runs and when it was stopped. */
    public @Nullable Problem problem() {
        return problem;
    }

    /** Asks it to end; what the kernel has is written before. */
    public void stop() {
        source.stop();
    }

    /** Waits for the end. @param millis at the most  @return whether it has ended */
    public boolean await(long millis) throws InterruptedException {
        return taking.join(Duration.ofMillis(millis));
    }

    /** Stops, and waits until the file is whole. */
    @Override
    public void close() {
        stop();
        try {
            taking.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
