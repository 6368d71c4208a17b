package phalanx.share;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import phalanx.diagnose.Evidence;
import phalanx.diagnose.Finding;
import phalanx.diagnose.UnusualStretch;
import phalanx.explain.Analysis;
import phalanx.explain.CaseAccount;
import phalanx.explain.ExplainedFinding;
import phalanx.explain.FactFormat;
import phalanx.explain.SeriesWords;
import phalanx.explain.TemplateExplainer;
import phalanx.measure.ConversationMetrics;
import phalanx.measure.DelaySummary;
import phalanx.measure.SegmentCounts;
import phalanx.measure.SegmentTraffic;
import phalanx.stitch.HopPath;
import phalanx.stitch.Stitched;

/** The answer for a terminal: the verdict first, then its proof, then the figures. At most 110 columns wide. */
public final class TextReport implements Report {
    private static final int CONVERSATIONS_SHOWN = 10;

    private final TerminalText text;

    /** @param colours whether ANSI colours may be used (ECMA-48 SGR) */
    public TextReport(boolean colours) {
        text = new TerminalText(colours);
    }

    @Override
    public void write(CaseAccount account, Writer writer) throws IOException {
        PrintWriter out = new PrintWriter(writer);
        Analysis analysis = account.analysis();
        Stitched stitched = analysis.stitched();
        boolean fault = analysis.conclusion().finding() != null;
        text.wrap(
                out,
                text.paint(fault ? TerminalText.RED : TerminalText.GREEN, fault ? "FAULT " : "OK "),
                fault ? 6 : 3,
                analysis.conclusion().summary());
        if (!analysis.conclusion().details().isEmpty()) {
            text.wrap(out, "   ", 3, analysis.conclusion().details());
        }
        out.println();
        for (ExplainedFinding told : analysis.findings()) {
            writeFinding(out, told, stitched);
        }
        writePaths(out, stitched);
        writeCaptures(out, stitched);
        writeSegments(out, analysis);
        writeConversations(out, account);
        writeUnusual(out, analysis);
        for (ImportTable imported : ImportTable.of(account)) {
            out.println(text.paint(TerminalText.BOLD, imported.title()));
            List<String[]> rows = new ArrayList<>();
            rows.add(imported.head().toArray(String[]::new));
            imported.rows().forEach(row -> rows.add(row.toArray(String[]::new)));
            text.table(out, rows, imported.figures());
            if (!imported.remark().isEmpty()) {
                out.println("  " + imported.remark());
            }
        }
        if (!analysis.notRun().isEmpty()) {
            out.println(text.paint(TerminalText.BOLD, "Could not run"));
            analysis.notRun().forEach(rule -> out.println("  " + rule.rule() + ": " + rule.why()));
        }
        out.flush();
        if (out.checkError()) {
            throw new IOException("the report could not be written");
        }
    }

    private void writeFinding(PrintWriter out, ExplainedFinding told, Stitched stitched) {
        Finding finding = told.finding();
        String colour = switch (finding.severity()) {
            case CRITICAL -> TerminalText.RED;
            case WARNING -> TerminalText.YELLOW;
            case INFO -> TerminalText.CYAN;
        };
        out.println(text.paint(
                        colour,
                        "%-3s %-8s %s".formatted(told.id(), finding.severity().word(), finding.kind()))
                + "  " + TemplateExplainer.place(finding.where(), stitched)
                + ", " + TemplateExplainer.way(finding.direction())
                + "  confidence " + FactFormat.confidence(finding.confidence()));
        text.wrap(out, "    ", 4, told.summary());
        text.wrap(out, "    why   ", 10, told.explanation());
        if (told.remedy() != null) {
            text.wrap(out, "    do    ", 10, told.remedy());
        }
        for (Finding.RuledOut other : finding.ruledOut()) {
            text.wrap(out, "    not   ", 10, other.kind() + ": " + other.why());
        }
        out.println(
                "    when  " + FactFormat.time(finding.startNanos()) + " to " + FactFormat.time(finding.endNanos()));
        for (Evidence evidence : finding.evidence()) {
            text.wrap(
                    out,
                    "    proof ",
                    10,
                    stitched.hopName(evidence.capture()) + ", frames " + FactFormat.frames(evidence) + ": "
                            + evidence.says());
        }
        out.println();
    }

