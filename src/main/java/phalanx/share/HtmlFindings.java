package phalanx.share;

import static phalanx.share.XmlText.escape;

import java.io.PrintWriter;
import phalanx.diagnose.Evidence;
import phalanx.diagnose.Finding;
import phalanx.explain.CaseAccount;
import phalanx.explain.ExplainedFinding;
import phalanx.explain.FactFormat;
import phalanx.explain.TemplateExplainer;
import phalanx.stitch.Stitched;

/** The findings of the HTML report, each a section with its proof. */
record HtmlFindings(PrintWriter out, CaseAccount account, HtmlFigures figures) {
    /** Rows of a name and what is said of it. */
    static final String FACTS = "<table class=\"facts\">";

    void standing() {
        account.standing().forEach(this::write);
    }

    /** Those that somebody took for no problem, with the reasons. */
    void setAside() {
        if (account.setAside().isEmpty()) {
            return;
        }
        out.println("<h2>Not a problem</h2>" + FACTS);
        for (ExplainedFinding told : account.setAside()) {
            out.println("<tr><th>" + told.id() + " "
                    + escape(FactFormat.kind(told.finding().kind())) + "</th><td>"
                    + escape(told.summary()) + "<br/><b>Reason.</b> "
                    + escape(account.dismissed().getOrDefault(told.id(), "")) + "</td></tr>");
        }
        out.println("</table>");
    }

    private void write(ExplainedFinding told) {
        Finding finding = told.finding();
        Stitched stitched = account.analysis().stitched();
        out.println("<section id=\"" + told.id() + "\" class=\""
                + finding.severity().word()
                + "\"><h2><span class=\"badge\">" + told.id() + " "
                + finding.severity().word() + "</span> "
                + escape(FactFormat.kind(finding.kind())) + " "
                + escape(TemplateExplainer.place(finding.where(), stitched)) + ", "
                + TemplateExplainer.way(finding.direction()) + "</h2>");
        out.println("<p><strong>" + escape(told.summary()) + "</strong></p><p>" + escape(told.explanation()) + "</p>");
        if (told.remedy() != null) {
            out.println("<p><b>Do next.</b> " + escape(told.remedy()) + "</p>");
        }
        figures.ladder(told);
        out.println(FACTS + "<tr><th>Confidence</th><td>" + FactFormat.confidence(finding.confidence())
                + "</td></tr><tr><th>When</th><td>" + FactFormat.time(finding.startNanos()) + " to "
                + FactFormat.time(finding.endNanos()) + "</td></tr>");
        for (Finding.RuledOut other : finding.ruledOut()) {
            out.println("<tr><th>Not " + escape(FactFormat.kind(other.kind())) + "</th><td>" + escape(other.why())
                    + "</td></tr>");
        }
        for (Evidence evidence : finding.evidence()) {
            out.println("<tr><th>Proof in " + escape(stitched.hopName(evidence.capture())) + "</th><td>"
                    + escape(evidence.says()) + ": frames " + FactFormat.frames(evidence) + "</td></tr>");
        }
        out.println("</table></section>");
    }
}
