package phalanx.show.packets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.TestPipeline;
import phalanx.capture.CapturedFrame;
import phalanx.capture.FrameReader;
import phalanx.decode.filter.DisplayFilter;
import phalanx.diagnose.Evidence;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.run.Outcome;
import phalanx.run.Progress;
import phalanx.stitch.Conversation;

class OtherToolsTest {
    @Test
    void a_conversation_is_named_by_what_it_is_called_at_the_point() {
        Analysis analysis = TestPipeline.analyze(TestPipeline.sample("nat-and-loss"));
        Conversation of = analysis.stitched().conversations().getFirst();
        Conversation.Leg inside = of.legs().getFirst();
        Conversation.Leg outside = of.legs().getLast();
        assertEquals(
                "ip.addr == 192.168.1.10 && ip.addr == 192.168.3.20 && tcp.port == %d && tcp.port == 80"
                        .formatted(inside.client().port()),
                OtherTools.conversation(of, inside));
        assertTrue(OtherTools.conversation(of, outside).startsWith("ip.addr == 192.168.2.1 && "));
        assertTrue(DisplayFilter.parse(OtherTools.conversation(of, outside)) instanceof Outcome.Ok);
        assertEquals(
                "tcp and host 192.168.1.10 and host 192.168.3.20 and port %d and port 80"
                        .formatted(inside.client().port()),
                OtherTools.capture(of, inside));
    }

    @Test
    void wireshark_opens_a_file_with_blanks_in_its_name_at_a_frame() {
        List<String> command = OtherTools.wireshark(Path.of("my captures/it's.pcapng"), 12);
        assertEquals(List.of("wireshark", "-r", "my captures/it's.pcapng", "-g", "12"), command);
        assertEquals("wireshark -r 'my captures/it'\\''s.pcapng' -g 12", OtherTools.shell(command));
    }

    @Test
    void the_packets_that_prove_a_finding_are_written_with_what_it_says(@TempDir Path folder) {
        Analysis analysis = TestPipeline.analyze(TestPipeline.sample("loss-on-wan-link"));
        ExplainedFinding told = analysis.findings().getFirst();
        Evidence evidence = told.finding().evidence().getFirst();
        BitSet frames = new BitSet();
        for (long frame : evidence.frames()) {
            frames.set((int) frame);
        }
        Path file = folder.resolve("proof.pcapng");
        assertEquals(
                Outcome.ok((long) frames.cardinality()),
                new PacketsExport(analysis).write(evidence.capture(), frames, file, Progress.NONE));
        if (!(new FrameReader(file).read(1, Progress.NONE) instanceof Outcome.Ok<CapturedFrame>(var first))) {
            throw new AssertionError(file);
        }
        assertTrue(first.comment().contains(told.id() + " random_loss: "), first.comment());
        assertTrue(OtherTools.finding(told.finding(), evidence.capture())
                .startsWith("frame.number in {" + evidence.frames()[0]));
    }
}
