package phalanx.show.map;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import javafx.scene.paint.Color;
import phalanx.explain.ExplainedFinding;
import phalanx.show.Palette;
import phalanx.show.Pen;
import phalanx.show.TextRuler;
import phalanx.show.Words;
import phalanx.topology.Station;

/** Draws a picture of the map: edges below, labels where there is room, nodes above. One thread. */
final class MapPainter {
    /** Half of a node's height at its own size, pixels. */
    static final double HALF = 21;

    private static final double GAP = 29,
            RING = 7,
            DIMMED = 0.25,
            CROWDED = 0.55,
            LABEL = 12,
            FIGURES = 11,
            LEAST_TEXT = 9.5;
    private static final double LEAST_ROOM = 44;
    /** Beyond every canvas: nothing is written above its upper border. */
    private static final double FAR = 1e6;
    /** Of dashes; canvases lengthen each by its width. */
    private static final double DASH = 6, BETWEEN = 4.5;

    private final Pen pen;
    private final MapPicture picture;
    private final Palette palette;
    private final Viewport view;
    private final MapLight light;

    MapPainter(Pen pen, MapPicture picture, Palette palette, Viewport view, MapLight light) {
        this.pen = pen;
        this.picture = picture;
        this.palette = palette;
        this.view = view;
        this.light = light;
    }

    /** The whole picture with its labels. */
    void paint(double width, double height) {
        background(width, height);
        int[] order = byWeight();
        for (int i = order.length - 1; i >= 0; i--) {
            paintEdge(order[i]);
        }
        overEdges(order);
    }

    /** The same with plain edges drawn pixel by pixel: for more of them than strokes are fast enough for. */
    void paint(EdgeRaster raster) {
        raster.fill(palette.background());
        int[] order = byWeight();
        for (int i = order.length - 1; i >= 0; i--) {
            if (plain(order[i])) {
                sketchEdge(order[i], raster);
            }
        }
        pen.image(raster.image(), 0, 0);
        for (int i = order.length - 1; i >= 0; i--) {
            if (!plain(order[i])) {
                paintEdge(order[i]);
            }
        }
        overEdges(order);
    }

    /** Only what follows the mouse easily: lines and squares, pixel by pixel. */
    void sketch(EdgeRaster raster) {
        raster.fill(palette.background());
        for (int i = 0; i < picture.edges().size(); i++) {
            sketchEdge(i, raster);
        }
        for (int i = 0; i < picture.nodes().size(); i++) {
            MapPicture.NodeMark mark = picture.nodes().get(i);
            boolean selected = mark.node().id().equals(light.place());
            raster.square(
                    view.x(mark.at()),
                    view.y(mark.at()),
                    HALF * view.zoom(),
                    palette.card(),
                    selected ? palette.selection() : shade(palette.text(), light.litNode(i)));
        }
        pen.image(raster.image(), 0, 0);
    }

    /** Nodes and all labels. */
    private void overEdges(int[] order) {
        Occupied occupied = new Occupied();
        occupied.take(-FAR, -FAR, 2 * FAR, FAR);
        for (int i = 0; i < picture.nodes().size(); i++) {
            take(occupied, i);
            paintNode(i);
        }
        label();
        EdgeLabels labels = new EdgeLabels(pen, palette, text(FIGURES), HALF * view.zoom(), occupied);
        for (int edge : order) {
            paintFigures(edge, labels);
        }
    }

    /** An edge that is neither selected nor marked nor has trouble. */
    private boolean plain(int index) {
        MapPicture.EdgeMark mark = edge(index);
        String id = mark.edge().id();
        return mark.health() == MapPicture.Health.OK
                && !mark.found()
                && !light.proves(mark.findings())
                && !id.equals(light.place())
                && !id.equals(light.hovered());
    }

    private void sketchEdge(int index, EdgeRaster raster) {
        EdgeLine line = line(index);
        int last = line.xs().length - 1;
        int thick = (int) Math.max(1, Math.round(edge(index).width() / 2));
        raster.line(line.xs()[0], line.ys()[0], line.xs()[last], line.ys()[last], thick, colour(index));
    }

    void background(double width, double height) {
        pen.fill(palette.background());
        pen.rectangle(0, 0, width, height, 0);
    }

