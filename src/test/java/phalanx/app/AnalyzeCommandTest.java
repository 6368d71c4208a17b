package phalanx.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.terminal.ExitCode;

class AnalyzeCommandTest {
    @TempDir
    private Path folder = Path.of(".");

    private static CommandRun analyze(List<Path> files, Object... options) {
        return CommandRun.of(Stream.of(Stream.of("analyze"), Arrays.stream(options), files.stream())
                .flatMap(s -> s)
                .toArray());
    }

    @Test
    void the_verdict_stands_first_in_the_text() {
        CommandRun ran = analyze(TestPipeline.sample("mtu-black-hole"));
        assertEquals(ExitCode.OK, ran.code());
        assertTrue(
                ran.out()
                        .startsWith("FAULT Packets of 1,500 bytes and more vanish between core-router and edge-router"),
                ran.out());
        assertTrue(ran.out().contains("client > edge-router > core-router > server"));
        assertEquals("", ran.err());
        assertTrue(ran.out().lines().allMatch(line -> line.length() <= 120), "wider than 120 columns");
    }

    @Test
    void fail_on_tells_scripts_of_findings_that_severe() {
        List<Path> files = TestPipeline.sample("mtu-black-hole");
        assertEquals(ExitCode.FINDINGS, analyze(files, "--fail-on", "critical").code());
        assertEquals(
                ExitCode.OK,
                analyze(TestPipeline.sample("lossy-capture"), "--fail-on", "warning")
                        .code());
        assertEquals(
                ExitCode.FINDINGS,
                analyze(TestPipeline.sample("lossy-capture"), "--fail-on", "info")
                        .code());
    }

    @Test
    void wrong_words_end_with_usage_and_one_line() {
        for (CommandRun ran : List.of(
                CommandRun.of("analyze"),
                CommandRun.of("analyze", "--nonsense"),
                CommandRun.of("analyze", "--hop", "nofile"),
                CommandRun.of("analyze", "--hop", "a=x", "--hop", "a=y"),
                CommandRun.of("analyze", "--json", "--html", "x"))) {
            assertEquals(ExitCode.USAGE, ran.code());
            assertEquals(1, ran.err().lines().count(), ran.err());
            assertTrue(ran.err().startsWith("PHX-0002 "), ran.err());
        }
    }

