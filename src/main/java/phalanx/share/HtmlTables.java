package phalanx.share;

import static phalanx.share.XmlText.escape;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import phalanx.explain.Analysis;
import phalanx.explain.CaseAccount;
import phalanx.explain.ExplainedFinding;
import phalanx.explain.FactFormat;
import phalanx.explain.Language;
import phalanx.measure.ConversationMetrics;
import phalanx.measure.DelaySummary;
import phalanx.measure.FlowLimit;
import phalanx.measure.SegmentCounts;
import phalanx.measure.SegmentTraffic;
import phalanx.stitch.Stitched;

/** The figures of the HTML report: capture points, segments, conversations, and what could not be told. */
final class HtmlTables {
    private static final int CONVERSATIONS_SHOWN = 10;

    private HtmlTables() {}

    static void write(PrintWriter out, CaseAccount account) {
        Analysis analysis = account.analysis();
        for (ImportTable table : ImportTable.of(account)) {
            writeImported(out, table);
        }
        out.println("<h2>Capture points</h2>" + points(analysis.stitched()));
        if (!analysis.measures().segments().isEmpty()) {
            out.println("<h2>Segments</h2>" + segments(analysis));
        }
        if (!analysis.measures().conversations().isEmpty()) {
            writeConversations(out, account);
        }
        if (!analysis.notRun().isEmpty()) {
            out.println("<h2>Could not run</h2><ul>");
            analysis.notRun().forEach(rule -> out.println("<li>" + escape(rule.rule() + ": " + rule.why()) + "</li>"));
            out.println("</ul>");
        }
    }

    private static HtmlTable points(Stitched stitched) {
        HtmlTable table = new HtmlTable()
                .words("Point")
                .figures("Packets")
                .words("First packet")
                .figures("Clock offset");
        for (int capture : stitched.clientFirst()) {
            var summary = stitched.captures().get(capture).capture().summary();
            table.row(
                    escape(stitched.hopName(capture)),
                    FactFormat.count(summary.frames()),
                    summary.frames() == 0 ? "" : FactFormat.time(summary.firstNanos()),
                    Facts.clock(stitched.clocks().get(capture)));
        }
        return table;
    }

    private static HtmlTable segments(Analysis analysis) {
        HtmlTable table = new HtmlTable()
                .words("Segment")
                .words("Way")
                .figures("Seen")
                .figures("Arrived")
                .figures("Lost")
                .figures("Doubled")
                .figures("Late")
                .figures("Delay p50")
                .figures("p95");
        for (SegmentTraffic segment : analysis.measures().segments()) {
            SegmentCounts counts = segment.counts();
            table.row(
                    escape(Facts.arrow(counts, analysis.stitched())),
                    Language.ENGLISH.way(counts.direction()),
                    FactFormat.count(counts.seenAtFrom()),
                    FactFormat.count(counts.seenAtTo()),
                    FactFormat.count(counts.lost()),
                    FactFormat.count(counts.duplicates()),
                    FactFormat.count(counts.reordered()),
                    Facts.delay(counts),
                    counts.delay()
                            .map(DelaySummary::p95Nanos)
                            .map(FactFormat::duration)
                            .orElse(""));
        }
        return table;
    }

    /** The begin of a finding stands out between what else happened. */
    private static void writeImported(PrintWriter out, ImportTable imported) {
        HtmlTable table = new HtmlTable();
        for (int column = 0; column < imported.head().size(); column++) {
            String head = imported.head().get(column);
            table = column < imported.figures() ? table.words(head) : table.figures(head);
        }
        for (List<String> row : imported.rows()) {
            boolean begin = row.get(1).startsWith(ImportTable.BEGIN);
            table.row(row.stream()
                    .map(cell -> begin ? "<strong>" + escape(cell) + "</strong>" : escape(cell))
                    .toArray(String[]::new));
        }
        out.println("<h2>" + escape(imported.title()) + "</h2>"
                + (imported.rows().isEmpty() ? "" : table)
                + (imported.remark().isEmpty() ? "" : "<p class=\"legend\">" + escape(imported.remark()) + "</p>"));
    }

    private static void writeConversations(PrintWriter out, CaseAccount account) {
        Analysis analysis = account.analysis();
        List<ConversationMetrics> shown = analysis.conversationsByImportance().stream()
                .limit(CONVERSATIONS_SHOWN)
                .toList();
        int all = analysis.measures().conversations().size();
        out.println("<h2>Conversations</h2><p class=\"legend\">"
                + (all > shown.size() ? shown.size() + " of " + FactFormat.count(all) + ". " : "")
                + "What the sender of the busier direction waited for:");
        for (FlowLimit limit : FlowLimit.values()) {
            out.println("<span class=\"key\"><span class=\"swatch " + limit.key() + "\"></span>" + limit.word()
                    + "</span>");
        }
        HtmlTable table = new HtmlTable()
                .words("Conversation")
                .words("")
                .figures("Bytes")
                .figures("Again")
                .figures("RTT p50")
                .figures("Lasted")
                .words("Waited for")
                .words("Findings");
        for (ConversationMetrics metrics : shown) {
            table.row(
                    escape(ImportTable.endpoint(metrics.conversation().client(), account.imported()) + " > ") + "<wbr/>"
                            + escape(ImportTable.endpoint(metrics.conversation().server(), account.imported())),
                    metrics.conversation().transport().word(),
                    FactFormat.count(metrics.bytes()[0] + metrics.bytes()[1]),
                    FactFormat.count(metrics.retransmissions()[0] + metrics.retransmissions()[1]),
                    metrics.rtt()
                            .map(DelaySummary::medianNanos)
                            .map(FactFormat::duration)
                            .orElse(""),
                    FactFormat.duration(metrics.lastNanos() - metrics.firstNanos()),
                    metrics.limits()
                            .map(limits -> "<div class=\"bar\">" + FlowLimitsPicture.of(limits) + "</div>"
                                    + FactFormat.most(limits))
                            .orElse(""),
                    analysis.findingsOf(metrics).stream()
                            .map(ExplainedFinding::id)
                            .collect(Collectors.joining(" ")));
        }
        out.println("</p>" + table);
    }
}