    /** Edges by how much they matter: lit and with findings first. */
    private int[] byWeight() {
        return IntStream.range(0, picture.edges().size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> !edge(i).edge().id().equals(light.place()))
                        .thenComparing(i -> !light.litEdge(i))
                        .thenComparing(i -> edge(i).health(), Comparator.reverseOrder())
                        .thenComparingLong(i -> -edge(i).edge().bytes()))
                .mapToInt(i -> i)
                .toArray();
    }

    private MapPicture.EdgeMark edge(int index) {
        return picture.edges().get(index);
    }

    EdgeLine line(int edge) {
        MapPicture.EdgeMark mark = edge(edge);
        return EdgeLine.of(
                view,
                picture.nodes().get(mark.from()).at(),
                picture.nodes().get(mark.to()).at(),
                mark.bend(),
                GAP * view.zoom());
    }

    /** Its colour by health, dimmed where it does not belong to what is selected. */
    Color colour(int edge) {
        Color colour = switch (edge(edge).health()) {
            case OK -> crowded() ? palette.background().interpolate(palette.soft(), CROWDED) : palette.soft();
            case DEGRADED -> palette.warning();
            case FAILING -> palette.critical();
        };
        return shade(colour, light.litEdge(edge) && !unfound(edge(edge).found()));
    }

    /** So many edges that those without a finding step back. */
    private boolean crowded() {
        return picture.edges().size() > MapCanvas.MANY_EDGES;
    }

    /** Whether something is looked for that this is not. */
    private boolean unfound(boolean found) {
        return picture.request().find().isPresent() && !found;
    }

    private Color shade(Color colour, boolean lit) {
        return lit ? colour : palette.background().interpolate(colour, DIMMED);
    }

    private void paintEdge(int index) {
        MapPicture.EdgeMark mark = edge(index);
        EdgeLine line = line(index);
        boolean selected = mark.edge().id().equals(light.place());
        double width = mark.width() * Math.min(1.4, Math.max(0.5, view.zoom()));
        if (selected || light.proves(mark.findings())) {
            pen.stroke(
                    palette.background().interpolate(selected ? palette.selection() : colour(index), 0.4), width + 11);
            stroke(line);
        }
        if (mark.edge().id().equals(light.hovered()) || mark.found()) {
            pen.stroke(palette.background().interpolate(palette.selection(), 0.35), width + 6);
            stroke(line);
        }
        switch (mark.health()) {
            case OK -> {
                pen.stroke(colour(index), width);
                stroke(line);
            }
            case DEGRADED -> {
                double wide = Math.max(2, width);
                pen.stroke(colour(index), wide, DASH, BETWEEN + wide);
                stroke(line);
            }
            case FAILING -> {
                double thin = Math.max(1.6, width / 2);
                pen.stroke(colour(index), thin, DASH, BETWEEN + thin);
                stroke(line.beside(thin * 0.5 + 1.3));
                stroke(line.beside(-thin * 0.5 - 1.3));
            }
        }
    }

    private void stroke(EdgeLine line) {
        if (line.xs().length == 2) {
            pen.line(line.xs()[0], line.ys()[0], line.xs()[1], line.ys()[1]);
        } else {
            pen.polyline(line.xs(), line.ys(), line.xs().length);
        }
    }

    private double text(double size) {
        return Math.clamp(size * view.zoom(), LEAST_TEXT * view.text(), size * 1.5 * view.text());
    }

    /** Whether there is room for names below the nodes. */
    private boolean named() {
        return view.column() - 8 >= LEAST_ROOM * view.text();
    }

    /** Whether there is room for a second line below the names. */
    private boolean detailed() {
        return view.row() >= 2 * HALF * view.zoom() + text(LABEL) + text(FIGURES) + 8;
    }

    /** Height of the text below a node. */
    private double lines() {
        return text(LABEL) + (detailed() ? text(FIGURES) : 0);
    }

    private void take(Occupied occupied, int index) {
        MapPicture.NodeMark mark = picture.nodes().get(index);
        double half = HALF * view.zoom() + 3;
        double x = view.x(mark.at());
        double y = view.y(mark.at());
        occupied.take(x - half, y - half, 2 * half, 2 * half);
        if (!mark.findings().isEmpty()) {
            double wide = FindingChip.width(mark.findings().getFirst().id(), text(FIGURES));
            double high = FindingChip.height(text(FIGURES));
            occupied.take(x - half - wide / 2, y - half - high / 2, wide, high);
        }
        if (named()) {
            double room = view.column() - 8;
            double wide = Math.min(
                    room,
                    Math.max(
                            TextRuler.width(mark.name(), text(LABEL), true),
                            TextRuler.width(mark.detail(), text(FIGURES), false)));
            occupied.take(x - wide / 2, y + half, wide, lines() + 8);
        }
    }

    private void paintFigures(int index, EdgeLabels labels) {
        MapPicture.EdgeMark mark = edge(index);
        if (light.litEdge(index) && !unfound(mark.found())) {
            boolean shown = light.proves(mark.findings());
            ExplainedFinding told = shown ? light.finding() : mark.trouble().orElse(null);
            labels.write(line(index), mark.forward(), mark.backward(), told, shown);
        }
    }

    private void paintNode(int index) {
        MapPicture.NodeMark mark = picture.nodes().get(index);
        boolean lit = light.litNode(index) && !unfound(mark.found());
        double x = view.x(mark.at());
        double y = view.y(mark.at());
        double half = HALF * view.zoom();
        boolean selected = mark.node().id().equals(light.place());
        if (light.proves(mark.findings())) {
            ring(x, y, half + RING + 4, palette.of(finding().finding().severity()), 3);
        }
        if (mark.found()) {
            pen.fill(palette.background().interpolate(palette.selection(), 0.35));
            pen.ellipse(x - half - RING, y - half - RING, 2 * (half + RING), 2 * (half + RING));
        }
        if (mark.node().hosts() > 1) {
            // A second one behind it: several hosts.
            PlaceShapes.draw(
                    pen,
                    mark.node().role(),
                    x + half * 0.2,
                    y - half * 0.2,
                    half,
                    palette.background(),
                    shade(palette.soft(), lit),
                    1);
        }
        boolean hovered = mark.node().id().equals(light.hovered());
        PlaceShapes.draw(
                pen,
                mark.node().role(),
                x,
                y,
                half,
                palette.card(),
                shade(hovered ? palette.selection() : palette.text(), lit),
                hovered ? 2.5 : 1.6);
        if (mark.node().station() instanceof Station.CapturePoint) {
            PlaceShapes.recorded(pen, x, y, half, shade(palette.text(), lit));
        }
        if (selected) {
            ring(x, y, half + RING, palette.selection(), 3);
        }
    }

    private ExplainedFinding finding() {
        ExplainedFinding finding = light.finding();
        if (finding == null) {
            throw new IllegalStateException("no finding is selected");
        }
        return finding;
    }

    private void ring(double x, double y, double radius, Color colour, double width) {
        pen.stroke(colour, width);
        pen.ring(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    /** Names, details and numbers of hosts, each in one go: choosing a font costs more than a text. */
    private void label() {
        double size = text(LABEL);
        double small = text(FIGURES);
        double half = HALF * view.zoom();
        List<MapPicture.NodeMark> told = IntStream.range(0, picture.nodes().size())
                .mapToObj(picture.nodes()::get)
                .filter(mark -> named() || mark.found() || important(mark))
                .toList();
        pen.font(size, true);
        for (MapPicture.NodeMark mark : told) {
            double x = view.x(mark.at());
            double y = view.y(mark.at()) + half;
            String name = TextRuler.shortened(mark.name(), size, true, room(mark));
            String detail = detail(mark);
            double wide =
                    Math.max(TextRuler.width(name, size, true), detailed() ? TextRuler.width(detail, small, false) : 0);
            pen.fill(palette.background());
            pen.rectangle(x - wide / 2 - 2, y + 3, wide + 4, lines() + 6, 3);
            pen.fill(shade(palette.text(), lit(mark)));
            pen.text(name, x, y + size * 0.5 + 5, Pen.Align.CENTER, room(mark));
        }
        pen.font(small, false);
        for (MapPicture.NodeMark mark : detailed() ? told : List.<MapPicture.NodeMark>of()) {
            String detail = detail(mark);
            pen.fill(shade(palette.soft(), lit(mark)));
            double y = view.y(mark.at()) + half + size + small * 0.5 + 7;
            pen.text(detail, view.x(mark.at()), y, Pen.Align.CENTER, room(mark));
        }
        pen.font(Math.clamp(half * 0.62, 8, 14 * view.text()), true);
        for (MapPicture.NodeMark mark : picture.nodes()) {
            if (mark.node().hosts() > 1 && half > 9) {
                pen.fill(shade(palette.text(), lit(mark)));
                String hosts = Words.language().count(mark.node().hosts());
                pen.text(hosts, view.x(mark.at()), view.y(mark.at()), Pen.Align.CENTER, 1.6 * half);
            }
        }
        for (MapPicture.NodeMark mark : picture.nodes()) {
            badge(mark.findings(), view.x(mark.at()) - half, view.y(mark.at()) - half);
        }
    }

    /** A node's second line, empty where it does not fit. */
    private String detail(MapPicture.NodeMark mark) {
        return TextRuler.width(mark.detail(), text(FIGURES), false) <= room(mark) ? mark.detail() : "";
    }

    /** Selected or under the mouse. */
    private boolean important(MapPicture.NodeMark mark) {
        String id = mark.node().id();
        return id.equals(light.place()) || id.equals(light.hovered());
    }

    private boolean lit(MapPicture.NodeMark mark) {
        return light.litNode(mark.index()) && !unfound(mark.found());
    }

    private double room(MapPicture.NodeMark mark) {
        return Math.max(view.text() * (important(mark) ? 150 : LEAST_ROOM), view.column() - 8);
    }

    private void badge(List<ExplainedFinding> findings, double x, double y) {
        if (!findings.isEmpty()) {
            boolean shown = light.proves(findings);
            ExplainedFinding told = shown ? finding() : findings.getFirst();
            FindingChip.draw(pen, palette, told, told.id(), x, y, text(FIGURES), shown);
        }
    }

    /** The node under a pixel, -1 for none. */
    int nodeAt(double x, double y) {
        double reach = Math.max(9, HALF * view.zoom() + 3);
        for (int i = picture.nodes().size() - 1; i >= 0; i--) {
            MapPicture.NodeMark mark = picture.nodes().get(i);
            if (Math.abs(view.x(mark.at()) - x) <= reach && Math.abs(view.y(mark.at()) - y) <= reach) {
                return i;
            }
        }
        return -1;
    }

    /** The edge under a pixel, or near it; -1 for none. */
    int edgeAt(double x, double y) {
        int nearest = -1;
        double least = 9;
        for (int i = 0; i < picture.edges().size(); i++) {
            double distance = line(i).distance(x, y);
            if (distance < least) {
                least = distance;
                nearest = i;
            }
        }
        return nearest;
    }
}
