package phalanx.share;

import static phalanx.explain.Markdown.escape;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import phalanx.diagnose.UnusualStretch;
import phalanx.explain.Analysis;
import phalanx.explain.CaseAccount;
import phalanx.explain.ExplainedFinding;
import phalanx.explain.FactFormat;
import phalanx.explain.Language;
import phalanx.explain.Markdown;
import phalanx.explain.SeriesWords;
import phalanx.measure.SegmentCounts;
import phalanx.measure.SegmentTraffic;
import phalanx.stitch.HopPath;
import phalanx.stitch.Stitched;

/** A report for a ticket or a chat, in Markdown with tables (GitHub Flavored Markdown 4.10). Names from files are escaped. */
public final class MarkdownReport implements Report {
    private final Provenance provenance;

    public MarkdownReport(Provenance provenance) {
        this.provenance = provenance;
    }

    @Override
    public void write(CaseAccount account, Writer writer) throws IOException {
        PrintWriter out = new PrintWriter(writer);
        Analysis analysis = account.analysis();
        Stitched stitched = analysis.stitched();
        out.println("# " + escape(analysis.conclusion().summary()));
        out.println();
        if (!analysis.conclusion().details().isEmpty()) {
            out.println(escape(analysis.conclusion().details()));
            out.println();
        }
        for (ExplainedFinding told : account.standing()) {
            out.println(Markdown.finding(told, stitched));
        }
        writeRemarks(out, account);
        out.println("## Path");
        out.println();
        for (HopPath path : stitched.paths()) {
            out.println("- " + Language.ENGLISH.way(path.direction()) + ": " + escape(Facts.path(path, stitched)));
        }
        out.println();
        out.println("| capture point | packets | clock offset |");
        out.println("|---|--:|--:|");
        for (int capture : stitched.clientFirst()) {
            out.println("| " + escape(stitched.hopName(capture)) + " | "
                    + FactFormat.count(
                            stitched.captures().get(capture).capture().summary().frames()) + " | "
                    + Facts.clock(stitched.clocks().get(capture)) + " |");
        }
        out.println();
        out.println("| segment | way | seen | arrived | lost | doubled | late | delay p50 |");
        out.println("|---|---|--:|--:|--:|--:|--:|--:|");
        for (SegmentTraffic segment : analysis.measures().segments()) {
            SegmentCounts counts = segment.counts();
            out.println("| " + escape(Facts.arrow(counts, stitched)) + " | "
                    + Language.ENGLISH.way(counts.direction()) + " | "
                    + FactFormat.count(counts.seenAtFrom()) + " | " + FactFormat.count(counts.seenAtTo()) + " | "
                    + FactFormat.count(counts.lost()) + " | " + FactFormat.count(counts.duplicates()) + " | "
                    + FactFormat.count(counts.reordered()) + " | " + Facts.delay(counts) + " |");
        }
        List<UnusualStretch> unusual = analysis.unusual().orElse(List.of());
        if (!unusual.isEmpty()) {
            out.println();
            out.println("## Unusual for this recording");
            out.println();
        }
        for (UnusualStretch stretch : unusual) {
            out.println("- " + FactFormat.clockTime(stretch.startNanos()) + " to "
                    + FactFormat.clockTime(stretch.endNanos()) + " UTC: "
                    + escape(SeriesWords.unusual(stretch, stitched)));
        }
        for (ImportTable imported : ImportTable.of(account)) {
            writeImported(out, imported);
        }
        for (Analysis.NotRun rule : analysis.notRun()) {
            out.println();
            out.println("Could not run: " + rule.rule() + " (" + rule.why() + ").");
        }
        writeProvenance(out, stitched);
        out.flush();
        if (out.checkError()) {
            throw new IOException("the report could not be written");
        }
    }

    private static void writeImported(PrintWriter out, ImportTable imported) {
        out.println();
        out.println("## " + imported.title());
        out.println();
        if (!imported.rows().isEmpty()) {
            out.println("| " + String.join(" | ", imported.head()) + " |");
            StringBuilder line = new StringBuilder("|");
            for (int column = 0; column < imported.head().size(); column++) {
                line.append(column < imported.figures() ? "---|" : "--:|");
            }
            out.println(line);
        }
        for (List<String> row : imported.rows()) {
            out.println(
                    "| " + String.join(" | ", row.stream().map(Markdown::escape).toList()) + " |");
        }
        if (!imported.remark().isEmpty()) {
            out.println();
            out.println(imported.remark());
        }
    }

    private static void writeRemarks(PrintWriter out, CaseAccount account) {
        if (!account.setAside().isEmpty()) {
            out.println("## Not a problem");
            out.println();
            for (ExplainedFinding told : account.setAside()) {
                out.println("- " + told.id() + " " + escape(told.summary()) + " Reason: "
                        + escape(account.dismissed().getOrDefault(told.id(), "")));
            }
            out.println();
        }
        if (!account.notes().isEmpty()) {
            out.println("## Notes");
            out.println();
            for (CaseAccount.Note note : account.notes()) {
                out.println("- " + escape(note.written()) + ", " + escape(note.about()) + ": " + escape(note.text()));
            }
            out.println();
        }
    }

    private void writeProvenance(PrintWriter out, Stitched stitched) {
        out.println();
        out.println("## About this report");
        out.println();
        out.println("Made " + provenance.when() + " by " + escape(provenance.program()) + ". " + Provenance.CONTENT);
        for (String redaction : Facts.redactions(stitched)) {
            out.println();
            out.println(escape(redaction));
        }
        out.println();
        out.println("| capture point | file | packets | SHA-256 |");
        out.println("|---|---|--:|---|");
        for (Provenance.Source source : provenance.files()) {
            out.println("| " + escape(source.point()) + " | " + escape(source.file()) + " | "
                    + FactFormat.count(source.packets()) + " | " + source.fingerprint() + " |");
        }
    }
}
