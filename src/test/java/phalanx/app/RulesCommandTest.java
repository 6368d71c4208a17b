package phalanx.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.terminal.ExitCode;

class RulesCommandTest {
    @TempDir
    private Path folder = Path.of(".");

    @Test
    void a_rule_of_the_user_is_listed_tried_and_part_of_the_answer() throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), """
                rules:
                  - id: lossy
                    of: segment
                    when: segment.loss > 1.2
                    severity: critical
                    summary: "{segment.lost} of {segment.seen} packets are lost {place}."
                    remedy: Call the carrier.
                  - id: never
                    of: capture
                    when: capture.packets > 1000000
                    summary: x
                """);
        CommandRun list = CommandRun.of("rules", "list", "--rules", folder);
        assertEquals(ExitCode.OK, list.code());
        assertTrue(list.out().contains("lossy                  mine.yaml  lossy (critical)"), list.out());
        CommandRun test = CommandRun.of("rules", "test", "--rules", folder, "sample-pcaps/loss-on-wan-link");
        assertEquals("""
                lossy
                  critical  10 of 736 packets are lost between edge-router and wan-router.
                never: holds for none
                """, test.out());
        CommandRun answer = CommandRun.of("analyze", "--rules", folder, "sample-pcaps/loss-on-wan-link");
        assertTrue(
                answer.out().startsWith("FAULT 10 of 736 packets are lost between edge-router and wan-router."),
                answer.out());
    }

    @Test
    void a_wrong_rule_ends_the_listing_with_a_usage_error_and_the_analysis_goes_on() throws IOException {
        Files.writeString(
                folder.resolve("mine.yaml"), "rules:\n  - {id: x, of: capture, when: nonsense, summary: s}\n");
        assertEquals(
                ExitCode.USAGE,
                CommandRun.of("rules", "list", "--rules", folder).code());
        CommandRun answer = CommandRun.of("analyze", "--rules", folder, "sample-pcaps/loss-on-wan-link");
        assertEquals(ExitCode.OK, answer.code());
        assertTrue(answer.err().contains("PHX-1401 mine.yaml, line 2, column 32"), answer.err());
    }
}
