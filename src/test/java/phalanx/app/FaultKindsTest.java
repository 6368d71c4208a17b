package phalanx.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phalanx.app.TestNetwork.Fault;
import phalanx.decode.Wire;
import phalanx.diagnose.Severity;
import phalanx.explain.Analysis;
import phalanx.explain.TemplateExplainer;

/** One fault of each kind, put at one place of a small network, is found there and nothing else is. */
class FaultKindsTest {
    private static final long BEGIN = TestNetwork.BEGIN, MS = TestNetwork.MS;
    private static final int SYN = 2, RST = 4, ACK = 16, SYN_ACK = 18;

    @TempDir
    private Path folder = Path.of(".");

    private final TestNetwork network = new TestNetwork(4);

    private String said() {
        Analysis analysis = TestPipeline.analyze(network.captures(folder));
        return analysis.findings().stream()
                .map(told -> (told.finding().severity() == Severity.INFO ? "info " : "")
                        + told.finding().kind() + " "
                        + TemplateExplainer.place(told.finding().where(), analysis.stitched()) + " "
                        + told.finding().direction().word())
                .sorted()
                .collect(Collectors.joining("; "));
    }

    /** Changes packets from the point {@code behind} on. */
    private static Fault rewrite(boolean toServer, int behind, BiConsumer<Wire, Boolean> change) {
        return new Fault() {
            @Override
            public void rewrites(Wire wire, int point) {
                change.accept(wire, toServer ? point >= behind : point < behind);
            }
        };
    }

    private static Wire data(boolean toServer, int sequence, int acknowledgment, int length) {
        byte[] payload = new byte[length];
        Arrays.fill(payload, (byte) sequence);
        return Wire.tcp()
                .hosts(toServer ? 1 : 2, toServer ? 2 : 1)
                .ports(toServer ? 4000 : 80, toServer ? 80 : 4000)
                .flags(ACK)
                .seq(sequence, acknowledgment)
                .payload(payload);
    }

    /** A handshake, so that it is known who the client is. */
    private void open() {
        network.send(true, BEGIN - 90 * MS, Wire.tcp().flags(SYN).seq(999, 0), Fault.NONE);
        network.send(
                false,
                BEGIN - 70 * MS,
                Wire.tcp().hosts(2, 1).ports(80, 4000).flags(SYN_ACK).seq(4999, 1000),
                Fault.NONE);
        network.send(true, BEGIN - 50 * MS, data(true, 1000, 5000, 0), Fault.NONE);
    }

    private void exchange(int count, BiConsumer<Wire, Boolean> change) {
        for (int i = 0; i < count; i++) {
            network.send(
                    true, BEGIN + 20L * i * MS, data(true, 1000 + 10 * i, 500 + 10 * i, 10), rewrite(true, 2, change));
            network.send(
                    false,
                    BEGIN + (20L * i + 13) * MS,
                    data(false, 500 + 10 * i, 1010 + 10 * i, 10),
                    rewrite(false, 2, change));
        }
    }

    @Test
    void marks_that_change_on_the_way_are_facts_or_warnings() {
        exchange(30, (wire, behind) -> wire.trafficClass(behind ? 8 << 2 : 46 << 2));
        assertEquals("info dscp_rewritten between p2 and p3 both", said());
    }

    @Test
    void ecn_that_is_erased() {
        exchange(30, (wire, behind) -> wire.trafficClass(behind ? 0 : 2));
        assertEquals("ecn_bleached between p2 and p3 both", said());
    }

    @Test
    void a_queue_that_marks() {
        for (int i = 0; i < 90; i++) {
            int mark = i % 9 == 4 ? 3 : 2;
            network.send(
                    true,
                    BEGIN + 20L * i * MS,
                    data(true, 1000 + 10 * i, 500 + 10 * i, 10),
                    rewrite(true, 2, (wire, behind) -> wire.trafficClass(behind ? mark : 2)));
            network.send(false, BEGIN + (20L * i + 13) * MS, data(false, 500 + 10 * i, 1010 + 10 * i, 10), Fault.NONE);
        }
        assertEquals("ecn_ce_marked between p2 and p3 c2s", said());
    }

