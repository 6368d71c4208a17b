package phalanx.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import phalanx.app.TestPipeline;
import phalanx.explain.Analysis;
import phalanx.run.Progress;

class PacketFatesTest {
    @Test
    void a_repeated_handshake_is_no_keep_alive() {
        Analysis analysis = TestPipeline.analyze(TestPipeline.sample("firewall-drops-syn"));
        PacketFates fates =
                PacketFates.of(analysis.stitched(), analysis.measures().segments(), Progress.NONE);
        long again = IntStream.range(0, analysis.stitched().journeys().size())
                .filter(journey -> (fates.of(journey) & PacketFates.AGAIN) != 0)
                .count();
        long counted = analysis.measures().conversations().stream()
                .mapToLong(metrics -> metrics.retransmissions()[0] + metrics.retransmissions()[1])
                .sum();
        assertTrue(counted > 0);
        assertEquals(counted, again);
    }
}
