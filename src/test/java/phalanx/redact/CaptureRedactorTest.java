package phalanx.redact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phalanx.capture.CaptureFile;
import phalanx.capture.CaptureSummary;
import phalanx.capture.FrameCursor;
import phalanx.capture.PcapngWriter;
import phalanx.decode.CaptureReader;
import phalanx.decode.DecodedCapture;
import phalanx.decode.PacketTable;
import phalanx.decode.Wire;
import phalanx.run.Outcome;
import phalanx.run.Progress;

/** What was planted in a capture is nowhere in the redacted one, and what the analysis reads of it is all there. */
class CaptureRedactorTest {
    private static final RedactionKey KEY = RedactionKey.of(
            HexFormat.of().parseHex("9f3c5a7e1b2d4f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8"));
    private static final String CANARY = "zanzibar";
    private static final byte[] HOST_4 = {(byte) 203, 0, 113, 77};
    private static final byte[] HOST_6 = address("2001:db8:5eed:77::a1b2:c3d4");
    private static final byte[] MAC = HexFormat.of().parseHex("02a7c3e9515b");

    @TempDir
    private Path folder = Path.of(".");

    private static byte[] address(String text) {
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Bytes from numbers, texts and arrays. */
    private static byte[] bytes(Object... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Object part : parts) {
            switch (part) {
                case byte[] some -> out.writeBytes(some);
                case Integer one -> out.write(one);
                default -> out.writeBytes(part.toString().getBytes(ISO_8859_1));
            }
        }
        return out.toByteArray();
    }

    private static byte[] counted(int width, byte[] content) {
        ByteBuffer length = ByteBuffer.allocate(4).putInt(0, content.length);
        return bytes(Arrays.copyOfRange(length.array(), 4 - width, 4), content);
    }

    private static byte[] frame(int type, byte[] content) {
        return bytes(MAC, new byte[] {2, 0, 0, 0, 0, 9}, type >> 8, type & 0xFF, content);
    }

    /** The packet with another source, checksums made right again by the difference (RFC 1624). */
    private static byte[] from(byte[] host, Wire wire) {
        byte[] packet = wire.ip();
        boolean v6 = host.length == 16;
        System.arraycopy(host, 0, packet, v6 ? 8 : 12, host.length);
        int transport = v6 ? 40 : 20;
        int protocol = packet[v6 ? 6 : 9];
        if (!v6) {
            packet[10] = 0;
            packet[11] = 0;
            put(packet, 10, ~sum(packet, 0, 20));
        }
        int at = transport + (protocol == 6 ? 16 : protocol == 17 ? 6 : 2);
        put(packet, at, 0);
        int head = protocol == 1 ? 0 : sum(packet, v6 ? 8 : 12, v6 ? 32 : 8) + protocol + packet.length - transport;
        int all = sum(packet, transport, packet.length - transport) + head;
        put(packet, at, ~fold(all));
        return packet;
    }

    private static void put(byte[] packet, int at, int value) {
        packet[at] = (byte) (value >>> 8);
        packet[at + 1] = (byte) value;
    }

