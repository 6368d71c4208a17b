package phalanx.show.map;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;
import phalanx.diagnose.Severity;
import phalanx.diagnose.Where;
import phalanx.explain.ExplainedFinding;
import phalanx.explain.FactFormat;
import phalanx.measure.DelaySummary;
import phalanx.measure.SegmentCounts;
import phalanx.measure.SegmentTraffic;
import phalanx.show.Palette;
import phalanx.topology.NetworkMap;

/** Draws the map: hosts dashed, capture points framed, segments with delay and loss, trouble thick, dashed and with its finding's name. Screen thread. */
final class MapPainter {
    private static final double[] SOLID = {}, DASHED = {10, 6}, DOTTED = {4, 3};
    private static final double TALL = 42, MARGIN = 52;

    private final GraphicsContext g;
    private final NetworkMap map;
    private final Palette palette;
    private final double width;
    private final double height;
    private final double box;
    private final Map<String, NetworkMap.Place> places = new HashMap<>();

    MapPainter(GraphicsContext g, NetworkMap map, Palette palette, double width, double height) {
        this.g = g;
        this.map = map;
        this.palette = palette;
        this.width = width;
        this.height = height;
        long columns = map.places().stream()
                .mapToDouble(NetworkMap.Place::x)
                .distinct()
                .count();
        box = Math.clamp((width - 2 * MARGIN) / Math.max(1, columns - 1) * 0.6, 60, 118);
        map.places().forEach(place -> places.put(place.id(), place));
    }

    /** What is lit up: findings and the selected one, captures of the selected conversation, the selected capture. */
    record Light(
            List<ExplainedFinding> findings, @Nullable ExplainedFinding finding, Set<Integer> captures, int capture) {}

    void paint(Light light) {
        g.setFill(palette.background());
        g.fillRect(0, 0, width, height);
        for (NetworkMap.Link link : map.links()) {
            NetworkMap.Place from = places.get(link.from());
            NetworkMap.Place to = places.get(link.to());
            if (from != null && to != null) {
                paintLink(link, from, to, light);
            }
        }
        map.places().forEach(place -> paintPlace(place, light));
    }

    private void paintLink(NetworkMap.Link link, NetworkMap.Place from, NetworkMap.Place to, Light light) {
        double x1 = x(from) + box / 2;
        double x2 = x(to) - box / 2;
        ExplainedFinding worst = worst(link, light);
        boolean lit = light.finding != null && on(link, light.finding);
        boolean bad = worst != null && worst.finding().severity() != Severity.INFO;
        Color colour =
                worst == null ? palette.soft() : palette.of(worst.finding().severity());
        if (lit) {
            g.setStroke(colour.deriveColor(0, 1, 1, 0.25));
            g.setLineWidth(16);
            g.strokeLine(x1, y(from), x2, y(to));
        }
        g.setStroke(colour);
        g.setLineWidth(bad ? 4 : 2);
        g.setLineDashes(bad ? DASHED : SOLID);
        g.strokeLine(x1, y(from), x2, y(to));
        g.setLineDashes();
        // Beside a branch there is room towards the main line only.
        double aside = Math.abs(from.y() - 0.5) < Math.abs(to.y() - 0.5) ? -18 : 18;
        double middle = (x1 + x2) / 2 + (slanted(from, to) == 0 ? 0 : aside);
        double level = (y(from) + y(to)) / 2;
        double room = Math.max(30, x(to) - x(from) - 12);
        g.setTextAlign(TextAlignment.CENTER);
        g.setTextBaseline(VPos.CENTER);
        if (worst != null) {
            g.setFont(Font.font("System", FontWeight.BOLD, 11));
            g.setFill(colour);
            double beside = level + (slanted(from, to) < 0 ? TALL / 2 + 46 : -TALL / 2 - 46);
            g.fillText(worst.id() + " " + FactFormat.kind(worst.finding().kind()), middle, beside, room + 40);
        }
        g.setFont(Font.font("System", 11));
        int slant = slanted(from, to);
        // A branch carries its figures on its outer side, a straight link forth above and back below.
        double out = slant < 0 ? TALL / 2 + 14 : -TALL / 2 - 14;
        double home = slant > 0 ? -TALL / 2 - 14 : TALL / 2 + 14;
        link.forward().ifPresent(traffic -> figures("\u2192 ", traffic, middle, level + out, room, palette.toServer()));
        link.backward()
                .ifPresent(traffic -> figures("\u2190 ", traffic, middle, level + home, room, palette.toClient()));
    }

    /** 1 for a link of an upper branch, -1 of a lower one, 0 for one on the main line. */
    private static int slanted(NetworkMap.Place from, NetworkMap.Place to) {
        double middle = (from.y() + to.y()) / 2;
        return middle < 0.49 ? 1 : middle > 0.51 ? -1 : 0;
    }

