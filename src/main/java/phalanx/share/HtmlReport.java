package phalanx.share;

import static phalanx.share.XmlText.escape;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import phalanx.diagnose.Severity;
import phalanx.explain.Analysis;
import phalanx.explain.CaseAccount;
import phalanx.explain.Drawing;
import phalanx.explain.ExplainedFinding;
import phalanx.explain.FactFormat;
import phalanx.explain.TemplateExplainer;
import phalanx.run.Problem;

/**
 * A report with pictures in one file: no script, nothing fetched, light or dark as the reader's system, light on paper. It is
 * well-formed XML as well, so that it can be laid out for PDF.
 */
public final class HtmlReport implements Report {
    private final Provenance provenance;

    public HtmlReport(Provenance provenance) {
        this.provenance = provenance;
    }

    @Override
    public void write(CaseAccount account, Writer writer) throws IOException {
        PrintWriter out = new PrintWriter(writer);
        Analysis analysis = account.analysis();
        HtmlFigures figures = new HtmlFigures(out, account);
        writeHead(out, analysis.conclusion().summary());
        writeVerdict(out, account);
        for (Problem problem : analysis.problems()) {
            out.println("<p class=\"notice\">" + escape(problem.toString()) + "</p>");
        }
        figures.map();
        writeOverview(out, account);
        HtmlFindings findings = new HtmlFindings(out, account, figures);
        findings.standing();
        findings.setAside();
        writeNotes(out, account);
        figures.charts();
        for (Drawing drawing : account.drawings()) {
            figures.drawing(drawing);
        }
        HtmlTables.write(out, account);
        writeProvenance(out, analysis);
        out.println("</main></body></html>");
        out.flush();
        if (out.checkError()) {
            throw new IOException("the report could not be written");
        }
    }

    private static void writeHead(PrintWriter out, String title) throws IOException {
        out.println("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>");
        out.println("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>");
        out.println("<meta http-equiv=\"Content-Security-Policy\" "
                + "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\"/>");
        out.println("<title>Phalanx: " + escape(title) + "</title>");
        out.println("<style>" + Resource.text("/share/report.css") + Resource.text("/share/picture.css") + "</style>");
        out.println("<style media=\"screen\">" + Resource.text("/share/screen.css") + "</style></head><body><main>");
    }

    private static void writeVerdict(PrintWriter out, CaseAccount account) {
        Analysis.Conclusion conclusion = account.analysis().conclusion();
        ExplainedFinding root = conclusion.finding();
        Severity severity = root == null ? null : root.finding().severity();
        out.println("<header class=\"" + (severity == null ? "ok" : severity.word()) + "\">");
        if (!account.name().isEmpty()) {
            out.println("<p class=\"case\">" + escape(account.name()) + "</p>");
        }
        out.println("<p class=\"badge\">" + (severity == null ? "no fault found" : severity.word()) + "</p><h1>"
                + escape(conclusion.summary()) + "</h1>");
        if (!conclusion.details().isEmpty()) {
            out.println("<p>" + escape(conclusion.details()) + "</p>");
        }
        if (root != null) {
            int affected = root.finding().conversations().size();
            out.println("<p class=\"soft\">Confidence " + FactFormat.confidence(conclusion.confidence()) + "; "
                    + FactFormat.count(affected) + (affected == 1 ? " conversation" : " conversations")
                    + " affected; since " + FactFormat.time(root.finding().startNanos()) + "</p>");
            if (account.dismissed().containsKey(root.id())) {
                out.println("<p class=\"notice\">" + root.id()
                        + " was set aside as no problem; the reason stands below.</p>");
            }
        }
        out.println("</header>");
    }

    /** All findings at one glance, each a link to its proof. */
    private static void writeOverview(PrintWriter out, CaseAccount account) {
        if (account.standing().size() < 2) {
            return;
        }
        HtmlTable table = new HtmlTable()
                .words("")
                .words("Severity")
                .words("What")
                .words("Where")
                .figures("Conversations")
                .figures("Confidence");
        for (ExplainedFinding told : account.standing()) {
            var finding = told.finding();
            table.row(
                    "<a href=\"#" + told.id() + "\">" + told.id() + "</a>",
                    "<span class=\"" + finding.severity().word() + "\"><span class=\"badge\">"
                            + finding.severity().word() + "</span></span>",
                    escape(FactFormat.kind(finding.kind())),
                    escape(TemplateExplainer.place(
                            finding.where(), account.analysis().stitched())),
                    FactFormat.count(finding.conversations().size()),
                    FactFormat.confidence(finding.confidence()));
        }
        out.println("<h2>Findings</h2>" + table);
    }

    private static void writeNotes(PrintWriter out, CaseAccount account) {
        if (account.notes().isEmpty()) {
            return;
        }
        out.println("<h2>Notes</h2>" + HtmlFindings.FACTS);
        for (CaseAccount.Note note : account.notes()) {
            out.println("<tr><th>" + escape(note.about()) + "<br/>" + escape(note.written()) + "</th><td>"
                    + note.text()
                            .lines()
                            .map(XmlText::escape)
                            .reduce((a, b) -> a + "<br/>" + b)
                            .orElse("")
                    + "</td></tr>");
        }
        out.println("</table>");
    }

    private void writeProvenance(PrintWriter out, Analysis analysis) {
        out.println("<div class=\"whole\"><h2>About this report</h2><p>Made " + provenance.when() + " by "
                + escape(provenance.program())
                + " from " + FactFormat.count(provenance.files().size())
                + (provenance.files().size() == 1 ? " capture" : " captures") + "; "
                + FactFormat.count(analysis.checked()) + " checks looked at them. " + Provenance.CONTENT + "</p>");
        for (String redaction : Facts.redactions(analysis.stitched())) {
            out.println("<p>" + escape(redaction) + "</p>");
        }
        HtmlTable table =
                new HtmlTable().words("Point").words("File").figures("Packets").words("SHA-256");
        for (Provenance.Source source : provenance.files()) {
            table.row(
                    escape(source.point()),
                    escape(source.file()),
                    FactFormat.count(source.packets()),
                    "<code>" + source.fingerprint() + "</code>");
        }
        out.println(table + "</div>");
    }
}
