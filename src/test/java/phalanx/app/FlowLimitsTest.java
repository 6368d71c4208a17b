package phalanx.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phalanx.app.TestNetwork.Fault;
import phalanx.decode.Wire;
import phalanx.measure.FlowLimit;
import phalanx.measure.FlowLimits;

/** A sender that waits for one thing is said to wait for that. */
class FlowLimitsTest {
    private static final long BEGIN = TestNetwork.BEGIN, MS = TestNetwork.MS;

    @TempDir
    private Path folder = Path.of(".");

    private final TestNetwork network = new TestNetwork(2);
    private int sequence = 1001;

    private void open() {
        network.send(true, BEGIN - 30 * MS, Wire.tcp().flags(2).seq(1000, 0).options(3, 3, 0, 1), Fault.NONE);
        network.send(
                false,
                BEGIN - 20 * MS,
                Wire.tcp().hosts(2, 1).ports(80, 4000).flags(18).seq(5000, 1001).options(3, 3, 0, 1),
                Fault.NONE);
    }

    private void data(long when, int size, Fault fault) {
        network.send(true, when, Wire.tcp().flags(16).seq(sequence, 5001).payload(new byte[size]), fault);
        sequence += size;
    }

    private void acknowledge(long when, int window) {
        network.send(
                false,
                when,
                Wire.tcp()
                        .hosts(2, 1)
                        .ports(80, 4000)
                        .flags(16)
                        .seq(5001, sequence)
                        .window(window),
                Fault.NONE);
    }

    private FlowLimits limits() {
        FlowLimits limits = TestPipeline.analyze(network.captures(folder))
                .measures()
                .conversations()
                .getFirst()
                .limits()
                .orElseThrow();
        assertTrue(limits.fromClient());
        return limits;
    }

    private void assertMost(FlowLimit limit) {
        FlowLimits limits = limits();
        assertEquals(limit, limits.most().orElseThrow());
        assertTrue(limits.of(limit) > 0.8 * limits.total(), limit + " " + limits.of(limit) + " of " + limits.total());
    }

    @Test
    void an_application_that_writes_seldom() {
        open();
        for (int i = 0; i < 30; i++) {
            data(BEGIN + 100L * i * MS, 1000, Fault.NONE);
            acknowledge(BEGIN + (100L * i + 10) * MS, 60000);
        }
        assertMost(FlowLimit.APPLICATION);
    }

    @ParameterizedTest
    @CsvSource({"2000, RECEIVER_WINDOW", "60000, CONGESTION_WINDOW"})
    void a_window_for_each_round_trip_is_the_receivers_when_it_is_full(int window, FlowLimit most) {
        open();
        for (int i = 0; i < 30; i++) {
            data(BEGIN + 20L * i * MS, 1000, Fault.NONE);
            data(BEGIN + 20L * i * MS + 10_000, 1000, Fault.NONE);
            acknowledge(BEGIN + (20L * i + 16) * MS, window);
        }
        assertMost(most);
    }

    @Test
    void segments_that_must_be_sent_again() {
        open();
        for (int i = 0; i < 20; i++) {
            long t = BEGIN + 220L * i * MS;
            data(t, 1000, TestNetwork.drop(0));
            sequence -= 1000;
            data(t + 205 * MS, 1000, Fault.NONE);
            acknowledge(t + 215 * MS, 60000);
        }
        assertMost(FlowLimit.LOSS_RECOVERY);
    }
}
