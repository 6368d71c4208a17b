package phalanx.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertIterableEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.terminal.ExitCode;

/** Captures that leave the house: what is taken out of them changes nothing in the answer. */
class RedactCommandTest {
    private static final Path SAMPLE = Path.of("sample-pcaps/loss-on-wan-link");

    @TempDir
    private Path folder = Path.of(".");

    /** All of the samples, and the known cases where they are; dns-* say the names that were asked for, which are others. */
    @TestFactory
    Stream<DynamicTest> the_answer_to_redacted_captures_is_the_same() throws IOException {
        Path known = Path.of(Objects.requireNonNullElse(System.getenv("PHALANX_CASES"), "../shared"), "pcaps/multihop");
        Stream.Builder<Path> cases = Stream.builder();
        for (Path root : List.of(Path.of("sample-pcaps"), known)) {
            if (Files.isDirectory(root)) {
                try (Stream<Path> folders = Files.list(root)) {
                    folders.filter(Files::isDirectory).sorted().forEach(cases);
                }
            }
        }
        return cases.build().map(one -> DynamicTest.dynamicTest(String.valueOf(one.getFileName()), () -> compare(one)));
    }

    private void compare(Path captures) {
        Path outside = folder.resolve(captures.getFileName());
        assertEquals(
                ExitCode.OK,
                CommandRun.of("redact", captures, "--output", outside).code());
        assertIterableEquals(
                answer(captures).lines().toList(), answer(outside).lines().toList());
    }

    /** The whole document but for addresses, names of files and names that were asked for. */
    private static String answer(Path captures) {
        CommandRun run = CommandRun.of("analyze", "--json", captures);
        assertEquals(ExitCode.OK, run.code(), run.err());
        return run.out()
                .replaceAll("\\b\\d+\\.\\d+\\.\\d+\\.\\d+\\b", "IPV4")
                .replaceAll("\\b[0-9a-f]{0,4}(:[0-9a-f]{0,4}){2,7}\\b", "IPV6")
                .replaceAll("\"file\" ?: ?\"[^\"]*\"", "FILE")
                .replaceAll("\\s*\"redaction\" ?: ?\"[^\"]*\",", "")
                .replaceAll("\\b[a-z0-9-]+(\\.[a-z])?\\.(test|[a-z]{4})\\b", "NAME");
    }

    @Test
    void the_preview_writes_nothing_and_says_what_would_change() throws IOException {
        CommandRun run = CommandRun.of("redact", "--preview", SAMPLE);
        assertEquals(ExitCode.OK, run.code(), run.err());
        assertTrue(run.out().startsWith("8,778 packets; to be replaced:"), run.out());
        assertTrue(run.out().contains("10.42.1.10 -> 10."), run.out());
        assertEquals("", run.err());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void a_key_replaces_alike_in_every_run_and_none_does_not() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), "00112233445566778899aabbccddeeff".repeat(2) + "\n");
        Path capture = SAMPLE.resolve("client.pcapng");
        Path one = folder.resolve("one.pcapng");
        Path two = folder.resolve("two.pcapng");
        Path three = folder.resolve("three.pcapng");
        CommandRun.of("redact", capture, "--output", one, "--key-file", key, "--quiet");
        CommandRun.of("redact", capture, "--output", two, "--key-file", key, "--quiet");
        CommandRun.of("redact", capture, "--output", three, "--quiet");
        assertEquals(-1, Files.mismatch(one, two));
        assertNotEquals(-1, Files.mismatch(one, three));
        Files.writeString(key, "too short");
        CommandRun wrong = CommandRun.of("redact", capture, "--output", one, "--key-file", key, "--force");
        assertEquals(ExitCode.UNREADABLE, wrong.code());
        assertTrue(wrong.err().startsWith("PHX-1751"), wrong.err());
    }

    @Test
    void files_get_numbers_for_names_where_that_is_asked_for() {
        CommandRun run = CommandRun.of("redact", SAMPLE, "--output", folder.resolve("new"), "--rename");
        assertEquals(ExitCode.OK, run.code(), run.err());
        for (int point = 1; point <= 5; point++) {
            assertTrue(Files.exists(folder.resolve("new/point-" + point + ".pcapng")));
        }
    }

    @Test
    void a_capture_is_never_overwritten_and_one_that_cannot_be_read_leaves_nothing() throws IOException {
        Path capture = Files.copy(SAMPLE.resolve("client.pcapng"), folder.resolve("client.pcapng"));
        CommandRun same = CommandRun.of("redact", capture, "--output", folder);
        assertEquals(ExitCode.USAGE, same.code());
        assertTrue(same.err().startsWith("PHX-1752"), same.err());
        assertEquals(-1, Files.mismatch(SAMPLE.resolve("client.pcapng"), capture));
        assertEquals(
                ExitCode.USAGE,
                CommandRun.of("redact", capture, "--output", folder, "--force").code());
        assertEquals(-1, Files.mismatch(SAMPLE.resolve("client.pcapng"), capture));
        Path other = Files.writeString(folder.resolve("text.pcapng"), "no capture");
        CommandRun unreadable = CommandRun.of("redact", other, capture, "--output", folder.resolve("new"));
        assertEquals(ExitCode.UNREADABLE, unreadable.code());
        assertTrue(unreadable.err().startsWith("PHX-1005"), unreadable.err());
        assertTrue(Files.exists(folder.resolve("new/client.pcapng")));
        assertFalse(Files.exists(folder.resolve("new/text.pcapng")));
    }

    @Test
    void what_is_there_is_replaced_only_when_that_is_said() throws IOException {
        Path evidence = Files.createDirectories(folder.resolve("outside"));
        Path server = Files.writeString(evidence.resolve("server.pcapng"), "somebody's work");
        CommandRun run = CommandRun.of("redact", SAMPLE, "--output", evidence);
        assertEquals(ExitCode.USAGE, run.code());
        assertTrue(run.err().startsWith("PHX-1753 " + server + " exists already; nothing was written."), run.err());
        assertEquals("somebody's work", Files.readString(server));
        try (Stream<Path> files = Files.list(evidence)) {
            assertEquals(1, files.count());
        }
        assertEquals(
                ExitCode.OK,
                CommandRun.of("redact", SAMPLE, "--output", evidence, "--force").code());
        assertTrue(Files.size(server) > 1000);
        CommandRun again = CommandRun.of("redact", SAMPLE, "--output", evidence);
        assertTrue(again.err().contains("exists already, as do 4 others"), again.err());
    }

    @Test
    void every_report_of_redacted_captures_says_so() throws IOException {
        Path outside = folder.resolve("outside");
        CommandRun.of("redact", SAMPLE, "--output", outside, "--quiet");
        String said = "Redacted by Phalanx: addresses by Crypto-PAn";
        CommandRun text = CommandRun.of(
                "analyze",
                outside,
                "--report",
                folder.resolve("r.html"),
                "--report",
                folder.resolve("r.md"),
                "--report",
                folder.resolve("r.json"),
                "--quiet");
        assertTrue(text.out().contains(said), text.out());
        for (String report : List.of("r.html", "r.md", "r.json")) {
            assertTrue(Files.readString(folder.resolve(report)).contains(said), report);
        }
        assertTrue(
                CommandRun.of("inspect", outside.resolve("client.pcapng")).out().contains(said));
        Path copy = folder.resolve("copy.pcapng");
        CommandRun.of("export", outside.resolve("client.pcapng"), "--output", copy);
        assertTrue(CommandRun.of("inspect", copy).out().contains(said), "a copy says it, too");
        assertFalse(CommandRun.of("analyze", SAMPLE).out().contains("Redacted"));
    }
}
