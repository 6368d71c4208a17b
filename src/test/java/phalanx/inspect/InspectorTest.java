package phalanx.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.capture.CaptureWriter;
import phalanx.decode.Wire;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;

class InspectorTest {
    private static final long BEGIN = 1_795_228_941_000_000_000L, MS = 1_000_000;

    @TempDir
    private Path folder = Path.of(".");

    private Inspection inspect(byte[] file) {
        try {
            Path path = Files.write(folder.resolve("capture"), file);
            return switch (Inspector.inspect(path, Progress.NONE)) {
                case Outcome.Ok<Inspection>(var inspection) -> inspection;
                case Outcome.Failed<Inspection>(Problem problem) -> throw new AssertionError(problem);
            };
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] longDownloads(int rounds) {
        CaptureWriter writer = CaptureWriter.pcap(ByteOrder.LITTLE_ENDIAN, true, 1);
        byte[] body = new byte[1000];
        long time = BEGIN;
        for (int round = 0; round < rounds; round++) {
            for (int flow = 0; flow < 8; flow++) {
                Wire data = flow % 2 == 0 ? Wire.tcp() : Wire.tcp().v6();
                byte[] sent = data.ports(80, 4000 + flow)
                        .id(round & 0xFFFF)
                        .seq(1 + 1000 * round, 1)
                        .payload(body)
                        .frame();
                Wire ack = flow % 2 == 0 ? Wire.tcp() : Wire.tcp().v6();
                byte[] acked = ack.hosts(2, 1)
                        .ports(4000 + flow, 80)
                        .id(round & 0xFFFF)
                        .seq(1, 1001 + 1000 * round)
                        .frame();
                writer.frame(time, sent, sent.length).frame(time + MS / 10, acked, acked.length);
                time += MS;
            }
        }
        return writer.bytes();
    }

    @Test
    void a_packet_of_a_stream_under_way_allocates_nothing() {
        byte[] some = longDownloads(1_000);
        byte[] more = longDownloads(4_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long first = threads.getCurrentThreadAllocatedBytes();
            inspect(some);
            long second = threads.getCurrentThreadAllocatedBytes();
            assertEquals(8, inspect(more).streams().size());
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - second - (second - first));
        }
        assertTrue(least < 4096, least + " bytes for 48,000 packets more");
    }

    @Test
    void flags_are_told_apart_as_wireshark_documents_them() {
        Inspection inspection = inspect(TestTraffic.pcap());
        TcpStream lossy = inspection.streams().get(3);
        assertEquals(1, lossy.fromB().count(TcpFlag.LOST_SEGMENT));
        assertEquals(3, lossy.fromA().count(TcpFlag.DUPLICATE_ACK));
        assertEquals(1, lossy.fromB().count(TcpFlag.FAST_RETRANSMISSION));
        assertEquals(1, lossy.fromB().count(TcpFlag.RETRANSMISSION));
        assertEquals(1, lossy.fromA().count(TcpFlag.ZERO_WINDOW));
        assertEquals(1, lossy.fromA().count(TcpFlag.WINDOW_UPDATE));
        assertEquals(1, lossy.fromB().count(TcpFlag.KEEP_ALIVE));
        assertEquals(9 * MS, lossy.handshakeNanos());
        assertEquals(
                List.of(1460, 1400), List.of(lossy.fromA().mss(), lossy.fromB().mss()));
    }

    @Test
    void the_shares_of_a_transaction_add_up_to_its_wall_time() {
        Inspection inspection = inspect(TestTraffic.pcap());
        Transaction logo = inspection.transactions().slowest().stream()
                .filter(one -> one.stream() == 2)
                .findFirst()
                .orElseThrow();
        long[] shares = logo.shares();
        assertEquals(9 * MS, shares[TimeShare.CONNECT.ordinal()]);
        assertEquals(MS, shares[TimeShare.IDLE.ordinal()], "between the handshake and the request");
        assertEquals(48 * MS, shares[TimeShare.SERVER.ordinal()], "8 ms to the ACK, 40 ms to the answer");
        assertEquals(MS / 10, shares[TimeShare.TRANSFER.ordinal()], "head and one segment");
        assertEquals(9 * MS + MS + 48 * MS + MS / 10, logo.nanos());
        long together = 0;
        for (TimeShare share : TimeShare.values()) {
            together += inspection.transactions().nanos(share);
        }
        assertEquals(
                inspection.transactions().slowest().stream()
                        .mapToLong(Transaction::nanos)
                        .sum(),
                together);
    }

