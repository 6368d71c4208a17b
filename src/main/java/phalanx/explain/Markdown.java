package phalanx.explain;

import java.util.stream.Collectors;
import phalanx.diagnose.Evidence;
import phalanx.diagnose.Finding;
import phalanx.run.ForeignText;
import phalanx.stitch.Stitched;

/** Verdict and findings in Markdown, for a ticket or a chat (CommonMark 0.31). Any thread. */
public final class Markdown {
    private Markdown() {}

    /** The answer in one paragraph, with what else there is to say. */
    public static String verdict(Analysis analysis) {
        Analysis.Conclusion conclusion = analysis.conclusion();
        return "**" + escape(conclusion.summary()) + "**\n"
                + (conclusion.details().isEmpty() ? "" : "\n" + escape(conclusion.details()) + "\n");
    }

    /** A finding under a heading of the second level: what, why, what next, what it is not, and the proof. */
    public static String finding(ExplainedFinding told, Stitched stitched) {
        Finding finding = told.finding();
        StringBuilder text = new StringBuilder();
        text.append("## %s %s: %s %s\n\n"
                .formatted(
                        told.id(),
                        finding.severity().word(),
                        escape(FactFormat.kind(finding.kind())),
                        escape(TemplateExplainer.place(finding.where(), stitched))));
        text.append("**").append(escape(told.summary())).append("**\n\n");
        text.append(escape(told.explanation())).append("\n\n");
        if (told.remedy() != null) {
            text.append("Do next: ").append(escape(told.remedy())).append("\n\n");
        }
        text.append("- confidence: ")
                .append(FactFormat.confidence(finding.confidence()))
                .append('\n');
        text.append("- from ")
                .append(FactFormat.time(finding.startNanos()))
                .append(" to ")
                .append(FactFormat.time(finding.endNanos()))
                .append('\n');
        text.append(finding.ruledOut().stream()
                .map(other -> "- not " + escape(FactFormat.kind(other.kind())) + ": " + escape(other.why()) + "\n")
                .collect(Collectors.joining()));
        for (Evidence evidence : finding.evidence()) {
            text.append("- proof in %s, frames %s: %s\n"
                    .formatted(
                            escape(stitched.hopName(evidence.capture())),
                            FactFormat.frames(evidence),
                            escape(evidence.says())));
        }
        return text.toString();
    }

    /**
     * A text of any origin in one line, with everything behind a backslash that Markdown or the HTML in it would take for markup
     * (CommonMark 2.4).
     */
    public static String escape(String text) {
        return ForeignText.line(text.replaceAll("\\R", " ")).replaceAll("([\\\\`*_{}\\[\\]<>#|~])", "\\\\$1");
    }
}
