package phalanx.share;

import static phalanx.share.XmlText.escape;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import phalanx.diagnose.Severity;
import phalanx.diagnose.UnusualStretch;
import phalanx.explain.Analysis;
import phalanx.explain.CaseAccount;
import phalanx.explain.Drawing;
import phalanx.explain.ExplainedFinding;
import phalanx.explain.FactFormat;
import phalanx.explain.SeriesWords;
import phalanx.measure.SecondSeries;

/** The pictures of the HTML report, each with a caption; those that the reader did not ask for are left out. */
final class HtmlFigures {
    /** More charts than anyone compares on paper would only hide the ones that matter. */
    private static final int MOST_CHARTS = 8;
    /** Points, mostly seconds; fewer are no course of things. */
    private static final int LEAST_POINTS = 8;

    /** Of the most important findings; the others have their frames in words. */
    private static final int MOST_LADDERS = 30;

    private final PrintWriter out;
    private final CaseAccount account;
    private int drawings;
    private int ladders;

    HtmlFigures(PrintWriter out, CaseAccount account) {
        this.out = out;
        this.account = account;
    }

    void map() {
        if (wanted(CaseAccount.Picture.MAP)) {
            figure(
                    PathPicture.of(account.analysis()),
                    "The path with its capture points: median delay and loss of each segment, > towards the server, < towards the"
                            + " client. Where something is wrong the line is thick and broken.");
        }
    }

    /** The packets around the first proof of what is more than a fact. */
    void ladder(ExplainedFinding told) {
        if (wanted(CaseAccount.Picture.LADDERS)
                && told.finding().severity() != Severity.INFO
                && ladders++ < MOST_LADDERS) {
            LadderPicture.of(account.analysis(), told)
                    .ifPresent(
                            picture -> figure(
                                    picture,
                                    "Packets around the first proof, which is drawn thick; a cross stands where a packet was seen last."));
        }
    }

    void drawing(Drawing drawing) {
        drawings++;
        figure(SvgDocument.element(drawing, "d" + drawings + "-"), drawing.title());
    }

    /** What is unusual first, then what there was to carry and what was lost. */
    void charts() {
        if (!wanted(CaseAccount.Picture.CHARTS)) {
            return;
        }
        Analysis analysis = account.analysis();
        List<UnusualStretch> unusual = analysis.unusual().orElse(List.of());
        Map<SecondSeries, List<UnusualStretch>> shown = unusual.stream()
                .collect(Collectors.groupingBy(UnusualStretch::of, LinkedHashMap::new, Collectors.toList()));
        for (SecondSeries series : analysis.measures().seconds()) {
            if (shown.size() < MOST_CHARTS && worthwhile(series)) {
                shown.putIfAbsent(series, List.of());
            }
        }
        out.println("<h2>Over time</h2>");
        if (shown.isEmpty()) {
            out.println(
                    "<p>There is nothing to draw: a line wants at least " + LEAST_POINTS + " seconds with values.</p>");
            return;
        }
        shown.forEach((series, stretches) -> figure(SeriesPicture.of(series, stretches, analysis.stitched()), ""));
        if (!unusual.isEmpty()) {
            List<String> told = new ArrayList<>();
            unusual.forEach(stretch -> told.add("<li>" + FactFormat.clockTime(stretch.startNanos()) + " to "
                    + FactFormat.clockTime(stretch.endNanos()) + " UTC: "
                    + escape(SeriesWords.unusual(stretch, analysis.stitched())) + "</li>"));
            out.println("<p>Unusual for this recording, marked above:</p><ul>" + String.join("\n", told) + "</ul>");
        }
    }

    /** Whether a line can be drawn, and says something. */
    private static boolean worthwhile(SecondSeries series) {
        double[] values = series.series().values();
        boolean enough = Arrays.stream(values).filter(v -> !Double.isNaN(v)).count() >= LEAST_POINTS;
        return enough
                && switch (series.quantity()) {
                    case THROUGHPUT, ROUND_TRIP, RESPONSE_TIME -> true;
                    case LOSS -> Arrays.stream(values).anyMatch(v -> v > 0);
                    case DELAY -> false;
                };
    }

    private boolean wanted(CaseAccount.Picture picture) {
        return account.pictures().contains(picture);
    }

    private void figure(String svg, String caption) {
        out.println("<figure>" + svg + (caption.isEmpty() ? "" : "<figcaption>" + escape(caption) + "</figcaption>")
                + "</figure>");
    }
}