    private void figures(String arrow, SegmentTraffic traffic, double x, double y, double room, Color colour) {
        SegmentCounts counts = traffic.counts();
        String delay = counts.delay()
                .map(DelaySummary::medianNanos)
                .map(FactFormat::duration)
                .orElse("delay unknown");
        g.setFill(colour);
        g.fillText(arrow + delay, x, y, room);
        if (counts.lost() > 0) {
            g.setFill(palette.critical());
            double outer = y < height / 2 ? -15 : 15;
            g.fillText("lost " + FactFormat.percent(counts.lost(), counts.seenAtFrom()), x, y + outer, room);
        }
    }

    private @Nullable ExplainedFinding worst(NetworkMap.Link link, Light light) {
        if (light.finding != null && on(link, light.finding)) {
            return light.finding;
        }
        return light.findings.stream()
                .filter(told -> on(link, told))
                .findFirst()
                .orElse(null);
    }

    private static boolean on(NetworkMap.Link link, ExplainedFinding told) {
        return told.finding().where() instanceof Where.Segment(int a, int b)
                && (joins(link, a, b) || joins(link, b, a));
    }

    private static boolean joins(NetworkMap.Link link, int from, int to) {
        return link.from().equals("hop-" + from) && link.to().equals("hop-" + to);
    }

    private void paintPlace(NetworkMap.Place place, Light light) {
        double left = x(place) - box / 2;
        double top = y(place) - TALL / 2;
        boolean hop = place.role() == NetworkMap.Role.CAPTURE_POINT;
        ExplainedFinding here = light.findings.stream()
                .filter(told -> at(place, told))
                .findFirst()
                .orElse(null);
        boolean lit = light.finding != null && at(place, light.finding);
        boolean dim = hop && !light.captures.isEmpty() && !light.captures.contains(place.capture());
        g.setGlobalAlpha(dim ? 0.35 : 1);
        g.setFill(palette.background());
        g.fillRoundRect(left, top, box, TALL, 10, 10);
        Color colour = here != null ? palette.of(here.finding().severity()) : hop ? palette.toServer() : palette.soft();
        g.setStroke(colour);
        g.setLineWidth(lit || hop && place.capture() == light.capture ? 3.5 : 1.6);
        g.setLineDashes(hop ? SOLID : DOTTED);
        g.strokeRoundRect(left, top, box, TALL, 10, 10);
        g.setLineDashes();
        g.setTextAlign(TextAlignment.CENTER);
        g.setTextBaseline(VPos.CENTER);
        g.setFill(palette.text());
        g.setFont(Font.font("System", FontWeight.BOLD, 12));
        g.fillText(place.label(), x(place), y(place) - 8, box - 8);
        g.setFill(palette.soft());
        g.setFont(Font.font("System", 10.5));
        g.fillText(place.detail().lines().findFirst().orElse(""), x(place), y(place) + 9, box - 6);
        if (here != null) {
            double wide = 10 + 7.5 * here.id().length();
            g.setFill(colour);
            g.fillRoundRect(left - 8, top - 10, wide, 18, 8, 8);
            g.setFill(palette.background());
            g.setFont(Font.font("System", FontWeight.BOLD, 11));
            g.fillText(here.id(), left - 8 + wide / 2, top - 1, wide);
        }
        g.setGlobalAlpha(1);
    }

    private static boolean at(NetworkMap.Place place, ExplainedFinding told) {
        return switch (told.finding().where()) {
            case Where.Node(var role, int capture) ->
                role == Where.Role.MIDDLEBOX
                        ? place.capture() == capture
                        : place.role() == (role == Where.Role.CLIENT ? NetworkMap.Role.CLIENT : NetworkMap.Role.SERVER);
            case Where.Capture(int capture) -> place.capture() == capture;
            case Where.Segment _ -> false;
        };
    }

    /** The place under a point, null for none. */
    NetworkMap.@Nullable Place placeAt(double px, double py) {
        return map.places().stream()
                .filter(place -> Math.abs(px - x(place)) <= box / 2 && Math.abs(py - y(place)) <= TALL / 2)
                .findFirst()
                .orElse(null);
    }

    /** The finding whose segment lies under a point, null for none. */
    @Nullable
    ExplainedFinding findingAt(double px, double py, Light light) {
        for (NetworkMap.Link link : map.links()) {
            NetworkMap.Place from = places.get(link.from());
            NetworkMap.Place to = places.get(link.to());
            if (from != null && to != null && px > x(from) + box / 2 && px < x(to) - box / 2) {
                double share = (px - x(from)) / (x(to) - x(from));
                if (Math.abs(py - (y(from) + share * (y(to) - y(from)))) < TALL) {
                    return worst(link, light);
                }
            }
        }
        return null;
    }

    private double x(NetworkMap.Place place) {
        double margin = Math.max(MARGIN, box / 2 + 14);
        return margin + place.x() * (width - 2 * margin);
    }

    private double y(NetworkMap.Place place) {
        return 14 + place.y() * (height - 20);
    }
}
