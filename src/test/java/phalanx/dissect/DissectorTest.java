package phalanx.dissect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import phalanx.capture.CaptureFile;
import phalanx.capture.CapturedFrame;
import phalanx.capture.FrameCursor;
import phalanx.decode.Wire;
import phalanx.run.Outcome;

class DissectorTest {
    private static CapturedFrame frame(byte[] bytes, int length) {
        return new CapturedFrame(1, 1_795_228_941_000_000_000L, 1, bytes, length, 0, "eth0", "");
    }

    private static Dissection dissect(byte[] bytes) {
        return Dissector.dissect(frame(bytes, bytes.length));
    }

    private static String value(Dissection of, String name) {
        return of.pathTo(name).orElseThrow().getLast().value();
    }

    private static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("sample-pcaps"))) {
            return files.filter(f -> f.toString().endsWith(".pcapng")).sorted().toList();
        }
    }

    @Test
    void headers_fields_and_checksums_of_a_segment_are_told() {
        Dissection of = dissect(Wire.tcp()
                .hosts(7, 9)
                .ports(40000, 80)
                .seq(77, 5)
                .flags(0x18)
                .ttl(61)
                .vlan(210)
                .payload("GET /a HTTP/1.1\r\nHost: example.com\r\n\r\n".getBytes(StandardCharsets.US_ASCII))
                .frame());
        assertEquals(
                List.of("frame", "eth", "vlan", "ip", "tcp", "http"),
                of.layers().stream().map(FieldNode::name).toList());
        assertEquals("210", value(of, "vlan.id"));
        assertEquals("61", value(of, "ip.ttl"));
        assertEquals("0x018 (PSH, ACK)", value(of, "tcp.flags"));
        FieldNode push = of.pathTo("tcp.flags.push").orElseThrow().getLast();
        assertEquals(".... 1... = Push: Set", push.text());
        assertTrue(value(of, "tcp.checksum").endsWith("[correct]"));
        assertEquals("example.com", value(of, "http.host"));
        assertEquals("GET", value(of, "http.request.method"));
        assertEquals(
                "http.host",
                of.pathAt(of.pathTo("http.host").orElseThrow().getLast().start())
                        .getLast()
                        .name());
    }

    @Test
    void a_cut_frame_and_a_lying_one_are_told_apart() {
        byte[] whole = Wire.tcp().hosts(7, 9).payload(new byte[100]).frame();
        Dissection cut = Dissector.dissect(frame(Arrays.copyOf(whole, 40), whole.length));
        assertTrue(
                remarks(cut).contains("The capture holds no more of it (cut by the snap length)"),
                remarks(cut)::toString);
        Dissection lying = dissect(Arrays.copyOf(whole, 40));
        assertTrue(remarks(lying).contains("Says more bytes than the frame had (26)"), remarks(lying)::toString);
        assertTrue(remarks(lying).contains("Malformed: it ends before its fields do"), remarks(lying)::toString);
        whole[whole.length - 1] ^= 1;
        Dissection damaged = dissect(whole);
        assertTrue(value(damaged, "tcp.checksum").endsWith("[incorrect]"));
    }

    private static List<String> remarks(Dissection of) {
        List<String> all = new ArrayList<>();
        of.layers().forEach(layer -> remarks(layer, all));
        return all;
    }

    private static void remarks(FieldNode node, List<String> into) {
        if (node.expert() != null) {
            into.add(node.label());
        }
        node.children().forEach(child -> remarks(child, into));
    }

    @Test
    void an_icmp_error_holds_the_packet_that_it_quotes() {
        byte[] quoted = Arrays.copyOf(
                Wire.tcp()
                        .hosts(1, 2)
                        .ports(4001, 80)
                        .seq(99, 0)
                        .payload(new byte[1400])
                        .ip(),
                28);
        Dissection of =
                dissect(Wire.icmp(3, 4, 1300).hosts(254, 1).payload(quoted).frame());
        assertEquals("1300", value(of, "icmp.mtu"));
        List<FieldNode> path = of.pathTo("tcp.seq_raw").orElseThrow();
        assertEquals(
                List.of("icmp", "tcp", "tcp.seq_raw"),
                path.stream().map(FieldNode::name).toList());
        assertTrue(remarks(of).contains("The error message quotes no more of it"), remarks(of)::toString);
    }

    @Test
    void every_prefix_of_every_different_frame_and_noise_stays_inside_its_bytes() throws IOException {
        Set<String> seen = new HashSet<>();
        Random random = new Random(7);
        int checked = 0;
        for (Path file : samples()) {
            if (!(CaptureFile.open(file) instanceof Outcome.Ok<FrameCursor>(var cursor))) {
                throw new AssertionError(file);
            }
            try (cursor) {
                while (cursor.next()) {
                    byte[] bytes =
                            Arrays.copyOfRange(cursor.bytes(), cursor.start(), cursor.start() + cursor.captured());
                    Dissection whole = inside(bytes, cursor.length());
                    String kind = whole.layers().stream().map(FieldNode::name).toList() + " " + bytes.length;
                    if (!seen.add(kind)) {
                        continue; // headers of the same kinds and length are cut in the same places
                    }
                    for (int length = 0; length < Math.min(bytes.length, 200); length++) {
                        inside(Arrays.copyOf(bytes, length), length);
                        inside(Arrays.copyOf(bytes, length), bytes.length);
                        checked++;
                    }
                    for (int i = 0; i < 10; i++) {
                        byte[] noise = bytes.clone();
                        for (int j = 0; j < 4; j++) {
                            noise[random.nextInt(Math.min(noise.length, 120))] = (byte) random.nextInt();
                        }
                        inside(noise, noise.length);
                    }
                }
            }
        }
        assertTrue(checked > 4_000, "prefixes: " + checked);
    }

    private static Dissection inside(byte[] bytes, int length) {
        Dissection of = Dissector.dissect(frame(bytes, length));
        of.layers().forEach(layer -> inside(layer, bytes.length));
        return of;
    }

    private static void inside(FieldNode node, int captured) {
        assertTrue(
                node.start() >= 0 && node.length() >= 0 && node.start() + node.length() <= captured,
                () -> node.label() + " at " + node.start() + " of " + node.length() + " in " + captured);
        node.children().forEach(child -> inside(child, captured));
    }

    @Test
    void nesting_without_end_is_cut_and_said() {
        byte[] tags = new byte[1500];
        for (int at = 12; at + 4 <= tags.length; at += 4) {
            tags[at] = (byte) 0x81;
        }
        Dissection of = dissect(tags);
        assertTrue(of.layers().size() < 50);
        assertTrue(remarks(of).stream().anyMatch(r -> r.contains("not taken apart")), remarks(of)::toString);
    }

    @Test
    void the_comparison_tells_what_a_router_may_change_from_what_it_may_not() {
        byte[] before = Wire.tcp()
                .hosts(7, 9)
                .ports(40000, 80)
                .flags(2)
                .ttl(64)
                .window(500)
                .frame();
        byte[] after = Wire.tcp()
                .hosts(7, 9)
                .ports(40000, 80)
                .flags(2)
                .ttl(63)
                .window(400)
                .frame();
        Comparison of = Comparison.of(dissect(before), dissect(after));
        List<String> told = of.differences().stream()
                .map(d -> d.field().name() + " " + d.reason())
                .toList();
        assertEquals(
                List.of(
                        "tcp.window_size_value REWRITTEN",
                        "ip.ttl HOP_COUNT",
                        "ip.checksum CHECKSUM",
                        "tcp.checksum CHECKSUM"),
                told);
        assertTrue(of.firstBytes().get(22) && of.secondBytes().get(22), "the TTL's byte");
        assertTrue(
                Comparison.of(dissect(after), dissect(before)).differences().stream()
                        .anyMatch(d -> d.reason() == Difference.Reason.HOP_COUNT_GROWN),
                "no router adds to it");
        assertEquals(
                "tcp.window_size_value == 500",
                FieldFilter.of(of.differences().getFirst().field()).orElseThrow());
    }

    @Test
    void names_values_and_places_are_those_of_tshark() throws Exception {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "tshark")));
        if (!there && System.getenv("CI") != null) {
            throw new AssertionError("tshark is missing in CI; .ci/run installs it");
        }
        assumeTrue(there, "SKIPPED: tshark is not installed (apt-get install tshark)");
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        for (Path file : samples()) {
            if (file.getFileName().toString().startsWith("client")) {
                compared += compare(file, 60, wrong);
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(compared > 20_000, "fields: " + compared);
    }

    /** @return fields compared */
    private static int compare(Path file, int frames, List<String> wrong) throws Exception {
        List<List<TsharkTree.Field>> theirs = TsharkTree.of(file, frames);
        int compared = 0;
        if (!(CaptureFile.open(file) instanceof Outcome.Ok<FrameCursor>(var cursor))) {
            throw new AssertionError(file);
        }
        try (cursor) {
            for (int i = 0; i < theirs.size() && cursor.next(); i++) {
                byte[] bytes = Arrays.copyOfRange(cursor.bytes(), cursor.start(), cursor.start() + cursor.captured());
                Map<String, FieldNode> ours = TsharkTree.named(
                        Dissector.dissect(frame(bytes, cursor.length())).layers());
                for (TsharkTree.Field field : theirs.get(i)) {
                    FieldNode node = ours.get(field.name() + " at " + field.start());
                    boolean must = TsharkTree.isRead(field);
                    if (node == null && must
                            || node != null
                                    && node.length() > 0
                                    && (node.length() != field.length()
                                            || !TsharkTree.same(node.literal(), field.show()))) {
                        wrong.add(file + " frame " + (i + 1) + " " + field + " but " + node);
                    }
                    compared += node == null ? 0 : 1;
                }
            }
        }
        return compared;
    }
}
