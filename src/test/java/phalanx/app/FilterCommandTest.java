package phalanx.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.terminal.ExitCode;
import phalanx.inspect.TestTraffic;

class FilterCommandTest {
    @TempDir
    private Path folder = Path.of(".");

    private Path traffic() throws IOException {
        return Files.write(folder.resolve("traffic.pcap"), TestTraffic.pcap());
    }

    private static String frames(String out) {
        return out.lines().map(line -> line.strip().split("\\s+", 2)[0]).collect(Collectors.joining(" "));
    }

    /** The numbers of the frames that Wireshark selects, an expression each: all in one process, which begins once. */
    private static List<String> selectedByWireshark(Path file, List<String> expressions) throws IOException {
        ObjectMapper json = new ObjectMapper();
        Process process;
        try {
            process = new ProcessBuilder("sharkd", "-")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            if (System.getenv("PHALANX_CI") != null) {
                throw new AssertionError("sharkd is missing in CI; .ci/run installs it with tshark", e);
            }
            return Assumptions.abort("SKIPPED: sharkd is not installed (apt-get install tshark)");
        }
        try (BufferedReader answers = process.inputReader(StandardCharsets.UTF_8)) {
            try (BufferedWriter orders = process.outputWriter(StandardCharsets.UTF_8)) {
                order(json, orders, 1, "load", "file", file.toString());
                for (int i = 0; i < expressions.size(); i++) {
                    order(json, orders, i + 2, "frames", "filter", expressions.get(i));
                }
            }
            List<String> selected = new ArrayList<>();
            assertEquals(
                    "OK", json.readTree(answers.readLine()).at("/result/status").asText());
            for (String expression : expressions) {
                JsonNode answer = json.readTree(answers.readLine());
                assertTrue(answer.path("result").isArray(), () -> expression + ": " + answer);
                selected.add(StreamSupport.stream(answer.path("result").spliterator(), false)
                        .map(frame -> frame.path("num").asText())
                        .collect(Collectors.joining(" ")));
            }
            return selected;
        }
    }

    /** The order of the fields matters to sharkd. */
    private static void order(ObjectMapper json, Writer orders, int id, String method, String parameter, String value)
            throws IOException {
        ObjectNode order =
                json.createObjectNode().put("jsonrpc", "2.0").put("id", id).put("method", method);
        order.putObject("params").put(parameter, value);
        orders.write(json.writeValueAsString(order));
        orders.write('\n');
    }