    @Test
    void fragments_and_tunnels_lead_to_the_innermost_packet() {
        byte[] inner = Wire.udp().ports(5000, 53).payload(new byte[40]).ip();
        byte[] gre = new byte[14 + 20 + 4 + inner.length];
        byte[] outer = Wire.udp().payload(new byte[4 + inner.length - 8]).frame();
        System.arraycopy(outer, 0, gre, 0, 34);
        gre[14 + 9] = 47;
        gre[36] = 8;
        System.arraycopy(inner, 0, gre, 38, inner.length);
        Inspection tunnelled = inspect(CaptureWriter.pcap(ByteOrder.LITTLE_ENDIAN, true, 1)
                .frame(BEGIN, gre, gre.length)
                .bytes());
        assertEquals(1L, tunnelled.tunnels().get("GRE"));
        assertEquals(1, tunnelled.applications().dns().queries());

        byte[] whole = Wire.udp().ports(5000, 53).id(77).payload(new byte[400]).ip();
        CaptureWriter writer = CaptureWriter.pcap(ByteOrder.LITTLE_ENDIAN, true, 101);
        byte[] last = fragment(whole, 200, 208, false);
        byte[] first = fragment(whole, 0, 200, true);
        writer.frame(BEGIN, last, last.length).frame(BEGIN + MS, first, first.length);
        Inspection fragmented = inspect(writer.bytes());
        assertEquals(2, fragmented.fragments4());
        assertEquals(1, fragmented.udp().packets());
        assertEquals(1, fragmented.applications().dns().queries(), "put together in either order");
    }

    private static byte[] fragment(byte[] packet, int offset, int length, boolean more) {
        byte[] fragment = new byte[20 + length];
        System.arraycopy(packet, 0, fragment, 0, 20);
        System.arraycopy(packet, 20 + offset, fragment, 20, length);
        fragment[2] = (byte) (fragment.length >> 8);
        fragment[3] = (byte) fragment.length;
        fragment[6] = (byte) ((more ? 0x20 : 0) | offset / 8 >> 8);
        fragment[7] = (byte) (offset / 8);
        return fragment;
    }

    @Test
    void rtp_is_known_by_its_shape_and_its_losses_are_counted() {
        CaptureWriter writer = CaptureWriter.pcap(ByteOrder.LITTLE_ENDIAN, true, 1);
        for (int i = 0; i < 60; i++) {
            if (i % 20 != 7) {
                byte[] rtp = new byte[172];
                rtp[0] = (byte) 0x80;
                rtp[3] = (byte) (250 + i);
                rtp[2] = (byte) (250 + i >> 8);
                rtp[6] = (byte) (160 * i >> 8);
                rtp[7] = (byte) (160 * i);
                rtp[11] = 77;
                byte[] frame =
                        Wire.udp().ports(16384, 20000).id(i + 1).payload(rtp).frame();
                writer.frame(BEGIN + i * (20 * MS), frame, frame.length);
            }
        }
        List<RtpStream> streams = inspect(writer.bytes()).applications().rtp().all();
        assertEquals(1, streams.size());
        assertEquals(
                List.of(77L, 57L, 3L, 0L),
                List.of(
                        streams.getFirst().source(),
                        streams.getFirst().packets(),
                        streams.getFirst().lost(),
                        streams.getFirst().jitterNanos() / MS));
    }

    @Test
    void floods_are_capped_and_what_was_left_out_is_said() {
        CaptureWriter writer = CaptureWriter.pcap(ByteOrder.LITTLE_ENDIAN, true, 101);
        byte[] syn = Wire.tcp().flags(2).ip();
        byte[] fragment = fragment(Wire.udp().payload(new byte[400]).ip(), 0, 200, true);
        for (int i = 0; i < 450_000; i++) {
            byte[] one = i % 50 == 0 ? fragment : syn;
            one[4] = (byte) (i >> 8);
            one[5] = (byte) i;
            one[12] = (byte) (i >> 16);
            one[13] = (byte) (i >> 8);
            one[14] = (byte) i;
            writer.frame(BEGIN + i, one, one.length);
        }
        Inspection inspection = inspect(writer.bytes());
        assertEquals(450_000, inspection.summary().frames());
        assertEquals(400_000, inspection.streams().size());
        List<String> capped = inspection.problems().stream()
                .filter(problem -> problem.code().equals(CaptureLimits.CAPS))
                .map(Problem::what)
                .toList();
        assertEquals(2, capped.size(), capped.toString());
    }
}