    private static int sum(byte[] bytes, int start, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (bytes[start + i] & 0xFF) << (i % 2 == 0 ? 8 : 0);
        }
        return fold(sum);
    }

    private static int fold(int sum) {
        int folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xFFFF) + (folded >>> 16);
        }
        return folded;
    }

    private static byte[] ip4(byte[] packet) {
        return frame(0x0800, packet);
    }

    private static byte[] text(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static byte[] clientHello() {
        byte[] name = counted(2, counted(2, bytes(0, counted(2, text(CANARY + ".example")))));
        byte[] ticket = counted(2, text(CANARY));
        byte[] extensions =
                bytes(0, 0, Arrays.copyOfRange(name, 0, 2), Arrays.copyOfRange(name, 2, name.length), 0, 35, ticket);
        byte[] body =
                bytes(3, 3, new byte[24], text(CANARY), 8, text(CANARY), 0, 2, 0x13, 1, 1, 0, counted(2, extensions));
        return bytes(22, 3, 1, counted(2, bytes(1, counted(3, body))));
    }

    private static byte[] dnsAnswer() {
        byte[] name = bytes(counted(1, text(CANARY)), counted(1, text("test")), 0);
        return bytes(
                0x12,
                0x34,
                0x81,
                0x80,
                0,
                1,
                0,
                3,
                0,
                0,
                0,
                0,
                name,
                0,
                1,
                0,
                1, //
                0xC0,
                12,
                0,
                1,
                0,
                1,
                0,
                0,
                0,
                60,
                counted(2, HOST_4), //
                0xC0,
                12,
                0,
                28,
                0,
                1,
                0,
                0,
                0,
                60,
                counted(2, HOST_6), //
                0xC0,
                12,
                0,
                16,
                0,
                1,
                0,
                0,
                0,
                60,
                counted(2, counted(1, text(CANARY + " text"))));
    }

    private static List<byte[]> frames() {
        String http = "GET /" + CANARY + "/index?user=" + CANARY + " HTTP/1.1\r\nHost: " + CANARY
                + ".example\r\nContent-Length: 8\r\n" + "Cookie: id=" + CANARY + "\r\nX-" + CANARY + ": 1\r\n\r\n"
                + CANARY;
        byte[] inner = from(HOST_4, Wire.tcp().payload(text(CANARY + " inside")));
        byte[] vxlan = bytes(8, 0, 0, 0, 0, 0, 7, 0, frame(0x0800, inner));
        byte[] gre = bytes(0, 0, 0x65, 0x58, frame(0x0800, inner));
        byte[] quoted = bytes(new byte[] {3, 1, 0, 0, 0, 0, 0, 0}, inner);
        byte[] hosts6 = new byte[40];
        byte[] solicitation = bytes(135, 0, 0, 0, 0, 0, 0, 0, HOST_6, 1, 1, MAC);
        List<byte[]> frames = new ArrayList<>(List.of(
                ip4(from(HOST_4, Wire.tcp().ports(4000, 80).payload(text(http)))),
                ip4(from(
                        HOST_4,
                        Wire.tcp()
                                .ports(80, 4000)
                                .payload(text("HTTP/1.1 200 " + CANARY + "\r\nServer: " + CANARY + "\r\n\r\n")))),
                ip4(from(HOST_4, Wire.tcp().ports(4001, 443).payload(clientHello()))),
                ip4(from(HOST_4, Wire.tcp().ports(4002, 21).payload(text("USER " + CANARY + "\r\n")))),
                ip4(from(HOST_4, Wire.tcp().ports(4003, 445).payload(bytes(0, 0, 0, 90, 0xFE, "SMB", CANARY)))),
                ip4(from(
                        HOST_4,
                        Wire.tcp().flags(2).options(34, 10, 'z', 'a', 'n', 'z', 'i', 'b', 'a', 'r', 2, 4, 5, 180))),
                ip4(from(HOST_4, Wire.udp().ports(53, 5353).payload(dnsAnswer()))),
                ip4(from(HOST_4, Wire.udp().ports(4004, 53).payload(text("no DNS but " + CANARY)))),
                ip4(from(
                        HOST_4,
                        Wire.udp()
                                .ports(68, 67)
                                .payload(bytes(1, 1, 6, 0, new byte[8], HOST_4, HOST_4, new byte[8], MAC, CANARY)))),
                ip4(from(HOST_4, Wire.udp().ports(9999, 4789).payload(vxlan))),
                ip4(from(HOST_4, Wire.icmp(8, 0, 7).payload(text(CANARY)))),
                ip4(from(HOST_4, Wire.icmp(3, 1, 0).payload(inner))),
                ip4(from(
                        HOST_4,
                        Wire.icmp(5, 1, ByteBuffer.wrap(HOST_4).getInt()).payload(inner))),
                bytes(ip4(from(HOST_4, Wire.tcp())), text(CANARY)), // behind the packet
                frame(0x86DD, from(HOST_6, Wire.tcp().v6().payload(text(CANARY)))),
                frame(0x0806, bytes(0, 1, 8, 0, 6, 4, 0, 1, MAC, HOST_4, new byte[6], HOST_4)),
                frame(0x88CC, text(CANARY)),
                frame(0x0026, text(CANARY + " in a frame with a length, not a type"))));
        frames.add(ip4(carried(47, gre)));
        frames.add(ip4(carried(4, inner)));
        frames.add(ip4(carried(132, text("SCTP? " + CANARY))));
        System.arraycopy(HOST_6, 0, hosts6, 8, 16);
        System.arraycopy(HOST_6, 0, hosts6, 24, 16);
        hosts6[0] = 0x60;
        hosts6[5] = (byte) solicitation.length;
        hosts6[6] = 58;
        frames.add(frame(0x86DD, bytes(hosts6, solicitation)));
        assertEquals(8, quoted[0] + 5);
        return frames;
    }

    /** An IPv4 packet of another protocol. */
    private static byte[] carried(int protocol, byte[] content) {
        byte[] header = {
            0x45, 0, 0, (byte) (20 + content.length), 0, 1, 0, 0, 64, (byte) protocol, 0, 0, 0, 0, 0, 0, 10, 0, 0, 2
        };
        System.arraycopy(HOST_4, 0, header, 12, 4);
        put(header, 10, ~sum(header, 0, 20));
        return bytes(header, content);
    }

    private Path capture(List<byte[]> frames) throws IOException {
        Path file = folder.resolve("planted.pcapng");
        try (PcapngWriter writer = new PcapngWriter(Files.newOutputStream(file), "taken by " + CANARY)) {
            int id = writer.addInterface("eth-" + CANARY, 1, 0);
            writer.block(4, bytes(1, 0, 13, 0, HOST_4, CANARY, 0, 0, 0, 0, 0, 0, 0, 0)); // a name and its address
            writer.block(10, bytes("KSLT", 8, 0, 0, 0, CANARY)); // a secret
            long time = 1_700_000_000_000_000_000L;
            for (byte[] frame : frames) {
                writer.packet(id, time++, frame, 0, frame.length, frame.length, 1, "seen by " + CANARY);
            }
            writer.statistics(id, time, 5);
        }
        return file;
    }

    private static byte[] redacted(Path file, RedactionOptions options, Tally tally) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertInstanceOf(Outcome.Ok.class, new CaptureRedactor(KEY, options, tally).write(file, out, Progress.NONE));
        return out.toByteArray();
    }

    private static boolean contains(byte[] in, byte[] some) {
        return new String(in, ISO_8859_1).contains(new String(some, ISO_8859_1));
    }

    private static byte[] reversed(byte[] some) {
        byte[] reversed = new byte[some.length];
        for (int i = 0; i < some.length; i++) {
            reversed[i] = some[some.length - 1 - i];
        }
        return reversed;
    }

    @ParameterizedTest
    @CsvSource({"0, false", "0, true", "40, false", "4000, false", "4000, true"})
    void nothing_planted_comes_out(int keep, boolean blank) throws IOException {
        Path file = capture(frames());
        byte[] before = Files.readAllBytes(file);
        byte[] after = redacted(file, new RedactionOptions(keep, blank, false), new Tally(false));
        for (byte[] planted : List.of(text(CANARY), HOST_4, HOST_6, Arrays.copyOfRange(HOST_6, 8, 16), MAC)) {
            assertTrue(contains(before, planted));
            String which = HexFormat.of().formatHex(planted);
            assertFalse(contains(after, planted), which);
            assertFalse(contains(after, reversed(planted)), "reversed " + which);
        }
        String text = new String(after, ISO_8859_1).toLowerCase(java.util.Locale.ROOT);
        assertFalse(text.contains("zanzi") || text.contains("203.0.113") || text.contains("planted"), "as text");
        assertFalse(contains(after, KEY.cryptoPan()) || contains(after, KEY.forPurpose("names")), "the key");
    }

    private static PacketTable table(Path file) {
        return assertInstanceOf(
                        DecodedCapture.class,
                        assertInstanceOf(Outcome.Ok.class, CaptureReader.read(file, 10_000, Progress.NONE))
                                .value())
                .packets();
    }

    @Test
    void what_is_no_secret_stays_down_to_the_innermost_packet() throws IOException {
        List<byte[]> frames = frames();
        frames.add(Wire.tcp().payload(text(CANARY)).damaged().frame());
        frames.add(Wire.udp().payload(text(CANARY)).damaged().frame());
        Path file = capture(frames);
        PacketTable before = table(file);
        Path to = folder.resolve("after.pcapng");
        Files.write(to, redacted(file, RedactionOptions.DEFAULT, new Tally(false)));
        PacketTable after = table(to);
        assertEquals(before.frames(), after.frames());
        assertEquals(before.size(), after.size());
        for (int row = 0; row < before.size(); row++) {
            String which = "frame " + before.frame(row);
            assertEquals(before.frame(row), after.frame(row), which);
            assertEquals(before.timeNanos(row), after.timeNanos(row), which);
            assertEquals(before.protocol(row), after.protocol(row), which);
            assertEquals(before.sourcePort(row), after.sourcePort(row), which);
            assertEquals(before.destinationPort(row), after.destinationPort(row), which);
            assertEquals(before.ipId(row), after.ipId(row), which);
            assertEquals(before.ipLength(row), after.ipLength(row), which);
            assertEquals(before.payloadLength(row), after.payloadLength(row), which);
            assertEquals(before.sequence(row), after.sequence(row), which);
            assertEquals(before.maximumSegmentSize(row), after.maximumSegmentSize(row), which);
            assertEquals(before.checksum(row), after.checksum(row), which);
            assertEquals(before.hasQuote(row), after.hasQuote(row), which);
            if (before.frame(row) == 7) {
                assertEquals(before.dnsId(row), after.dnsId(row), which);
            }
            assertNotEquals(before.address(before.source(row)), after.address(after.source(row)), which);
        }
        assertEquals(3, rows(after, PacketTable.Checksum.BAD)); // that of the solicitation was never made
        int inner = before.rowOfFrame(10);
        assertEquals(80, after.destinationPort(inner), "in VXLAN");
    }

    private static long rows(PacketTable packets, PacketTable.Checksum state) {
        long count = 0;
        for (int row = 0; row < packets.size(); row++) {
            count += packets.checksum(row) == state ? 1 : 0;
        }
        return count;
    }

    @Test
    void packets_are_alike_afterwards_as_far_as_they_were_before_even_where_one_was_cut() throws IOException {
        byte[] one = bytes(CANARY, new byte[40], "end");
        byte[] other = bytes(CANARY, new byte[40], "eno");
        List<byte[]> frames = List.of(
                Wire.udp().payload(one).frame(),
                Wire.udp().payload(one).ttl(9).frame(),
                Wire.udp().payload(other).frame(),
                Wire.udp().payload(text("Zanzibar and more than sixteen bytes")).frame());
        Path to = folder.resolve("after.pcapng");
        Files.write(to, redacted(capture(frames), RedactionOptions.DEFAULT, new Tally(false)));
        PacketTable after = table(to);
        assertEquals(after.payloadHash(0), after.payloadHash(1));
        assertNotEquals(after.payloadHash(0), after.payloadHash(2));
        assertEquals(after.payloadHash16(0), after.payloadHash16(2));
        assertNotEquals(after.payloadHash16(0), after.payloadHash16(3));
        byte[] bytes = bytes(CANARY, "0123456789");
        byte[] cut = Arrays.copyOf(bytes, 11);
        StandIns standIns = new StandIns(KEY, RedactionOptions.DEFAULT, new Tally(false));
        standIns.payload(bytes, 0, bytes.length);
        standIns.payload(cut, 0, cut.length);
        assertEquals(HexFormat.of().formatHex(bytes, 0, 11), HexFormat.of().formatHex(cut));
    }

    @Test
    void what_is_sent_again_and_again_over_tcp_cannot_be_told_from_its_marks_but_a_packet_is_known_again()
            throws IOException {
        byte[] key = text("the same key, pressed again");
        Path to = folder.resolve("after.pcapng");
        Files.write(
                to,
                redacted(
                        capture(List.of(
                                Wire.tcp().seq(100, 1).payload(key).frame(),
                                Wire.tcp().seq(100, 1).payload(key).ttl(9).frame(),
                                Wire.tcp().seq(128, 1).payload(key).frame())),
                        RedactionOptions.DEFAULT,
                        new Tally(false)));
        List<byte[]> payloads = new ArrayList<>();
        try (FrameCursor cursor = assertInstanceOf(
                FrameCursor.class,
                assertInstanceOf(Outcome.Ok.class, CaptureFile.open(to)).value())) {
            while (cursor.next()) {
                int end = cursor.start() + cursor.captured();
                payloads.add(Arrays.copyOfRange(cursor.bytes(), end - key.length, end));
            }
        }
        assertEquals(hex(payloads.get(0)), hex(payloads.get(1)), "at the next capture point");
        int alike = 0;
        for (int i = 0; i < key.length; i++) {
            boolean mark = i < 16 || i >= key.length - 8;
            alike += mark && payloads.get(0)[i] == payloads.get(2)[i] ? 1 : 0;
        }
        assertTrue(alike <= 3, alike + " of 24 marks are alike, by chance 0.1");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void options_of_another_length_than_their_kind_has_are_not_known() {
        OptionFields fields =
                new OptionFields(new AddressMap(new CryptoPan(KEY.cryptoPan()), new Tally(false)), new Tally(false));
        byte[] alert6 = bytes(5, 2, 0, 1, 5, 10, text(CANARY), new byte[2]);
        fields.ip6(alert6, 0, alert6.length);
        assertEquals("05020001050a" + "00".repeat(10), hex(alert6));
        byte[] jumbo = bytes(0xC2, 4, 0, 1, 2, 3, 0xC2, 8, text(CANARY));
        fields.ip6(jumbo, 0, jumbo.length);
        assertEquals("c20400010203c208" + "00".repeat(8), hex(jumbo));
        byte[] alert4 = bytes(148, 4, 0, 0, 148, 10, text(CANARY));
        fields.ip4(alert4, 0, alert4.length);
        assertEquals("94040000940a" + "00".repeat(8), hex(alert4));
    }

    @Test
    void a_prefix_that_is_longer_than_one_is_blanked() {
        Tally tally = new Tally(false);
        AddressMap addresses = new AddressMap(new CryptoPan(KEY.cryptoPan()), tally);
        IcmpMessage icmp = new IcmpMessage(
                addresses, new StandIns(KEY, RedactionOptions.DEFAULT, tally), new OptionFields(addresses, tally));
        byte[] advertisement =
                bytes(134, 0, 0, 0, 64, 0, 0, 0, new byte[8], 3, 5, 64, 0xC0, new byte[12], HOST_6, text(CANARY));
        icmp.replace(advertisement, true, 0, advertisement.length);
        assertEquals("0305" + "00".repeat(38), hex(Arrays.copyOfRange(advertisement, 16, advertisement.length)));
    }

    @Test
    void the_file_says_what_was_done_to_it_and_what_it_was_made_of_is_counted() throws IOException {
        Path file = capture(frames());
        Tally tally = new Tally(true);
        Path to = folder.resolve("after.pcapng");
        Files.write(to, redacted(file, RedactionOptions.DEFAULT, tally));
        FrameCursor cursor = assertInstanceOf(
                FrameCursor.class,
                assertInstanceOf(Outcome.Ok.class, CaptureFile.open(to)).value());
        try (cursor) {
            assertTrue(cursor.next());
            assertEquals(1, cursor.frameFlags());
            assertEquals("", cursor.comment());
            while (cursor.next()) {
                assertFalse(cursor.isCommented());
            }
            CaptureSummary summary = cursor.summary();
            assertEquals(RedactionOptions.DEFAULT.statement(), summary.redaction());
            assertEquals("interface 1", summary.interfaces().getFirst().name());
            assertEquals(5, summary.interfaces().getFirst().drops());
            assertEquals(List.of(), cursor.keptBlocks());
        }
        assertEquals(frames().size() + 1, tally.count(Replaced.COMMENT));
        assertEquals(2, tally.count(Replaced.BLOCK));
        assertEquals(1, tally.count(Replaced.INTERFACE));
        assertEquals(3, tally.count(Replaced.NOT_UNDERSTOOD));
        assertEquals("203.0.113.77", tally.examples(Replaced.IPV4).getFirst().before());
        assertEquals(CANARY + ".test", tally.examples(Replaced.NAME).getFirst().before());
    }

    @Test
    void with_payload_kept_requests_and_names_can_be_told_from_one_another() throws IOException {
        Path file = capture(frames());
        byte[] after = redacted(file, new RedactionOptions(4000, false, false), new Tally(false));
        for (String kept :
                List.of("GET /", " HTTP/1.1\r\nHost: ", "Content-Length: 8\r\nCookie:", "HTTP/1.1 200 xxx")) {
            assertTrue(contains(after, text(kept)), kept);
        }
        byte[] name = text(CANARY + ".example");
        new StandIns(KEY, RedactionOptions.DEFAULT, new Tally(false)).name(name, 0, name.length, Replaced.NAME);
        String all = new String(after, ISO_8859_1);
        assertTrue(all.contains("Host: " + new String(name, ISO_8859_1)));
        assertTrue(all.indexOf(new String(name, ISO_8859_1)) < all.lastIndexOf(new String(name, ISO_8859_1)), "in SNI");
    }

    /** Whatever bytes come: nothing is thrown, and no eight bytes of payload in a row are the ones before. */
    @Test
    void any_bytes_are_redacted_without_a_fault() throws IOException {
        Random random = new Random(8);
        List<byte[]> planted = frames();
        for (int round = 0; round < 200; round++) {
            List<byte[]> frames = new ArrayList<>();
            for (byte[] frame : planted) {
                byte[] other = Arrays.copyOf(frame, 14 + random.nextInt(frame.length - 13));
                for (int i = 0; i < 3; i++) {
                    other[random.nextInt(other.length)] = (byte) random.nextInt();
                }
                frames.add(other);
            }
            Path file = capture(frames);
            byte[] after = redacted(file, new RedactionOptions(round % 2 * 500, false, false), new Tally(false));
            int at = new String(after, ISO_8859_1).indexOf(CANARY);
            assertEquals(-1, at, () -> HexFormat.of().formatHex(after, Math.max(0, at - 200), at + 20));
        }
    }

    @Test
    void no_frame_allocates() throws IOException {
        List<byte[]> frames = frames();
        frames.removeIf(frame -> frame.length > 1_000);
        Path file = capture(frames);
        FrameRedactor redactor = new FrameRedactor(KEY, RedactionOptions.DEFAULT, new Tally(false));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 300; round++) {
            FrameCursor cursor = assertInstanceOf(
                    FrameCursor.class,
                    assertInstanceOf(Outcome.Ok.class, CaptureFile.open(file)).value());
            try (cursor) {
                while (cursor.next()) {
                    long before = threads.getCurrentThreadAllocatedBytes();
                    redactor.redact(cursor);
                    if (round > 200) {
                        least = Math.min(least, 0);
                        long spent = threads.getCurrentThreadAllocatedBytes() - before;
                        assertTrue(spent < 64, "frame " + cursor.frame() + ": " + spent + " bytes");
                    }
                }
            }
        }
        assertEquals(0, least);
    }

    @Test
    void names_of_reverse_look_ups_tell_no_address() {
        StandIns standIns = new StandIns(KEY, RedactionOptions.DEFAULT, new Tally(false));
        Map<String, String> becomes = Map.of(
                "9.113.0.203.in-addr.arpa", "x\\.xxx\\.x\\.xxx\\.[a-z]{7}\\.[a-z]{4}",
                "1.0.b.D.8.2.ip6.arpa", "x\\.x\\.x\\.x\\.x\\.x\\.[a-z]{3}\\.[a-z]{4}",
                "http://203.0.113.9:8080/users", "[a-z]{4}://xxx\\.x\\.xxx\\.x:[a-z]{4}/[a-z]{5}");
        becomes.forEach((name, expected) -> {
            byte[] bytes = text(name);
            standIns.name(bytes, 0, bytes.length, Replaced.NAME);
            String after = new String(bytes, ISO_8859_1);
            assertTrue(after.matches(expected), name + " " + after);
        });
    }
}
