package phalanx.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import phalanx.app.TestPipeline;

class MarkdownTest {
    @Test
    void a_verdict_without_trouble_says_what_passed() {
        Analysis analysis = TestPipeline.analyze(TestPipeline.sample("wrong-clocks"));
        String verdict = Markdown.verdict(analysis);
        assertTrue(verdict.startsWith("**No fault found by "), verdict);
        assertTrue(verdict.contains("**\n\nPassed: "), verdict);
    }

    @Test
    void a_finding_has_its_heading_sentence_remedy_and_proof() {
        Analysis analysis = TestPipeline.analyze(TestPipeline.sample("mtu-black-hole"));
        String finding = Markdown.finding(analysis.findings().getFirst(), analysis.stitched());
        assertTrue(
                finding.startsWith(
                        "## F1 critical: path MTU black hole between core-router and edge-router\n\n**Packets of 1,500"),
                finding);
        assertTrue(finding.contains("\nDo next: Let ICMP"), finding);
        assertTrue(
                finding.contains(
                        "- proof in core-router, frames 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31 and 3 more: "),
                finding);
    }

    @Test
    void text_of_any_origin_is_no_markup_and_no_terminal_sequence() {
        assertEquals("\\<b\\>\\*x\\* \\[a\\]?\\[31m ?y", Markdown.escape("<b>*x*\n[a]\u001b[31m \u202ey"));
    }
}
