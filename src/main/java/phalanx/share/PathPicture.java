package phalanx.share;

import java.util.HashMap;
import java.util.Map;
import phalanx.diagnose.Severity;
import phalanx.diagnose.Where;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.explain.FactFormat;
import phalanx.measure.SegmentTraffic;
import phalanx.topology.NetworkMap;

/** The map as SVG: hosts and capture points left to right, delay and loss at each segment, findings marked. */
final class PathPicture {
    /** Places stand so far apart that the figures of a link have room. */
    private static final double LEAST_WIDTH = 900, APART = 156, BOX = 116, TALL = 44, MARGIN = 62;

    private PathPicture() {}

    static String of(Analysis analysis) {
        NetworkMap map = analysis.map();
        long layers = map.places().stream()
                .mapToDouble(NetworkMap.Place::y)
                .distinct()
                .count();
        double height = 150 + 70 * Math.max(0, layers - 1);
        long columns = map.places().stream()
                .mapToDouble(NetworkMap.Place::x)
                .distinct()
                .count();
        double width = Math.max(LEAST_WIDTH, 2 * MARGIN + APART * (columns - 1));
        Svg svg = new Svg();
        Map<String, NetworkMap.Place> places = new HashMap<>();
        map.places().forEach(place -> places.put(place.id(), place));
        for (NetworkMap.Link link : map.links()) {
            NetworkMap.Place from = places.get(link.from());
            NetworkMap.Place to = places.get(link.to());
            if (from != null && to != null) {
                drawLink(svg, analysis, link, height / 2, x(from, width), y(from, height), x(to, width), y(to, height));
            }
        }
        for (NetworkMap.Place place : map.places()) {
            svg.box(
                    place.role() == NetworkMap.Role.CAPTURE_POINT ? "hop" : "host",
                    x(place, width) - BOX / 2,
                    y(place, height) - TALL / 2,
                    BOX,
                    TALL);
            svg.text("name", x(place, width), y(place, height) - 2, "middle", shortened(place.label(), 14));
            svg.text(
                    "small",
                    x(place, width),
                    y(place, height) + 14,
                    "middle",
                    shortened(place.detail().lines().findFirst().orElse(""), 20));
        }
        return svg.picture(
                width,
                height,
                "Path with capture points; " + analysis.conclusion().summary());
    }

    private static void drawLink(
            Svg svg,
            Analysis analysis,
            NetworkMap.Link link,
            double middleLine,
            double x1,
            double y1,
            double x2,
            double y2) {
        String css = "link";
        for (ExplainedFinding told : analysis.findings()) {
            boolean here = told.finding().where() instanceof Where.Segment(int a, int b)
                    && (touches(link, a, b) || touches(link, b, a));
            if (here && told.finding().severity() != Severity.INFO) {
                css = "link bad";
            }
        }
        svg.line(css, x1 + BOX / 2, y1, x2 - BOX / 2, y2);
        // A branch carries its figures on its outer side, beside the main line; a straight link forth above and back
        // below.
        boolean branch = Math.abs(y1 - y2) > 1;
        boolean upper = Math.min(y1, y2) < middleLine - 1;
        double aside = Math.abs(y1 - middleLine) < 1 ? -34 : 34;
        double middle = (x1 + x2) / 2 + (branch ? aside : 0);
        double level = (y1 + y2) / 2;
        double above = level - 30;
        double below = level + 40;
        link.forward()
                .ifPresent(traffic ->
                        svg.text("small", middle, branch && !upper ? below : above, "middle", "> " + figures(traffic)));
        link.backward()
                .ifPresent(traffic ->
                        svg.text("small", middle, branch && upper ? above : below, "middle", "< " + figures(traffic)));
    }

    private static boolean touches(NetworkMap.Link link, int from, int to) {
        return link.from().equals("hop-" + from) && link.to().equals("hop-" + to);
    }

    private static String figures(SegmentTraffic traffic) {
        var counts = traffic.counts();
        String lost = counts.lost() == 0 ? "" : ", lost " + FactFormat.percent(counts.lost(), counts.seenAtFrom());
        return Facts.delay(counts) + lost;
    }

    private static double x(NetworkMap.Place place, double width) {
        return MARGIN + place.x() * (width - 2 * MARGIN);
    }

    private static double y(NetworkMap.Place place, double height) {
        return place.y() * height;
    }

    static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "\u2026";
    }
}
