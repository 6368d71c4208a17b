package phalanx.share;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import phalanx.diagnose.Evidence;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Severity;
import phalanx.diagnose.UnusualStretch;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.explain.FactFormat;
import phalanx.explain.SeriesWords;
import phalanx.explain.TemplateExplainer;
import phalanx.measure.ConversationMetrics;
import phalanx.measure.DelaySummary;
import phalanx.measure.FlowLimit;
import phalanx.measure.SecondSeries;
import phalanx.measure.SegmentCounts;
import phalanx.measure.SegmentTraffic;
import phalanx.run.Problem;
import phalanx.stitch.Stitched;

/** A report with pictures in one file: no script, nothing fetched, light or dark as the reader's system. */
public final class HtmlReport implements Report {
    private static final int CONVERSATIONS_SHOWN = 10;

    @Override
    public void write(Analysis analysis, Writer writer) throws IOException {
        PrintWriter out = new PrintWriter(writer);
        Stitched stitched = analysis.stitched();
        out.println("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">");
        out.println("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        out.println(
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">");
        out.println("<title>Phalanx: " + e(analysis.conclusion().summary()) + "</title><style>" + style()
                + "</style></head><body><main>");
        ExplainedFinding root = analysis.conclusion().finding();
        Severity severity = root == null ? null : root.finding().severity();
        out.println("<header class=\"" + (severity == null ? "ok" : severity.word()) + "\"><p class=\"badge\">"
                + (severity == null ? "no fault found" : severity.word()) + "</p><h1>"
                + e(analysis.conclusion().summary()) + "</h1>"
                + (analysis.conclusion().details().isEmpty()
                        ? ""
                        : "<p>" + e(analysis.conclusion().details()) + "</p>") + "</header>");
        for (Problem problem : analysis.problems()) {
            out.println("<p class=\"notice\">" + e(problem.toString()) + "</p>");
        }
        out.println("<figure>" + PathPicture.of(analysis) + "</figure>");
        for (ExplainedFinding told : analysis.findings()) {
            writeFinding(out, analysis, told);
        }
        writeCaptures(out, stitched);
        writeSegments(out, analysis);
        writeConversations(out, analysis);
        writeUnusual(out, analysis);
        for (Analysis.NotRun rule : analysis.notRun()) {
            out.println("<p class=\"notice\">Could not run: " + e(rule.rule() + " (" + rule.why() + ")") + "</p>");
        }
        out.println("</main></body></html>");
        out.flush();
        if (out.checkError()) {
            throw new IOException("the report could not be written");
        }
    }

    private static void writeFinding(PrintWriter out, Analysis analysis, ExplainedFinding told) {
        Finding finding = told.finding();
        Stitched stitched = analysis.stitched();
        out.println("<section class=\"" + finding.severity().word() + "\"><h2><span class=\"badge\">" + told.id() + " "
                + finding.severity().word() + "</span> " + e(FactFormat.kind(finding.kind())) + " "
                + e(TemplateExplainer.place(finding.where(), stitched)) + ", "
                + TemplateExplainer.way(finding.direction()) + "</h2>");
        out.println("<p><strong>" + e(told.summary()) + "</strong></p><p>" + e(told.explanation()) + "</p>");
        if (told.remedy() != null) {
            out.println("<p><b>Do next.</b> " + e(told.remedy()) + "</p>");
        }
        Optional.of(told)
                .filter(shown -> finding.severity() != Severity.INFO)
                .flatMap(shown -> LadderPicture.of(analysis, shown))
                .ifPresent(picture -> out.println("<figure>" + picture + "</figure>"));
        out.println("<dl><dt>Confidence</dt><dd>" + Facts.confidence(finding.confidence()) + "</dd><dt>When</dt><dd>"
                + Facts.time(finding.startNanos()) + " to " + Facts.time(finding.endNanos()) + "</dd>");
        for (Finding.RuledOut other : finding.ruledOut()) {
            out.println("<dt>Not " + e(FactFormat.kind(other.kind())) + "</dt><dd>" + e(other.why()) + "</dd>");
        }
        for (Evidence evidence : finding.evidence()) {
            out.println("<dt>Proof in " + e(stitched.hopName(evidence.capture())) + "</dt><dd>" + e(evidence.says())
                    + ": frames " + Facts.frames(evidence) + "</dd>");
        }
        out.println("</dl></section>");
    }

    private static void writeCaptures(PrintWriter out, Stitched stitched) {
        out.println(
                "<h2>Capture points</h2><div class=\"wide\"><table><tr><th>Point<th>File<th class=\"n\">Packets<th class=\"n\">Clock offset</tr>");
        for (int capture : stitched.clientFirst()) {
            var decoded = stitched.captures().get(capture).capture();
            out.println("<tr><td>" + e(stitched.hopName(capture)) + "<td>"
                    + e(String.valueOf(decoded.file().getFileName()))
                    + "<td class=\"n\">" + FactFormat.count(decoded.summary().frames()) + "<td class=\"n\">"
                    + Facts.clock(stitched.clocks().get(capture)) + "</tr>");
        }
        out.println("</table></div>");
    }

    private static void writeSegments(PrintWriter out, Analysis analysis) {
        out.println(
                "<h2>Segments</h2><div class=\"wide\"><table><tr><th>Segment<th>Way<th class=\"n\">Seen<th class=\"n\">Arrived<th class=\"n\">Lost"
                        + "<th class=\"n\">Doubled<th class=\"n\">Late<th class=\"n\">Delay p50<th class=\"n\">p95</tr>");
        for (SegmentTraffic segment : analysis.measures().segments()) {
            SegmentCounts counts = segment.counts();
            out.println("<tr><td>" + e(Facts.arrow(counts, analysis.stitched())) + "<td>"
                    + counts.direction().word()
                    + n(counts.seenAtFrom()) + n(counts.seenAtTo()) + n(counts.lost()) + n(counts.duplicates())
                    + n(counts.reordered())
                    + "<td class=\"n\">" + Facts.delay(counts) + "<td class=\"n\">"
                    + counts.delay()
                            .map(DelaySummary::p95Nanos)
                            .map(FactFormat::duration)
                            .orElse("") + "</tr>");
        }
        out.println("</table></div>");
    }

    private static void writeConversations(PrintWriter out, Analysis analysis) {
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
        out.println(
                "</p><div class=\"wide\"><table><tr><th>Conversation<th><th class=\"n\">Bytes<th class=\"n\">Sent again<th class=\"n\">RTT p50"
                        + "<th class=\"n\">Lasted<th>Waited for<th><th>Findings</tr>");
        for (ConversationMetrics metrics : shown) {
            out.println("<tr><td>"
                    + e(metrics.conversation().client() + " > "
                            + metrics.conversation().server())
                    + "<td>" + metrics.conversation().transport().word()
                    + n(metrics.bytes()[0] + metrics.bytes()[1])
                    + n(metrics.retransmissions()[0] + metrics.retransmissions()[1])
                    + "<td class=\"n\">"
                    + metrics.rtt()
                            .map(DelaySummary::medianNanos)
                            .map(FactFormat::duration)
                            .orElse("")
                    + "<td class=\"n\">" + FactFormat.duration(metrics.lastNanos() - metrics.firstNanos())
                    + "<td class=\"bar\">"
                    + metrics.limits().map(FlowLimitsPicture::of).orElse("")
                    + "<td>" + metrics.limits().map(FactFormat::most).orElse("")
                    + "<td>"
                    + String.join(
                            " ",
                            analysis.findingsOf(metrics).stream()
                                    .map(ExplainedFinding::id)
                                    .toList())
                    + "</tr>");
        }
        out.println("</table></div>");
    }

    private static void writeUnusual(PrintWriter out, Analysis analysis) {
        List<UnusualStretch> unusual = analysis.unusual().orElse(List.of());
        if (unusual.isEmpty()) {
            return;
        }
        Map<SecondSeries, List<UnusualStretch>> bySeries = unusual.stream()
                .collect(Collectors.groupingBy(UnusualStretch::of, LinkedHashMap::new, Collectors.toList()));
        out.println("<h2>Unusual for this recording</h2>");
        bySeries.forEach((series, stretches) ->
                out.println("<figure>" + SeriesPicture.of(series, stretches, analysis.stitched()) + "</figure>"));
        out.println("<ul>");
        for (UnusualStretch stretch : unusual) {
            out.println("<li>" + FactFormat.clockTime(stretch.startNanos()) + " to "
                    + FactFormat.clockTime(stretch.endNanos()) + " UTC: "
                    + e(SeriesWords.unusual(stretch, analysis.stitched())));
        }
        out.println("</ul>");
    }

    private static String n(long count) {
        return "<td class=\"n\">" + FactFormat.count(count);
    }

    private static String e(String text) {
        return Svg.escape(text);
    }

    private static String style() throws IOException {
        try (InputStream stream = HtmlReport.class.getResourceAsStream("/share/report.css")) {
            if (stream == null) {
                throw new IllegalStateException("report.css is not in the program");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