    @Test
    void a_segment_size_that_is_lowered() {
        for (int i = 0; i < 3; i++) {
            int port = 4100 + i;
            long t = BEGIN + 100L * i * MS;
            network.send(
                    true,
                    t,
                    Wire.tcp().ports(port, 80).flags(SYN).seq(1, 0),
                    rewrite(
                            true,
                            2,
                            (wire, behind) ->
                                    wire.options(2, 4, (behind ? 1200 : 1460) >> 8, (behind ? 1200 : 1460) & 255)));
            network.send(
                    false,
                    t + 15 * MS,
                    Wire.tcp()
                            .hosts(2, 1)
                            .ports(80, port)
                            .flags(SYN_ACK)
                            .seq(9, 2)
                            .options(2, 4, 4, 176),
                    Fault.NONE);
            network.send(
                    true, t + 30 * MS, Wire.tcp().ports(port, 80).flags(ACK).seq(2, 10), Fault.NONE);
        }
        assertEquals("info mss_clamped between p2 and p3 c2s", said());
    }

    @Test
    void a_tag_on_one_capture() {
        TestNetwork.Fault tag = new Fault() {
            @Override
            public void rewrites(Wire wire, int point) {
                wire.vlan(point == 2 ? 210 : -1);
            }
        };
        for (int i = 0; i < 30; i++) {
            network.send(true, BEGIN + 20L * i * MS, data(true, 1000 + 10 * i, 500 + 10 * i, 10), tag);
            network.send(false, BEGIN + (20L * i + 13) * MS, data(false, 500 + 10 * i, 1010 + 10 * i, 10), tag);
        }
        assertEquals("info vlan_tag_on_one_capture in the capture of p3 both", said());
    }

    @Test
    void bytes_that_change() {
        network.download(
                BEGIN,
                200,
                i -> i % 50 == 10
                        ? rewrite(false, 2, (wire, behind) -> {
                            if (behind) {
                                wire.damaged();
                            }
                        })
                        : Fault.NONE);
        assertEquals("corruption between p3 and p2 s2c", said());
    }

    /** @param answered whether one packet tries the other way meanwhile */
    private void downForAWhile(boolean answered) {
        for (int i = 0; i < 300; i++) {
            boolean down = i >= 100 && i < 160;
            network.send(
                    true,
                    BEGIN + 20L * i * MS,
                    data(true, 1000 + 10 * i, 500 + 10 * i, 10),
                    down ? TestNetwork.drop(1) : Fault.NONE);
            if (!down || answered && i == 130) {
                network.send(
                        false,
                        BEGIN + (20L * i + 13) * MS,
                        data(false, 500 + 10 * i, 1010 + 10 * i, 10),
                        down ? TestNetwork.drop(1) : Fault.NONE);
            }
        }
    }

    @Test
    void a_link_that_is_down_for_a_while() {
        downForAWhile(false);
        assertEquals("link_outage between p2 and p3 c2s", said());
    }

    @Test
    void a_link_that_is_down_both_ways_though_one_has_little_to_send() {
        downForAWhile(true);
        assertEquals("link_outage between p2 and p3 both", said());
    }

    @Test
    void a_way_that_becomes_longer() {
        for (int i = 0; i < 300; i++) {
            Fault late = i >= 150 ? TestNetwork.late(1, 30 * MS) : Fault.NONE;
            network.send(true, BEGIN + 20L * i * MS, data(true, 1000 + 10 * i, 500 + 10 * i, 10), late);
            network.send(false, BEGIN + (20L * i + 53) * MS, data(false, 500 + 10 * i, 1010 + 10 * i, 10), Fault.NONE);
        }
        assertEquals("latency_step between p2 and p3 c2s", said());
    }

