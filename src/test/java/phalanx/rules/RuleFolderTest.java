package phalanx.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.diagnose.Severity;
import phalanx.diagnose.Thresholds;
import phalanx.run.Problem;

class RuleFolderTest {
    @TempDir
    private Path folder = Path.of(".");

    private RuleFolder read(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
        return RuleFolder.read(folder);
    }

    private static List<String> whats(RuleFolder read) {
        return read.problems().stream().map(Problem::what).toList();
    }

    @Test
    void rules_and_thresholds_are_read_from_yaml_and_json() throws IOException {
        read("a.yaml", """
                rules:
                  - id: lossy
                    of: segment
                    when: segment.loss > 0.5
                    severity: critical
                    summary: "Too much loss {place}: {segment.loss} percent."
                thresholds:
                  jitter: 20 ms
                  fewest-losses: 5
                """);
        RuleFolder read = read("b.json", """
                {"rules": [{"id": "slow", "of": "conversation", "when": "conversation.rtt.p95 > 0.2", "summary": "slow"}],
                 "thresholds": {"high-latency-share": 0.25}}""");
        assertEquals(List.of(), read.problems());
        assertEquals(
                List.of("lossy", "slow"),
                read.rules().stream().map(CustomRule::id).toList());
        assertEquals(Severity.CRITICAL, read.rules().getFirst().severity());
        assertEquals(Severity.WARNING, read.rules().getLast().severity());
        Thresholds thresholds = read.thresholds();
        assertEquals(20_000_000, thresholds.jitterNanos());
        assertEquals(5, thresholds.fewestLosses());
        assertEquals(0.25, thresholds.highLatencyShare());
        assertEquals(Thresholds.DEFAULT.idleNanos(), thresholds.idleNanos());
    }

    @Test
    void each_fault_is_told_with_line_and_column_and_spares_the_rest() throws IOException {
        RuleFolder read = read("a.yaml", """
                rules:
                  - id: wrong-field
                    of: segment
                    when: segment.los > 5
                    summary: x
                  - id: good
                    of: capture
                    when: capture.packets > 5
                    summary: y
                  - id: wrong-word
                    of: capture
                    when: "capture.packets > 5 and"
                    severity: loud
                    summary: "{capture.nothing}"
                thresholds:
                  jiter: 20 ms
                  idle: soon
                """);
        assertEquals(List.of("good"), read.rules().stream().map(CustomRule::id).toList());
        assertEquals(
                List.of(
                        "a.yaml, line 4, column 11: there is no field \"segment.los\".",
                        "a.yaml, line 13, column 15: \"loud\" is none of its values.",
                        "a.yaml, line 14, column 14: there is no measure {capture.nothing} of a capture.",
                        "a.yaml, line 12, column 35: a field is missing.",
                        "a.yaml, line 16, column 3: there is no threshold \"jiter\".",
                        "a.yaml, line 17, column 9: \"soon\" is no value of idle."),
                whats(read));
    }

    @Test
    void broken_syntax_bombs_and_doubles_are_refused() throws IOException {
        assertEquals(
                List.of("a.json, line 1, column 12: expected the node content, but found '<stream end>'."),
                whats(read("a.json", "{\"rules\": [")));
        Files.delete(folder.resolve("a.json"));
        String bomb =
                "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b]\nrules: []\n";
        assertEquals(3, read("b.yaml", bomb).problems().size());
        Files.delete(folder.resolve("b.yaml"));
        String rule = "rules:\n  - {id: one, of: capture, when: capture.packets > 1, summary: s}\n";
        read("c.yaml", rule);
        assertEquals(List.of("d.yaml has a rule \"one\", which there is already."), whats(read("d.yaml", rule)));
    }

    @Test
    void a_folder_that_is_not_there_is_told() {
        assertEquals(1, RuleFolder.read(folder.resolve("nowhere")).problems().size());
    }
}
