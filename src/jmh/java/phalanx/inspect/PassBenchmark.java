package phalanx.inspect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import phalanx.capture.CaptureFile;
import phalanx.capture.FrameCursor;
import phalanx.decode.FragmentAssembly;
import phalanx.decode.FrameView;
import phalanx.run.Outcome;
import phalanx.run.Progress;

/** What each stage of a pass adds, nanoseconds a packet: the records alone, the layers, the copies, all of it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PassBenchmark {
    private static final int PACKETS = 160_000;

    private Path file = Path.of("");

    @Setup
    public void write() throws IOException {
        file = Files.write(Files.createTempFile("phalanx-jmh", ".pcap"), InspectorTest.longDownloads(PACKETS / 16));
    }

    @TearDown
    public void delete() throws IOException {
        Files.delete(file);
    }

    private FrameCursor open() {
        return switch (CaptureFile.open(file)) {
            case Outcome.Ok<FrameCursor>(var cursor) -> cursor;
            case Outcome.Failed<FrameCursor>(var problem) -> throw new IllegalStateException(problem.toString());
        };
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long records() {
        long bytes = 0;
        try (FrameCursor cursor = open()) {
            while (cursor.next()) {
                bytes += cursor.captured();
            }
        }
        return bytes;
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long layers() {
        FrameView view = FrameView.ofDatagrams(new FragmentAssembly());
        long bytes = 0;
        try (FrameCursor cursor = open()) {
            while (cursor.next()) {
                view.wrap(cursor);
                bytes += view.payloadLength();
            }
        }
        return bytes;
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long copies() {
        FrameView view = FrameView.ofDatagrams(new FragmentAssembly());
        DuplicateFrames copies = new DuplicateFrames();
        long found = 0;
        try (FrameCursor cursor = open()) {
            while (cursor.next()) {
                view.wrap(cursor);
                found += copies.isCopy(cursor, view) ? 1 : 0;
            }
        }
        return found;
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public Outcome<Inspection> all() {
        return Inspector.inspect(file, Progress.NONE);
    }
}