    @Test
    void delay_that_changes_from_packet_to_packet() {
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            network.send(
                    true,
                    BEGIN + 40L * i * MS,
                    data(true, 1000 + 10 * i, 500 + 10 * i, 10),
                    TestNetwork.late(2, random.nextLong(30 * MS)));
            network.send(false, BEGIN + (40L * i + 63) * MS, data(false, 500 + 10 * i, 1010 + 10 * i, 10), Fault.NONE);
        }
        assertEquals("jitter between p3 and p4 c2s", said());
    }

    @Test
    void a_buffer_that_is_too_large() {
        // Ten segments each 50 ms are as much as 4.16 Mbit/s take; a burst in front leaves 100 ms in the queue for
        // good.
        open();
        long free = 0;
        int sequence = 5000;
        for (int i = 0; i < 700; i++) {
            long t = BEGIN + (i < 60 ? 0 : (1 + (i - 60) / 10) * 20L * MS) + i * 10L;
            free = Math.max(free, t) + 2 * MS;
            network.send(false, t, data(false, sequence, 1000, 1000), TestNetwork.late(1, free - t));
            network.send(true, t + 400 * MS, data(true, 1000, sequence += 1000, 0), Fault.NONE);
        }
        assertEquals("bufferbloat between p3 and p2 s2c", said());
    }

    @Test
    void a_bucket_that_is_empty() {
        open();
        Random random = new Random(5);
        double tokens = 20;
        long before = BEGIN;
        int sequence = 5000;
        long t = BEGIN;
        for (int i = 0; i < 900; i++) {
            t += i % 40 == 39 ? random.nextLong(20, 90) * MS : random.nextLong(MS / 5, MS);
            tokens = Math.min(20, tokens + (t - before) * 600e-9);
            before = t;
            boolean passes = tokens >= 1;
            tokens -= passes ? 1 : 0;
            network.send(false, t, data(false, sequence, 1000, 1000), passes ? Fault.NONE : TestNetwork.drop(1));
            network.send(true, t + 100 * MS, data(true, 1000, sequence += 1000, 0), Fault.NONE);
        }
        assertEquals("policing_loss between p3 and p2 s2c", said());
    }

    @Test
    void who_refuses_is_told_by_where_the_refusal_begins_and_by_its_ttl() {
        network.download(BEGIN, 30, _ -> Fault.NONE);
        for (int i = 0; i < 3; i++) {
            long t = BEGIN + 700 * MS + 100L * i * MS;
            network.send(true, t, Wire.tcp().ports(4700 + i, 7000).flags(SYN).seq(42, 0), TestNetwork.drop(1));
            network.send(
                    false,
                    1,
                    t + 4 * MS,
                    Wire.tcp()
                            .hosts(2, 1)
                            .ports(7000, 4700 + i)
                            .flags(RST | ACK)
                            .seq(0, 43)
                            .id(0),
                    Fault.NONE);
            network.send(true, t + MS, Wire.tcp().ports(4800 + i, 9).flags(SYN).seq(42, 0), Fault.NONE);
            network.send(
                    false,
                    t + 20 * MS,
                    Wire.tcp().hosts(2, 1).ports(9, 4800 + i).flags(RST | ACK).seq(0, 43),
                    Fault.NONE);
        }
        assertEquals("connection_rejected between p2 and p3 c2s; port_closed at the server (p4) both", said());
    }

    /** Of hundreds of services it is a fact; of some dozens, all of them may be down. */
    @ParameterizedTest
    @CsvSource({"60, ''", "260, 'info '"})
    void a_scan_is_told_once(int services, String severity) {
        for (int i = 0; i < services; i++) {
            int port = 100 + i;
            network.send(
                    true,
                    BEGIN + 20L * i * MS,
                    Wire.tcp().ports(5000, port).flags(SYN).seq(42, 0),
                    Fault.NONE);
            network.send(
                    false,
                    BEGIN + 20L * i * MS + 10 * MS,
                    Wire.tcp().hosts(2, 1).ports(port, 5000).flags(RST | ACK).seq(0, 43),
                    Fault.NONE);
        }
        assertEquals(severity + "port_closed at the server (p4) both", said());
    }

    /** Requests answered after {@code think} ms each, and news {@code news} times in between. */
    private void talk(int requests, int think, int news) {
        open();
        int sent = 5000;
        for (int i = 0; i < requests; i++) {
            long t = BEGIN + 2000L * i * MS;
            int request = 1000 + 10 * i;
            network.send(true, t, data(true, request, sent, 10), Fault.NONE);
            network.send(false, t + 12 * MS, data(false, sent, request + 10, 0), Fault.NONE);
            for (int each = 0; each <= news; each++) {
                network.send(false, t + think * MS + 600L * each * MS, data(false, sent, request + 10, 20), Fault.NONE);
                sent += 20;
            }
        }
    }

    @Test
    void a_server_that_thinks_long_is_slow() {
        talk(5, 700, 0);
        assertEquals("server_slow at the server (p4) both", said());
    }

    @Test
    void a_server_that_speaks_unasked_is_not_slow() {
        talk(5, 700, 1);
        assertEquals("", said());
    }

    @Test
    void a_server_that_does_not_take_connections_up() {
        for (int i = 0; i < 2; i++) {
            int port = 4600 + i;
            long t = BEGIN + 100L * i * MS;
            long beyond =
                    network.send(true, t, Wire.tcp().ports(port, 80).flags(SYN).seq(1, 0), Fault.NONE);
            network.send(
                    false,
                    beyond - 2900 * MS / 1000,
                    Wire.tcp().hosts(2, 1).ports(80, port).flags(SYN_ACK).seq(9, 2),
                    Fault.NONE);
            network.send(
                    true, t + 40 * MS, Wire.tcp().ports(port, 80).flags(ACK).seq(2, 10), Fault.NONE);
        }
        for (int i = 0; i < 6; i++) {
            network.send(
                    true,
                    BEGIN + 500 * MS + 300L * i * MS,
                    Wire.tcp().ports(4700 + i % 2, 80).flags(SYN).seq(42, 0),
                    Fault.NONE);
        }
        assertEquals("accept_queue_overflow at the server (p4) both", said());
    }

    @Test
    void a_service_that_never_answers() {
        network.download(BEGIN, 30, _ -> Fault.NONE);
        for (int i = 0; i < 3; i++) {
            network.send(
                    true,
                    BEGIN + 1000L * i * MS,
                    Wire.tcp().ports(4700, 7000).flags(SYN).seq(42, 0),
                    Fault.NONE);
        }
        assertEquals("syn_filtered beyond p4 c2s", said());
    }

    @Test
    void a_connection_that_was_forgotten() {
        exchange(30, (_, _) -> {});
        for (int i = 0; i < 5; i++) {
            network.send(true, BEGIN + 4000 * MS + 300L * i * MS, data(true, 1300, 800, 10), TestNetwork.drop(1));
        }
        for (int i = 0; i < 40; i++) {
            network.send(
                    true,
                    BEGIN + 100L * i * MS,
                    Wire.udp().ports(5000, 6000).payload(new byte[] {(byte) i}),
                    Fault.NONE);
        }
        assertEquals("idle_timeout_drop between p2 and p3 both", said());
    }

    private static byte[] dns(int id, int flags, String name) {
        ByteBuffer message = ByteBuffer.allocate(100);
        message.putShort((short) id)
                .putShort((short) flags)
                .putShort((short) 1)
                .putShort((short) 0)
                .putInt(0);
        for (String label : name.split("\\.", -1)) {
            message.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
        }
        message.put((byte) 0).putShort((short) 1).putShort((short) 1);
        return Arrays.copyOf(message.array(), message.position());
    }

    private void ask(int id, long when, String name, int answerFlags, long afterMillis) {
        network.send(true, when, Wire.udp().ports(5000 + id, 53).payload(dns(id, 0x0100, name)), Fault.NONE);
        if (afterMillis >= 0) {
            network.send(
                    false,
                    when + (10 + afterMillis) * MS,
                    Wire.udp().hosts(2, 1).ports(53, 5000 + id).payload(dns(id, answerFlags, name)),
                    Fault.NONE);
        }
    }

    @Test
    void name_servers_that_are_slow_silent_or_wrong() {
        for (int i = 0; i < 4; i++) {
            ask(i, BEGIN + 100L * i * MS, "slow.test", 0x8180, i == 0 ? 1 : 700);
        }
        assertEquals("dns_slow at the server (p4) both", said());
    }

    @Test
    void a_name_server_that_is_silent() {
        for (int i = 0; i < 6; i++) {
            ask(i, BEGIN + 1000L * i * MS, "silent.test", 0x8180, i % 2 == 0 ? 1 : -1);
        }
        network.send(true, BEGIN + 9000 * MS, Wire.udp().ports(5000, 6000).payload(new byte[] {1}), Fault.NONE);
        assertEquals("dns_timeout at the server (p4) both", said());
    }

    @Test
    void a_name_server_that_fails() {
        for (int i = 0; i < 6; i++) {
            ask(i, BEGIN + 100L * i * MS, "broken.test", i == 3 ? 0x8182 : 0x8180, 1);
        }
        assertEquals("dns_error at the server (p4) both", said());
    }

    @Test
    void packets_that_go_round() {
        exchange(20, (_, _) -> {});
        for (int i = 0; i < 4; i++) {
            Wire lost = data(true, 1200, 700, 10).id(900 + i);
            long t = BEGIN + 1000 * MS + 200L * i * MS;
            network.passes(0, t, lost.ttl(64));
            network.passes(1, t + 3 * MS, lost.ttl(63));
            for (int round = 0; round < 12; round++) {
                network.passes(2, t + (6 + 2L * round) * MS, lost.ttl(62 - round));
            }
        }
        assertEquals("routing_loop at the middlebox (p3) c2s", said());
    }

    @Test
    void fragments_that_do_not_pass() {
        exchange(20, (_, _) -> {});
        for (int i = 0; i < 5; i++) {
            long t = BEGIN + 1000 * MS + 200L * i * MS;
            network.send(
                    true,
                    0,
                    t,
                    Wire.udp()
                            .ports(5000, 6000)
                            .payload(new byte[1200])
                            .fragment(0, true)
                            .id(700 + i),
                    Fault.NONE);
            network.send(
                    true,
                    0,
                    t + MS,
                    Wire.udp().payload(new byte[600]).fragment(1208, false).id(700 + i),
                    TestNetwork.drop(1));
        }
        assertEquals("fragment_filtered between p2 and p3 c2s", said());
    }

    @Test
    void loss_behind_the_last_capture_shows_in_what_is_asked_for_again() {
        open();
        int sequence = 5000;
        long t = BEGIN;
        for (int i = 0; i < 200; i++) {
            boolean lost = i % 50 == 20;
            int missing = sequence;
            for (int segment = 0; segment < (lost ? 6 : 1); segment++) {
                network.send(false, t + segment * MS / 5, data(false, sequence, 1000, 1000), Fault.NONE);
                if (lost && segment > 0) {
                    network.send(true, t + 12 * MS + segment * MS / 5, data(true, 1000, missing, 0), Fault.NONE);
                }
                sequence += 1000;
            }
            if (lost) {
                network.send(false, t + 30 * MS, data(false, missing, 1000, 1000), Fault.NONE);
                t += 40 * MS;
            }
            network.send(true, t + 12 * MS, data(true, 1000, sequence, 0), Fault.NONE);
            t += 20 * MS;
        }
        assertEquals("random_loss beyond p1 s2c", said());
    }
}
