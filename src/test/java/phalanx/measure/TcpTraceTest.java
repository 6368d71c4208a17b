package phalanx.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import phalanx.app.TestPipeline;
import phalanx.explain.Analysis;
import phalanx.net.Transport;
import phalanx.run.Progress;
import phalanx.stitch.Conversation;
import phalanx.stitch.Stitched;

/** Sequence numbers, windows, bytes in flight and round trips, against tshark on the same files. */
class TcpTraceTest {
    private static final List<String> SAMPLES = List.of("loss-on-wan-link", "nat-and-loss", "slow-reader");

    /** What tshark says of a frame; empty texts where it says nothing. */
    private record Told(
            String sequence,
            String next,
            String ack,
            String window,
            String inFlight,
            String roundTrip,
            boolean again,
            boolean selective) {}

    private static final Map<Path, Map<Long, Told>> READ = new HashMap<>();

    /** What tshark says of a file, asked once. */
    private static synchronized Map<Long, Told> told(Path file) throws IOException, InterruptedException {
        Map<Long, Told> known = READ.get(file);
        if (known == null) {
            known = tshark(file);
            READ.put(file, known);
        }
        return known;
    }

    private static Map<Long, Told> tshark(Path file) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", file.toString(), "-T", "fields"));
        for (String field : List.of(
                "frame.number",
                "tcp.seq",
                "tcp.nxtseq",
                "tcp.ack",
                "tcp.window_size",
                "tcp.analysis.bytes_in_flight",
                "tcp.analysis.ack_rtt",
                "tcp.analysis.retransmission",
                "tcp.options.sack_le")) {
            command.addAll(List.of("-e", field));
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        Map<Long, Told> frames = new HashMap<>();
        out.lines().forEach(line -> {
            String[] f = line.split("\t", -1);
            frames.put(
                    Long.parseLong(f[0]),
                    new Told(f[1], f[2], f[3], f[4], f[5], f[6], !f[7].isEmpty(), !f[8].isEmpty()));
        });
        return frames;
    }

