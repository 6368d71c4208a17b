package phalanx.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.capture.CaptureFile;
import phalanx.capture.CaptureWriter;
import phalanx.capture.FrameCursor;
import phalanx.run.Outcome;
import phalanx.run.Progress;

class CaptureReaderTest {
    private static final long TIME = 1_795_228_941_000_000_000L;

    @TempDir
    private Path folder = Path.of(".");

    private DecodedCapture read(int linkType, byte[]... frames) {
        CaptureWriter writer = CaptureWriter.pcap(ByteOrder.LITTLE_ENDIAN, true, linkType);
        for (byte[] frame : frames) {
            writer.frame(TIME, frame, frame.length);
        }
        return read(writer.bytes());
    }

    private DecodedCapture read(byte[] file) {
        try {
            Path path = Files.write(folder.resolve("capture.pcap"), file);
            return switch (CaptureReader.read(path, CaptureReader.rowsThatFit(), Progress.NONE)) {
                case Outcome.Ok<DecodedCapture>(var capture) -> capture;
                case Outcome.Failed<DecodedCapture>(var problem) -> throw new AssertionError(problem);
            };
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_tcp_segment_reads_as_it_was_written() {
        PacketTable table = read(
                        1,
                        Wire.tcp()
                                .hosts(7, 9)
                                .ports(40000, 443)
                                .seq(0xFFFFFFF0, 77)
                                .flags(0x18)
                                .window(501)
                                .ttl(61)
                                .id(0xABCD)
                                .vlan(210)
                                .payload("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII))
                                .frame())
                .packets();
        assertEquals(1, table.size());
        assertEquals("10.0.0.7", table.address(table.source(0)).toString());
        assertEquals("10.0.0.9", table.address(table.destination(0)).toString());
        assertEquals(List.of(40000, 443), List.of(table.sourcePort(0), table.destinationPort(0)));
        assertEquals(
                List.of(0xFFFFFFF0, 77, 0x18, 501),
                List.of(table.sequence(0), table.acknowledgment(0), table.tcpFlags(0), table.window(0)));
        assertEquals(
                List.of(61, 0xABCD, 210, 58, 18),
                List.of(table.timeToLive(0), table.ipId(0), table.vlan(0), table.ipLength(0), table.payloadLength(0)));
        assertEquals(PacketTable.Checksum.GOOD, table.checksum(0));
        assertEquals(
                "GET / HT",
                new String(ByteBuffer.allocate(8).putLong(table.payloadHead(0)).array(), StandardCharsets.US_ASCII));
        assertEquals(1, table.frame(0));
        assertEquals(0, table.rowOfFrame(1));
        assertEquals(-1, table.rowOfFrame(2));
    }

    @Test
    void every_link_layer_leads_to_the_same_packet() {
        byte[] ip = Wire.udp().payload(new byte[30]).ip();
        byte[] cooked = concat(new byte[14], new byte[] {8, 0}, ip);
        byte[] cooked2 = concat(new byte[] {8, 0}, new byte[18], ip);
        byte[] loop = concat(new byte[] {2, 0, 0, 0}, ip);
        for (DecodedCapture capture : List.of(
                read(113, cooked), read(276, cooked2), read(101, ip), read(228, ip), read(0, loop), read(108, loop))) {
            assertEquals(List.of(), capture.problems());
            assertEquals(38 + 20, capture.packets().ipLength(0));
            assertEquals(PacketTable.Checksum.GOOD, capture.packets().checksum(0));
        }
        DecodedCapture unknown = read(147, ip);
        assertEquals(
                DecodingGaps.UNKNOWN_LINK_TYPE, unknown.problems().getFirst().code());
        assertTrue(unknown.problems().getFirst().what().contains("147"));
    }

    private static byte[] concat(byte[]... parts) {
        byte[] all = new byte[Arrays.stream(parts).mapToInt(p -> p.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    @Test
    void ipv6_extension_headers_are_stepped_over() {
        byte[] plain = Wire.tcp().v6().payload(new byte[5]).ip();
        byte[] hopByHop = {6, 0, 5, 2, 0, 0, 1, 0};
        byte[] extended = concat(Arrays.copyOf(plain, 40), hopByHop, Arrays.copyOfRange(plain, 40, plain.length));
        extended[6] = 0;
        extended[5] = (byte) (extended.length - 40);
        PacketTable table = read(229, plain, extended).packets();
        assertEquals(List.of(6, 6), List.of(table.protocol(0), table.protocol(1)));
        assertEquals(table.payloadHash(0), table.payloadHash(1));
        assertEquals(PacketTable.Checksum.GOOD, table.checksum(1));
        assertTrue(table.isV6(0));
    }

    @Test
    void an_icmp_error_gives_the_packet_that_it_quotes() {
        byte[] quoted = Arrays.copyOf(
                Wire.tcp()
                        .hosts(1, 2)
                        .ports(4001, 80)
                        .seq(99, 0)
                        .id(5)
                        .payload(new byte[1400])
                        .ip(),
                28);
        PacketTable table = read(
                        1, Wire.icmp(3, 4, 1300).hosts(254, 1).payload(quoted).frame())
                .packets();
        assertTrue(table.hasQuote(0));
        assertEquals(List.of(3, 4, 1300), List.of(table.icmpType(0), table.icmpCode(0), table.icmpWord(0)));
        assertEquals(
                List.of(6, 4001, 80, 5, 99, 1440),
                List.of(
                        table.quotedProtocol(0),
                        table.quotedSourcePort(0),
                        table.quotedDestinationPort(0),
                        table.quotedIpId(0),
                        table.quotedSequence(0),
                        table.quotedLength(0)));
        assertEquals("10.0.0.2", table.address(table.quotedDestination(0)).toString());
        assertFalse(read(1, Wire.icmp(8, 0, 7).frame()).packets().hasQuote(0));
    }

    @Test
    void a_damaged_byte_shows_in_checksum_and_hash() {
        byte[] good = Wire.tcp().payload(new byte[100]).frame();
        byte[] bad = good.clone();
        bad[bad.length - 1] ^= 1;
        PacketTable table = read(1, good, bad).packets();
        assertEquals(
                List.of(PacketTable.Checksum.GOOD, PacketTable.Checksum.BAD),
                List.of(table.checksum(0), table.checksum(1)));
        assertTrue(table.payloadHash(0) != table.payloadHash(1) && table.payloadHash16(0) == table.payloadHash16(1));
    }

    @Test
    void tcp_options_are_found_wherever_they_stand() {
        byte[] ip = Wire.tcp()
                .options(2, 4, 5, 180, 4, 2, 8, 10, 0, 0, 1, 0, 0, 0, 2, 0, 1, 3, 3, 7)
                .ip();
        TcpView tcp = new TcpView();
        assertEquals(TcpView.Fit.OK, tcp.wrap(ip, 20, ip.length - 20));
        assertEquals(
                List.of(1460, 7, 256, 512),
                List.of(tcp.maximumSegmentSize(), tcp.windowScale(), tcp.timestampValue(), tcp.timestampEcho()));
        assertTrue(tcp.sackPermitted());
        byte[] sack = Wire.tcp().options(1, 1, 5, 10, 0, 0, 0, 9, 0, 0, 0, 20).ip();
        assertEquals(TcpView.Fit.OK, tcp.wrap(sack, 20, sack.length - 20));
        assertEquals(List.of(1, 9, 20), List.of(tcp.sackBlocks(), tcp.sackLeft(0), tcp.sackRight(0)));
        assertEquals(TcpView.Fit.OPTIONS_CUT, tcp.wrap(ip, 20, 24));
        assertEquals(TcpView.Fit.TRUNCATED, tcp.wrap(ip, 20, 19));
    }

    @Test
    void every_prefix_and_every_flipped_byte_of_a_packet_is_survived() {
        byte[] quoted = Arrays.copyOf(Wire.udp().payload(new byte[9]).ip(), 28);
        Random random = new Random(11);
        for (byte[] frame : List.of(
                Wire.tcp().vlan(3).options(2, 4, 1, 1).payload(new byte[20]).frame(),
                Wire.udp().v6().payload(new byte[20]).frame(),
                Wire.icmp(11, 0, 0).payload(quoted).frame())) {
            List<byte[]> variants = new ArrayList<>();
            for (int length = 0; length < frame.length; length++) {
                variants.add(Arrays.copyOf(frame, length));
            }
            for (int i = 0; i < 5000; i++) {
                byte[] lying = frame.clone();
                lying[random.nextInt(lying.length)] = (byte) random.nextInt();
                lying[random.nextInt(lying.length)] = (byte) random.nextInt();
                variants.add(Arrays.copyOf(lying, 14 + random.nextInt(lying.length - 13)));
            }
            assertEquals(
                    variants.size(),
                    read(1, variants.toArray(byte[][]::new)).packets().frames());
        }
    }

    @Test
    void nothing_is_allocated_for_a_packet() throws IOException {
        CaptureWriter writer = CaptureWriter.pcap(ByteOrder.LITTLE_ENDIAN, true, 1);
        int frames = 100_000;
        byte[] tcp = Wire.tcp()
                .options(8, 10, 0, 0, 0, 1, 0, 0, 0, 2, 1, 1)
                .payload(new byte[200])
                .frame();
        byte[] udp = Wire.udp().v6().payload(new byte[60]).frame();
        for (int i = 0; i < frames; i++) {
            byte[] frame = i % 3 == 0 ? udp : tcp;
            writer.frame(TIME + i, frame, frame.length);
        }
        Path file = Files.write(folder.resolve("many.pcap"), writer.bytes());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 6; round++) {
            PacketTable table = new PacketTable(frames);
            table.reserve(frames);
            PacketDecoder decoder = new PacketDecoder(table);
            DecodingGaps gaps = new DecodingGaps();
            try (FrameCursor cursor = opened(file)) {
                cursor.next();
                decoder.decode(cursor, gaps);
                long before = threads.getCurrentThreadAllocatedBytes();
                while (cursor.next()) {
                    decoder.decode(cursor, gaps);
                }
                allocated = Math.min(allocated, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertEquals(frames, table.size());
        }
        // What remains are a few windows, addresses and the end of the file, not packets.
        assertTrue(allocated < frames / 10, allocated + " bytes for " + frames + " packets");
    }

    private static FrameCursor opened(Path file) {
        return switch (CaptureFile.open(file)) {
            case Outcome.Ok<FrameCursor>(var cursor) -> cursor;
            case Outcome.Failed<FrameCursor>(var problem) -> throw new AssertionError(problem);
        };
    }

    @Test
    void fields_are_those_that_tshark_sees() throws Exception {
        assumeTrue(onPath("tshark"), "tshark is not installed: its fields are not compared");
        Path file = Path.of("sample-pcaps", "loss-on-wan-link", "client.pcapng");
        Process tshark = new ProcessBuilder(
                        "tshark",
                        "-r",
                        file.toString(),
                        "-Y",
                        "ip",
                        "-T",
                        "fields",
                        "-e",
                        "frame.number",
                        "-e",
                        "frame.time_epoch",
                        "-e",
                        "ip.id",
                        "-e",
                        "ip.ttl",
                        "-e",
                        "tcp.seq_raw",
                        "-e",
                        "tcp.ack_raw",
                        "-e",
                        "tcp.len",
                        "-e",
                        "tcp.window_size_value",
                        "-e",
                        "udp.srcport")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> expected = new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        PacketTable table = switch (CaptureReader.read(file, CaptureReader.rowsThatFit(), Progress.NONE)) {
            case Outcome.Ok<DecodedCapture>(var capture) -> capture.packets();
            case Outcome.Failed<DecodedCapture>(var problem) -> throw new AssertionError(problem);
        };
        List<String> found = new ArrayList<>();
        for (int row = 0; row < table.size(); row++) {
            boolean tcp = table.protocol(row) == 6;
            found.add("%d\t%s\t0x%04x\t%d\t%s\t%s\t%s\t%s\t%s"
                    .formatted(
                            table.frame(row),
                            BigDecimal.valueOf(table.timeNanos(row), 9).toPlainString(),
                            table.ipId(row),
                            table.timeToLive(row),
                            tcp ? Integer.toUnsignedString(table.sequence(row)) : "",
                            tcp ? Integer.toUnsignedString(table.acknowledgment(row)) : "",
                            tcp ? String.valueOf(table.payloadLength(row)) : "",
                            tcp ? String.valueOf(table.window(row)) : "",
                            table.protocol(row) == 17 ? String.valueOf(table.sourcePort(row)) : ""));
        }
        assertEquals(expected, found);
    }

    private static boolean onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
