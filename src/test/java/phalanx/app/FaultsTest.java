package phalanx.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phalanx.app.pipeline.Pipeline;
import phalanx.decode.Wire;
import phalanx.explain.Analysis;
import phalanx.explain.TemplateExplainer;
import phalanx.net.Direction;
import phalanx.stitch.ClockAlignment;

/** Faults put into a small network are found where they were put, in captures given in any order. */
class FaultsTest {
    private static final long BEGIN = TestNetwork.BEGIN, MS = TestNetwork.MS;

    @TempDir
    private Path folder = Path.of(".");

    private Analysis analyze(TestNetwork network) {
        List<Path> files = new ArrayList<>(network.captures(folder));
        Collections.shuffle(files, new Random(9));
        return TestPipeline.analyze(files);
    }

    private static Set<String> said(Analysis analysis) {
        return analysis.findings().stream()
                .map(told -> told.finding().kind() + " "
                        + TemplateExplainer.place(told.finding().where(), analysis.stitched()) + " "
                        + told.finding().direction().word())
                .collect(Collectors.toSet());
    }

    private static List<String> path(Analysis analysis) {
        return analysis.stitched().mainPath(Direction.CLIENT_TO_SERVER).orElseThrow().captures().stream()
                .map(analysis.stitched()::hopName)
                .toList();
    }

    @Test
    void a_healthy_path_is_said_to_be_so_whatever_its_clocks_read() {
        TestNetwork network = new TestNetwork(4)
                .clock(1, t -> t + 3_600_000 * MS)
                .clock(2, t -> t - 77 * MS + (t - BEGIN) / 50_000)
                .snaplen(64);
        network.download(BEGIN, 400, _ -> TestNetwork.Fault.NONE);
        Analysis analysis = analyze(network);
        assertEquals(Set.of("snaplen in the capture of p1 both"), said(analysis)); // told once for all four
        assertEquals(List.of("p1", "p2", "p3", "p4"), path(analysis));
        for (var segment : analysis.measures().segments()) {
            long median = segment.counts().delay().orElseThrow().medianNanos();
            assertTrue(Math.abs(median - 3 * MS) < 100_000, "delay " + median);
        }
    }

    @Test
    void loss_by_chance_and_in_bursts_are_told_apart_and_placed() {
        TestNetwork chance = new TestNetwork(3);
        chance.download(BEGIN, 300, i -> i % 43 == 20 ? TestNetwork.drop(1) : TestNetwork.Fault.NONE);
        assertEquals(Set.of("random_loss between p3 and p2 s2c"), said(analyze(chance)));
        TestNetwork burst = new TestNetwork(3);
        burst.download(BEGIN, 300, i -> i >= 100 && i < 112 ? TestNetwork.drop(0) : TestNetwork.Fault.NONE);
        assertEquals(Set.of("burst_loss between p2 and p1 s2c"), said(analyze(burst)));
    }

