package phalanx.app.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.TestPipeline;
import phalanx.capture.CapturedFrame;
import phalanx.capture.FrameReader;
import phalanx.capture.GrowingFile;
import phalanx.decode.PacketTable;
import phalanx.explain.Analysis;
import phalanx.explain.CaseAccount;
import phalanx.explain.LiveAnalyzer;
import phalanx.explain.LiveFile;
import phalanx.explain.LiveTotals;
import phalanx.rules.RuleFolder;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;
import phalanx.share.AnalysisJson;
import phalanx.stitch.HopFile;
import phalanx.stitch.HopNames;

/** Answers to captures that are still written. */
class LivePipelineTest {
    @TempDir
    private Path folder = Path.of("");

    private static <T> T ok(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Ok<T>(T value) -> value;
            case Outcome.Failed<T>(Problem problem) -> throw new AssertionError(problem);
        };
    }

    private static String json(Analysis analysis) throws IOException {
        StringWriter out = new StringWriter();
        new AnalysisJson().write(CaseAccount.of(analysis), out);
        return out.toString();
    }

    /** Copies of captures that grow by a share of their bytes at a time, and so end inside a block most of the time. */
    private final class Growing {
        private final List<byte[]> whole = new ArrayList<>();
        private final List<Path> files = new ArrayList<>();

        Growing(List<Path> captures) throws IOException {
            for (Path capture : captures) {
                whole.add(Files.readAllBytes(capture));
                files.add(Files.createFile(folder.resolve(capture.getFileName())));
            }
        }

        List<HopFile> hops() {
            return HopNames.name(files);
        }

        List<LiveFile> live() {
            return hops().stream().map(hop -> new LiveFile(hop, Long.MAX_VALUE)).toList();
        }

        void grow(int step, int of) throws IOException {
            for (int i = 0; i < files.size(); i++) {
                byte[] bytes = whole.get(i);
                int from = (int) ((long) bytes.length * step / of);
                int to = (int) ((long) bytes.length * (step + 1) / of);
                Files.write(files.get(i), Arrays.copyOfRange(bytes, from, to), StandardOpenOption.APPEND);
            }
        }
    }

    private static List<Problem> damages(Analysis analysis) {
        return analysis.stitched().captures().stream()
                .flatMap(point -> point.capture().problems().stream())
                .toList();
    }

    @Test
    void the_last_answer_is_the_one_to_the_files_and_none_before_it_speaks_of_damage() throws IOException {
        Growing growing = new Growing(TestPipeline.sample("loss-on-wan-link"));
        Pipeline pipeline = new Pipeline(RuleFolder.NONE);
        LiveAnalyzer live = pipeline.live();
        long before = 0;
        Analysis last = ok(pipeline.analyze(HopNames.name(TestPipeline.sample("loss-on-wan-link")), Progress.NONE));
        for (int step = 0; step < 23; step++) {
            growing.grow(step, 23);
            last = ok(live.analyze(growing.live(), Progress.NONE));
            assertEquals(List.of(), damages(last));
            long packets = last.stitched().captures().getFirst().packets().size();
            assertTrue(packets > before, "nothing came at step " + step);
            before = packets;
        }
        assertEquals(json(ok(pipeline.analyze(growing.hops(), Progress.NONE))), json(last));
    }

    private static long packets(Analysis... answers) {
        LiveTotals totals = new LiveTotals();
        for (Analysis answer : answers) {
            totals.note(answer);
        }
        return totals.all().packets();
    }

    @Test
    void the_next_file_of_a_ring_is_counted_from_its_begin_also_when_it_is_the_longer_one() throws IOException {
        HopFile whole =
                HopNames.name(TestPipeline.sample("firewall-drops-idle")).getFirst();
        byte[] bytes = Files.readAllBytes(whole.file());
        Path before = Files.write(folder.resolve("before.pcapng"), Arrays.copyOf(bytes, bytes.length / 2));
        Pipeline pipeline = new Pipeline(RuleFolder.NONE);
        Analysis one = ok(pipeline.analyze(List.of(new HopFile(whole.hop(), before)), Progress.NONE));
        Analysis next = ok(pipeline.analyze(List.of(whole), Progress.NONE));
        assertTrue(packets(one) > 10, "so that they would be missed");
        assertEquals(packets(next), packets(next, next), "each once");
        assertEquals(packets(one) + packets(next), packets(one, next));
    }

    @Test
    void a_later_answer_knows_the_newest_packets_by_their_numbers_in_the_file() throws IOException {
        Growing growing = new Growing(TestPipeline.sample("loss-on-wan-link"));
        LivePipeline live = new LivePipeline(new Pipeline(RuleFolder.NONE), 1200);
        growing.grow(0, 11);
        Analysis newest = ok(live.analyze(growing.live(), Progress.NONE));
        for (int step = 1; step < 11; step++) {
            growing.grow(step, 11);
            newest = ok(live.analyze(growing.live(), Progress.NONE));
        }
        assertEquals(LivePipeline.NEWEST, newest.problems().getFirst().code());
        List<HopFile> hops = growing.hops();
        for (int hop = 0; hop < hops.size(); hop++) {
            PacketTable packets = newest.stitched().captures().get(hop).packets();
            int most = 1200 / hops.size() + 2 * GrowingFile.STRIDE;
            assertTrue(packets.size() > 0 && packets.size() <= most, packets.size() + " packets");
            assertNotEquals(1, packets.frame(0));
            FrameReader frames = new FrameReader(hops.get(hop).file());
            for (int row : new int[] {0, packets.size() / 2, packets.size() - 1}) {
                CapturedFrame frame = ok(frames.read(packets.frame(row), Progress.NONE));
                assertEquals(packets.timeNanos(row), frame.nanos());
            }
        }
    }

    @Test
    void frames_are_read_by_their_number_while_the_file_grows() throws IOException {
        Growing growing = new Growing(TestPipeline.sample("loss-on-wan-link").subList(0, 1));
        growing.grow(0, 3);
        FrameReader frames = new FrameReader(growing.files.getFirst());
        GrowingFile counted = new GrowingFile(growing.files.getFirst());
        long first = ok(counted.goOver(Long.MAX_VALUE, Progress.NONE));
        assertEquals(first, ok(frames.read(first, Progress.NONE)).number());
        growing.grow(1, 3);
        long second = ok(counted.goOver(Long.MAX_VALUE, Progress.NONE));
        assertTrue(second > first);
        assertTrue(IntStream.of(1, (int) first, (int) second)
                .allMatch(number -> ok(frames.read(number, Progress.NONE)).number() == number));
        Files.write(growing.files.getFirst(), growing.whole.getFirst(), StandardOpenOption.TRUNCATE_EXISTING);
        byte[] other = growing.whole.getFirst().clone();
        other[200] ^= 1;
        Files.write(growing.files.getFirst(), other);
        assertEquals(
                FrameReader.CHANGED,
                frames.read(1, Progress.NONE) instanceof Outcome.Failed<CapturedFrame>(var why) ? why.code() : "");
    }
}