    private void writePaths(PrintWriter out, Stitched stitched) {
        out.println(text.paint(TerminalText.BOLD, "Path"));
        for (HopPath path : stitched.paths()) {
            out.println("  %s  %s  (%s packets)"
                    .formatted(path.direction().word(), Facts.path(path, stitched), FactFormat.count(path.packets())));
        }
        out.println();
    }

    private void writeCaptures(PrintWriter out, Stitched stitched) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"Capture point", "packets", "clock offset", "drift"});
        for (int capture : stitched.clientFirst()) {
            var clock = stitched.clocks().get(capture);
            rows.add(new String[] {
                stitched.hopName(capture),
                FactFormat.count(
                        stitched.captures().get(capture).capture().summary().frames()),
                Facts.clock(clock),
                clock.reference() || !clock.known() ? "" : "%+.1f ppm".formatted(clock.driftPpm())
            });
        }
        text.table(out, rows, 1);
        for (String redaction : Facts.redactions(stitched)) {
            text.wrap(out, "  ", 2, redaction);
            out.println();
        }
    }

    private void writeSegments(PrintWriter out, Analysis analysis) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {
            "Segment", "", "seen", "arrived", "lost", "dup", "late", "changed", "made", "uncaptured", "delay p50", "p95"
        });
        for (SegmentTraffic segment : analysis.measures().segments()) {
            SegmentCounts counts = segment.counts();
            rows.add(new String[] {
                Facts.arrow(counts, analysis.stitched()),
                counts.direction().word(),
                FactFormat.count(counts.seenAtFrom()),
                FactFormat.count(counts.seenAtTo()),
                FactFormat.count(counts.lost()),
                FactFormat.count(counts.duplicates()),
                FactFormat.count(counts.reordered()),
                FactFormat.count(counts.changed()),
                FactFormat.count(counts.originated()),
                FactFormat.count(counts.missingFromCapture()),
                Facts.delay(counts),
                counts.delay()
                        .map(DelaySummary::p95Nanos)
                        .map(FactFormat::duration)
                        .orElse("")
            });
        }
        if (rows.size() > 1) {
            text.table(out, rows, 2);
        }
    }

    private void writeUnusual(PrintWriter out, Analysis analysis) {
        List<UnusualStretch> unusual = analysis.unusual().orElse(List.of());
        if (unusual.isEmpty()) {
            return;
        }
        out.println(text.paint(TerminalText.BOLD, "Unusual for this recording"));
        for (UnusualStretch stretch : unusual) {
            text.wrap(
                    out,
                    "  " + FactFormat.clockTime(stretch.startNanos()) + " to "
                            + FactFormat.clockTime(stretch.endNanos()) + "  ",
                    24,
                    SeriesWords.unusual(stretch, analysis.stitched()));
        }
        out.println();
    }

    private void writeConversations(PrintWriter out, CaseAccount account) {
        Analysis analysis = account.analysis();
        List<ConversationMetrics> shown = analysis.conversationsByImportance().stream()
                .limit(CONVERSATIONS_SHOWN)
                .toList();
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {
            "Conversation", "", "hops", "bytes", "again", "rtt p50", "lasted", "waited for", "findings"
        });
        for (ConversationMetrics metrics : shown) {
            rows.add(new String[] {
                ImportTable.endpoint(metrics.conversation().client(), account.imported()) + " > "
                        + ImportTable.endpoint(metrics.conversation().server(), account.imported()),
                metrics.conversation().transport().word(),
                String.valueOf(metrics.conversation().legs().size()),
                FactFormat.count(metrics.bytes()[0] + metrics.bytes()[1]),
                FactFormat.count(metrics.retransmissions()[0] + metrics.retransmissions()[1]),
                metrics.rtt()
                        .map(DelaySummary::medianNanos)
                        .map(FactFormat::duration)
                        .orElse(""),
                FactFormat.duration(metrics.lastNanos() - metrics.firstNanos()),
                metrics.limits().map(FactFormat::most).orElse(""),
                String.join(
                        " ",
                        analysis.findingsOf(metrics).stream()
                                .map(ExplainedFinding::id)
                                .toList())
            });
        }
        text.table(out, rows, 2);
        int all = analysis.measures().conversations().size();
        if (all > shown.size()) {
            out.println("  " + shown.size() + " of " + FactFormat.count(all) + " conversations; --json has all");
            out.println();
        }
    }
}
