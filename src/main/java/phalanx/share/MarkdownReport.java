package phalanx.share;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import phalanx.diagnose.Evidence;
import phalanx.diagnose.Finding;
import phalanx.diagnose.UnusualStretch;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.explain.FactFormat;
import phalanx.explain.SeriesWords;
import phalanx.explain.TemplateExplainer;
import phalanx.measure.SegmentCounts;
import phalanx.measure.SegmentTraffic;
import phalanx.stitch.HopPath;
import phalanx.stitch.Stitched;

/** A report for a ticket or a chat, in Markdown with tables (GitHub Flavored Markdown 4.10). Names from files are escaped. */
public final class MarkdownReport implements Report {
    @Override
    public void write(Analysis analysis, Writer writer) throws IOException {
        PrintWriter out = new PrintWriter(writer);
        Stitched stitched = analysis.stitched();
        out.println("# " + escape(analysis.conclusion().summary()));
        out.println();
        if (!analysis.conclusion().details().isEmpty()) {
            out.println(escape(analysis.conclusion().details()));
            out.println();
        }
        for (ExplainedFinding told : analysis.findings()) {
            writeFinding(out, told, stitched);
        }
        out.println("## Path");
        out.println();
        for (HopPath path : stitched.paths()) {
            out.println("- " + path.direction().word() + ": " + escape(Facts.path(path, stitched)));
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
                    + counts.direction().word() + " | "
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
        for (Analysis.NotRun rule : analysis.notRun()) {
            out.println();
            out.println("Could not run: " + rule.rule() + " (" + rule.why() + ").");
        }
        out.flush();
        if (out.checkError()) {
            throw new IOException("the report could not be written");
        }
    }

    private static void writeFinding(PrintWriter out, ExplainedFinding told, Stitched stitched) {
        Finding finding = told.finding();
        out.println("## " + told.id() + " " + finding.severity().word() + ": " + escape(FactFormat.kind(finding.kind()))
                + " " + escape(TemplateExplainer.place(finding.where(), stitched)));
        out.println();
        out.println("**" + escape(told.summary()) + "**");
        out.println();
        out.println(escape(told.explanation()));
        out.println();
        if (told.remedy() != null) {
            out.println("Do next: " + escape(told.remedy()));
            out.println();
        }
        out.println("- confidence: " + Facts.confidence(finding.confidence()));
        out.println("- from " + Facts.time(finding.startNanos()) + " to " + Facts.time(finding.endNanos()));
        for (Finding.RuledOut other : finding.ruledOut()) {
            out.println("- not " + escape(FactFormat.kind(other.kind())) + ": " + escape(other.why()));
        }
        for (Evidence evidence : finding.evidence()) {
            out.println("- proof in " + escape(stitched.hopName(evidence.capture())) + ", frames "
                    + Facts.frames(evidence) + ": " + escape(evidence.says()));
        }
        out.println();
    }

    /** Everything that Markdown or the HTML in it would take for markup (CommonMark 2.4). */
    static String escape(String text) {
        return text.replaceAll("([\\\\`*_{}\\[\\]<>#|~])", "\\\\$1").replaceAll("\\R", " ");
    }
}