    private static void needTshark() {
        boolean there = Arrays.stream(
                        Objects.requireNonNullElse(System.getenv("PATH"), "").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "tshark")));
        if (!there && "true".equals(System.getenv("CI"))) {
            throw new AssertionError("tshark is missing in CI; .ci/run installs it");
        }
        Assumptions.assumeTrue(there, "SKIPPED: tshark is not installed (apt-get install tshark)");
    }

    private static long frame(Stitched stitched, int capture, int journey) {
        return stitched.captures()
                .get(capture)
                .packets()
                .frame(stitched.journeys().row(journey, capture));
    }

    @Test
    void windows_and_bytes_in_flight_are_what_tshark_says() throws Exception {
        needTshark();
        int windows = 0;
        int flights = 0;
        for (String sample : SAMPLES) {
            Stitched stitched =
                    TestPipeline.analyze(TestPipeline.sample(sample)).stitched();
            for (Conversation conversation : stitched.conversations()) {
                for (boolean fromClient : new boolean[] {true, false}) {
                    if (conversation.transport() != Transport.TCP) {
                        continue;
                    }
                    TcpTrace trace = TcpTrace.of(stitched, conversation, fromClient);
                    assertTrue(trace.windowKnown());
                    Map<Long, Told> frames = told(
                            stitched.captures().get(trace.capture()).capture().file());
                    TcpTrace.Acknowledgments acks = trace.acknowledgments();
                    for (int i = 0; i < acks.count(); i++) {
                        Told told = Objects.requireNonNull(
                                frames.get(frame(stitched, trace.capture(), acks.journeys()[i])));
                        assertEquals(told.window, Long.toString(acks.window()[i]), sample);
                        assertEquals(told.ack, Long.toString(acks.acknowledged()[i]), sample);
                        windows++;
                    }
                    TcpTrace.Segments sent = trace.segments();
                    for (int i = 0; i < sent.count(); i++) {
                        long frame = frame(stitched, trace.capture(), sent.journeys()[i]);
                        Told told = Objects.requireNonNull(frames.get(frame));
                        assertEquals(told.sequence, Long.toString(sent.begin()[i]), sample);
                        assertEquals(told.next, Long.toString(sent.end()[i]), sample);
                        if (!told.inFlight.isEmpty()
                                && !told.again
                                && !sent.again()[i]
                                && !selective(frames, acks, stitched, trace, frame)) {
                            assertEquals(told.inFlight, Long.toString(sent.inFlight()[i]), sample + " frame " + frame);
                            flights++;
                        }
                    }
                }
            }
        }
        assertTrue(windows > 1_000 && flights > 1_000, windows + " windows, " + flights + " flights");
    }

    /** Whether the last acknowledgment before a frame had SACK blocks: tshark takes those bytes off what is in flight. */
    private static boolean selective(
            Map<Long, Told> frames, TcpTrace.Acknowledgments acks, Stitched stitched, TcpTrace trace, long frame) {
        boolean last = false;
        for (int journey : acks.journeys()) {
            long ack = frame(stitched, trace.capture(), journey);
            last = ack < frame ? Objects.requireNonNull(frames.get(ack)).selective : last;
        }
        return last;
    }

    @Test
    void round_trips_are_what_tshark_says() throws Exception {
        needTshark();
        int same = 0;
        int theirs = 0;
        for (String sample : SAMPLES) {
            Stitched stitched =
                    TestPipeline.analyze(TestPipeline.sample(sample)).stitched();
            for (Conversation conversation : stitched.conversations()) {
                TcpSamples samples = TcpSamples.of(stitched, conversation, false);
                Map<Long, Told> frames = told(
                        stitched.captures().get(samples.capture()).capture().file());
                TcpTrace trace = TcpTrace.of(stitched, conversation, false);
                for (int journey : trace.acknowledgments().journeys()) {
                    Told told = Objects.requireNonNull(frames.get(frame(stitched, samples.capture(), journey)));
                    theirs += told.roundTrip.isEmpty() ? 0 : 1;
                }
                for (int i = 0; i < samples.acknowledgments().length; i++) {
                    long frame = frame(stitched, samples.capture(), samples.acknowledgments()[i]);
                    Told told = Objects.requireNonNull(frames.get(frame));
                    assertFalse(told.roundTrip.isEmpty(), sample + " frame " + frame);
                    assertEquals(
                            Double.parseDouble(told.roundTrip),
                            samples.roundTripNanos()[i] / 1e9,
                            1e-6,
                            sample + " frame " + frame);
                    same++;
                }
            }
        }
        assertTrue(same > 300 && same >= theirs * 0.8, same + " of tshark's " + theirs);
    }

    @Test
    void selective_acknowledgments_are_read_again_from_the_file_as_tshark_reads_them() throws Exception {
        needTshark();
        Stitched stitched =
                TestPipeline.analyze(TestPipeline.sample("loss-on-wan-link")).stitched();
        Conversation conversation = stitched.conversations().getFirst();
        TcpTrace trace = TcpTrace.of(stitched, conversation, false);
        SelectiveAcks blocks = SelectiveAcks.of(stitched, trace, Progress.NONE);
        Path file = stitched.captures().get(trace.capture()).capture().file();
        Process process = new ProcessBuilder(
                        "tshark",
                        "-n",
                        "-r",
                        file.toString(),
                        "-Y",
                        "tcp.stream == 0 && tcp.options.sack_le",
                        "-T",
                        "fields",
                        "-e",
                        "tcp.options.sack_le",
                        "-e",
                        "tcp.options.sack_re")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        List<String> theirs = new ArrayList<>();
        out.lines().forEach(line -> {
            String[] left = line.split("\t", -1)[0].split(",", -1);
            String[] right = line.split("\t", -1)[1].split(",", -1);
            for (int i = 0; i < left.length; i++) {
                theirs.add(left[i] + "-" + right[i]);
            }
        });
        List<String> ours = new ArrayList<>();
        for (int i = 0; i < blocks.journeys().length; i++) {
            ours.add(blocks.begin()[i] + "-" + blocks.end()[i]);
        }
        assertFalse(ours.isEmpty());
        assertEquals(theirs, ours);
    }

    @Test
    void retransmissions_and_the_third_duplicate_are_marked() {
        Analysis analysis = TestPipeline.analyze(TestPipeline.sample("loss-on-wan-link"));
        ConversationMetrics metrics = analysis.measures().conversations().getFirst();
        TcpTrace trace = TcpTrace.of(analysis.stitched(), metrics.conversation(), false);
        int again = 0;
        for (boolean repeated : trace.segments().again()) {
            again += repeated ? 1 : 0;
        }
        assertEquals(metrics.retransmissions()[1], again);
        assertTrue(Arrays.stream(trace.acknowledgments().duplicates()).anyMatch(count -> count == 3));
    }
}