    @Test
    void expressions_select_the_frames_that_tshark_selects() throws IOException {
        Path file = traffic();
        List<String> expressions = new String(
                        Objects.requireNonNull(FilterCommandTest.class.getResourceAsStream("/filters.txt"))
                                .readAllBytes(),
                        StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        assertTrue(expressions.size() >= 100, expressions.size() + " expressions");
        List<String> theirs = selectedByWireshark(file, expressions);
        List<String> different = new ArrayList<>();
        int selecting = 0;
        for (int i = 0; i < expressions.size(); i++) {
            String ours =
                    frames(CommandRun.of("filter", expressions.get(i), file).out());
            selecting += ours.isEmpty() ? 0 : 1;
            if (!ours.equals(theirs.get(i))) {
                different.add(expressions.get(i) + ": " + ours + " but Wireshark " + theirs.get(i));
            }
        }
        assertEquals(List.of(), different);
        assertTrue(selecting > expressions.size() * 8 / 10, selecting + " of them select something");
    }

    @Test
    void a_wrong_filter_names_its_column_and_what_was_meant() throws IOException {
        Path file = traffic();
        record Wrong(String filter, int column, String says) {}
        for (Wrong wrong : List.of(
                new Wrong("tcp.prot == 80", 1, "Did you mean tcp.port"),
                new Wrong("ip.addr == 1.2.3", 12, "\"1.2.3\" is no IPv4 address, as ip.addr is"),
                new Wrong("tcp.port == 70000", 13, "too large for tcp.port (16 bits, at most 65535)"),
                new Wrong("tcp.port contains \"x\"", 10, "cannot be searched with contains"),
                new Wrong("tcp.flags.syn > 0", 15, "cannot be ordered"),
                new Wrong("ip.src == tcp.port", 11, "cannot be compared"),
                new Wrong("(tcp or udp", 12, "\")\" is missing"),
                new Wrong("tcp or", 7, "a field is missing"),
                new Wrong("http.host matches \"(\"", 19, "no regular expression"),
                new Wrong("tcp.port in {80, 443", 21, "\"}\" is missing"),
                new Wrong("http.host == \"open", 14, "no closing quote"),
                new Wrong("http contains \"x\"", 6, "cannot be searched"),
                new Wrong("tcp.analysis.retransmission == 1", 29, "has no value"),
                new Wrong("ip.src == 10.0.0.1/-1", 11, "is no IPv4 address"),
                new Wrong("frame.time == frame.len", 15, "cannot be compared"),
                new Wrong("", 1, "empty"))) {
            CommandRun ran = CommandRun.of("filter", wrong.filter(), file);
            assertEquals(ExitCode.USAGE, ran.code(), wrong.filter());
            assertTrue(ran.err().startsWith("PHX-1301 Filter, column " + wrong.column() + ": "), ran.err());
            assertTrue(ran.err().contains(wrong.says()), ran.err());
            String caret = ran.err().lines().toList().get(2);
            assertEquals(wrong.column() + 2, caret.length(), "the caret stands below the column");
        }
    }

    @Test
    void packets_are_counted_and_written_with_their_stamps() throws IOException {
        Path file = traffic();
        CommandRun counted = CommandRun.of("filter", "--count", "dns", file);
        assertEquals("6", counted.out().strip());
        Path written = folder.resolve("dns.pcapng");
        assertEquals(
                ExitCode.OK,
                CommandRun.of("filter", "dns", file, "--write", written).code());
        CommandRun again = CommandRun.of("filter", "frame", written);
        assertEquals(6, again.out().lines().count());
        assertEquals("1 2 3 4 5 6", frames(again.out()));
        Path noted = folder.resolve("noted.pcapng");
        assertEquals(
                ExitCode.OK,
                CommandRun.of("export", file, "--comments", "--output", noted).code());
        assertEquals(
                frames(CommandRun.of("filter", "tcp.analysis.retransmission", file)
                        .out()),
                frames(CommandRun.of("filter", "frame.comment contains \"retransmission\"", noted)
                        .out()));
        assertEquals(
                ExitCode.USAGE,
                CommandRun.of("export", file, "--output", file).code(),
                "the capture itself is not overwritten");
    }

    @Test
    void a_file_that_cannot_be_written_or_read_leaves_what_was_there() throws IOException {
        Path file = traffic();
        byte[] before = Files.readAllBytes(file);
        assertEquals(
                ExitCode.USAGE,
                CommandRun.of("filter", "tcp", file, "--write", file).code());
        Path kept = Files.writeString(folder.resolve("kept.pcapng"), "mine");
        CommandRun unreadable = CommandRun.of("filter", "tcp", folder.resolve("absent.pcap"), "--write", kept);
        assertEquals(ExitCode.UNREADABLE, unreadable.code());
        assertTrue(unreadable.err().startsWith("PHX-1001"), unreadable.err());
        CommandRun nowhere =
                CommandRun.of("export", file, "--output", folder.resolve("none").resolve("out.pcapng"));
        assertEquals(ExitCode.FORBIDDEN, nowhere.code());
        assertTrue(nowhere.err().startsWith("PHX-3001"), nowhere.err());
        assertEquals("mine", Files.readString(kept));
        assertArrayEquals(before, Files.readAllBytes(file));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(2, left.count(), "no drafts stay behind");
        }
    }
}