    @Test
    void a_missing_file_an_empty_one_and_one_that_is_no_capture_are_told_apart() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "no capture");
        Path empty = Files.createFile(folder.resolve("empty.pcap"));
        CommandRun missing = analyze(List.of(folder.resolve("gone.pcap")));
        assertEquals(ExitCode.UNREADABLE, missing.code());
        assertTrue(
                missing.err().startsWith("PHX-1001 ") && missing.err().contains("gone.pcap does not exist."),
                missing.err());
        CommandRun nothing = analyze(List.of(empty));
        assertEquals(ExitCode.UNREADABLE, nothing.code());
        assertTrue(nothing.err().startsWith("PHX-1004 empty.pcap is empty (0 bytes)."), nothing.err());
        CommandRun foreign = analyze(List.of(text));
        assertEquals(ExitCode.UNREADABLE, foreign.code());
        assertTrue(foreign.err().startsWith("PHX-1005 notes.txt is no packet capture."), foreign.err());
        assertEquals("", foreign.out());
    }

    @Test
    void a_bad_file_does_not_stop_the_others() throws IOException {
        List<Path> files = new ArrayList<>(TestPipeline.sample("mtu-black-hole"));
        files.add(Files.createFile(folder.resolve("empty.pcap")));
        CommandRun ran = analyze(files);
        assertEquals(ExitCode.UNREADABLE, ran.code());
        assertTrue(ran.out().startsWith("FAULT "));
        assertTrue(ran.err().contains("PHX-1004"));
    }

    @Test
    void a_cut_off_file_is_read_as_far_as_it_goes() throws IOException {
        List<Path> files = new ArrayList<>(TestPipeline.sample("mtu-black-hole"));
        byte[] whole = Files.readAllBytes(files.getFirst());
        files.set(0, Files.write(folder.resolve("client.pcapng"), Arrays.copyOf(whole, whole.length - 50)));
        CommandRun ran = analyze(files);
        assertEquals(ExitCode.PARTLY_READ, ran.code());
        assertTrue(ran.err().contains("PHX-1010 client.pcapng ends inside a block"), ran.err());
        assertTrue(ran.out().startsWith("FAULT Packets of 1,500 bytes"));
    }

    @Test
    void unrelated_captures_are_said_to_be_so() {
        CommandRun ran = analyze(List.of(
                TestPipeline.sample("mtu-black-hole").getFirst(),
                TestPipeline.sample("slow-server").getLast()));
        assertEquals(ExitCode.OK, ran.code());
        assertTrue(
                ran.err().contains("PHX-2001") && ran.err().contains("no packet with the other captures"), ran.err());
    }

    @Test
    void one_capture_alone_is_judged_by_what_it_can_tell() {
        CommandRun ran = analyze(List.of(TestPipeline.sample("slow-server").getLast()));
        assertEquals(ExitCode.OK, ran.code());
        assertTrue(ran.out().contains("server_slow"), ran.out());
        assertTrue(ran.out().contains("loss: needs captures from two points of one path"), ran.out());
    }

    @Test
    void hops_are_named_by_option_by_file_and_by_folder() throws IOException {
        List<Path> sample = TestPipeline.sample("slow-server");
        Path a = Files.createDirectories(folder.resolve("a"));
        Path b = Files.createDirectories(folder.resolve("b"));
        Files.copy(sample.getFirst(), a.resolve("dump.pcapng"));
        Files.copy(sample.getLast(), b.resolve("dump.pcapng"));
        CommandRun ran = analyze(List.of(a, b), "--hop", "the middle=" + sample.get(1));
        assertTrue(ran.out().contains("a-dump > "), ran.out());
        assertTrue(ran.out().contains(" > b-dump"), ran.out());
        assertTrue(ran.out().contains("the middle"), ran.out());
    }

    @Test
    void output_is_written_whole_and_a_place_that_cannot_be_is_said() throws IOException {
        Path file = folder.resolve("answer.html");
        CommandRun ran = analyze(TestPipeline.sample("loss-on-wan-link"), "--html", "--output", file);
        assertEquals(ExitCode.OK, ran.code());
        assertEquals("", ran.out());
        String html = Files.readString(file);
        assertTrue(html.startsWith("<!DOCTYPE html>") && html.strip().endsWith("</html>"));
        assertFalse(
                html.replace("http://www.w3.org/2000/svg", "").contains("://") || html.contains("<script"),
                "fetches or runs something");
        CommandRun refused =
                analyze(TestPipeline.sample("loss-on-wan-link"), "--output", folder.resolve("no/such/folder/x"));
        assertEquals(ExitCode.FORBIDDEN, refused.code());
        assertTrue(refused.err().contains("PHX-3001"), refused.err());
    }

    @Test
    void reports_stand_beside_the_answer_and_their_endings_say_what_they_are() throws IOException {
        List<Path> reports = Stream.of("a.pdf", "B.HTML", "c.md", "d.json")
                .map(folder::resolve)
                .toList();
        List<Object> options = new ArrayList<>();
        reports.forEach(file -> options.addAll(List.of("--report", file)));
        CommandRun ran = analyze(TestPipeline.sample("mtu-black-hole"), options.toArray());
        assertEquals(ExitCode.OK, ran.code());
        assertTrue(ran.out().startsWith("FAULT Packets of 1,500 bytes"), ran.out());
        List<String> begins = List.of("%PDF-1.", "<!DOCTYPE html>", "# Packets of 1,500", "{\n  \"schema\"");
        for (int i = 0; i < reports.size(); i++) {
            String content = Files.readString(reports.get(i), StandardCharsets.ISO_8859_1);
            assertTrue(content.startsWith(begins.get(i)), reports.get(i) + ": " + content.substring(0, 40));
            assertTrue(ran.err().contains("Written to " + reports.get(i)), ran.err());
        }
    }

    @Test
    void an_ending_that_no_report_has_is_told_with_those_that_work_before_anything_is_read() {
        CommandRun ran = analyze(List.of(folder.resolve("gone.pcap")), "--report", folder.resolve("a.docx"));
        assertEquals(ExitCode.USAGE, ran.code());
        assertTrue(ran.err().contains("--report knows the endings .pdf .html .md .json, found"), ran.err());
        CommandRun nowhere =
                analyze(TestPipeline.sample("mtu-black-hole"), "--quiet", "--report", folder.resolve("no/such/a.md"));
        assertEquals(ExitCode.FORBIDDEN, nowhere.code());
        assertTrue(nowhere.err().startsWith("PHX-3001"), nowhere.err());
    }

    @Test
    void names_from_outside_are_text_in_every_report() {
        Path file = TestPipeline.sample("slow-server").getFirst();
        String name = "<b>*x*</b>|`";
        CommandRun html = CommandRun.of("analyze", "--html", "--hop", name + "=" + file);
        assertTrue(html.out().contains("&lt;b&gt;*x*&lt;/b&gt;|`"));
        assertFalse(html.out().contains("<b>*x*"));
        CommandRun markdown = CommandRun.of("analyze", "--markdown", "--hop", name + "=" + file);
        assertTrue(markdown.out().contains("\\<b\\>\\*x\\*\\</b\\>\\|\\`"), markdown.out());
    }
}