    @Test
    void copies_and_overtakings_are_no_loss() {
        TestNetwork copies = new TestNetwork(3);
        copies.download(BEGIN, 200, i -> i % 40 == 7 ? TestNetwork.twice(1) : TestNetwork.Fault.NONE);
        assertEquals(Set.of("duplication between p3 and p2 s2c"), said(analyze(copies)));
        TestNetwork late = new TestNetwork(3);
        late.download(BEGIN, 200, i -> i % 40 == 7 ? TestNetwork.late(0, 9 * MS) : TestNetwork.Fault.NONE);
        assertEquals(Set.of("reordering between p2 and p1 s2c"), said(analyze(late)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void a_capture_at_a_mirror_holds_all_twice_and_says_nothing_of_the_network(int point) {
        TestNetwork network = new TestNetwork(3);
        network.download(BEGIN, 300, i -> i % 43 == 20 ? TestNetwork.drop(1) : TestNetwork.Fault.NONE);
        network.mirror(point);
        Analysis analysis = analyze(network);
        assertEquals(Set.of("random_loss between p3 and p2 s2c"), said(analysis));
        assertTrue(
                analysis.problems().stream()
                        .anyMatch(problem -> problem.code().equals(Pipeline.MIRRORED)
                                && problem.what().startsWith("p" + (point + 1) + " holds ")),
                analysis.problems().toString());
    }

    @Test
    void a_network_that_doubles_everything_is_no_mirror() {
        TestNetwork behind = new TestNetwork(4);
        behind.download(BEGIN, 100, _ -> TestNetwork.twice(1));
        assertEquals(Set.of("duplication between p3 and p2 s2c"), said(analyze(behind)));
    }

    @Test
    void a_clock_that_was_set_is_found_where_and_by_how_much_and_delays_are_right_across_it() {
        for (long jump : new long[] {40 * MS, -25 * MS}) {
            TestNetwork network = new TestNetwork(3).clock(1, t -> t + (t > BEGIN + 900 * MS ? jump : 0) + 5 * MS);
            network.download(BEGIN, 400, _ -> TestNetwork.Fault.NONE);
            Analysis analysis = analyze(network);
            assertEquals(Set.of("clock_step in the capture of p2 both"), said(analysis));
            List<ClockAlignment.Step> steps = analysis.stitched().clocks().stream()
                    .flatMap(c -> c.steps().stream())
                    .toList();
            assertEquals(1, steps.size());
            assertTrue(Math.abs(steps.getFirst().nanos() - jump) < MS, steps::toString);
            assertTrue(Math.abs(steps.getFirst().atNanos() - (BEGIN + 905 * MS)) < 60 * MS, steps::toString);
        }
    }

    @Test
    void translated_addresses_are_followed() {
        TestNetwork network = new TestNetwork(3);
        TestNetwork.Fault nat = new TestNetwork.Fault() {
            @Override
            public void rewrites(Wire wire, int point) {
                wire.hosts(point >= 2 ? 99 : 1, 2).ports(point >= 2 ? 61000 : 4000, 80);
            }
        };
        TestNetwork.Fault back = new TestNetwork.Fault() {
            @Override
            public void rewrites(Wire wire, int point) {
                wire.hosts(2, point >= 2 ? 99 : 1).ports(80, point >= 2 ? 61000 : 4000);
            }
        };
        for (int i = 0; i < 40; i++) {
            long t = BEGIN + 20L * i * MS;
            network.send(
                    true,
                    t,
                    Wire.tcp().flags(24).seq(1000 + i * 10, 500 + i * 10).payload(new byte[10]),
                    nat);
            network.send(
                    false,
                    t + 10 * MS,
                    Wire.tcp().flags(24).seq(500 + i * 10, 1010 + i * 10).payload(new byte[10]),
                    back);
        }
        Analysis analysis = analyze(network);
        assertEquals(Set.of("nat_source between p2 and p3 both"), said(analysis));
        assertEquals(1, analysis.stitched().conversations().size());
        assertEquals(
                "10.0.0.1:4000",
                analysis.stitched().conversations().getFirst().client().toString());
    }

    @Test
    void ignored_syns_are_a_filter_and_refused_ones_are_not() {
        TestNetwork network = new TestNetwork(3);
        network.download(BEGIN, 50, _ -> TestNetwork.Fault.NONE);
        for (int i = 0; i < 3; i++) {
            network.send(
                    true,
                    BEGIN + 1000L * i * MS,
                    Wire.tcp().ports(4700, 7000).flags(2).seq(42, 0),
                    TestNetwork.drop(1));
        }
        assertEquals(Set.of("syn_filtered between p2 and p3 c2s"), said(analyze(network)));
    }

    @Test
    void a_reset_that_nobody_sent_is_placed_where_it_appears() {
        TestNetwork network = new TestNetwork(4);
        long end = network.download(BEGIN, 60, _ -> TestNetwork.Fault.NONE);
        network.send(
                false,
                1,
                end - 299 * MS,
                Wire.tcp().hosts(2, 1).ports(80, 4000).flags(4).seq(65001, 0).id(7),
                TestNetwork.Fault.NONE);
        assertEquals(Set.of("rst_injection between p3 and p2 s2c"), said(analyze(network)));
    }

    @Test
    void a_hop_with_a_hole_in_its_capture_lost_no_packet_of_the_network() {
        TestNetwork network = new TestNetwork(3);
        network.download(BEGIN, 200, _ -> TestNetwork.Fault.NONE);
        network.forget(1, 5);
        assertEquals(Set.of("capture_loss in the capture of p2 both"), said(analyze(network)));
    }
}
