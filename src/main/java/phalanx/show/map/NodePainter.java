package phalanx.show.map;

import java.util.List;
import java.util.stream.IntStream;
import javafx.scene.paint.Color;
import phalanx.explain.ExplainedFinding;
import phalanx.show.Palette;
import phalanx.show.Pen;
import phalanx.show.TextRuler;
import phalanx.show.Words;
import phalanx.topology.Station;

/** Draws the nodes of the map with their names. One thread. */
final class NodePainter {
    /** Of the figures below names and on edges. */
    static final double FIGURES = 11;

    private static final double RING = 7, LABEL = 12, LEAST_ROOM = 44;

    private final MapInk ink;
    private final Pen pen;
    private final Palette palette;
    private final MapLight light;

    NodePainter(MapInk ink) {
        this.ink = ink;
        pen = ink.pen();
        palette = ink.palette();
        light = ink.light();
    }

    /** Takes the room that a node and its name need. */
    void take(Occupied occupied, int index) {
        MapPicture.NodeMark mark = ink.picture().nodes().get(index);
        double half = ink.half() + 3;
        double x = ink.view().x(mark.at());
        double y = ink.view().y(mark.at());
        occupied.take(x - half, y - half, 2 * half, 2 * half);
        if (!mark.findings().isEmpty()) {
            double wide = FindingChip.width(mark.findings().getFirst().id(), ink.text(FIGURES));
            double high = FindingChip.height(ink.text(FIGURES));
            occupied.take(x - half - wide / 2, y - half - high / 2, wide, high);
        }
        if (named()) {
            double room = ink.view().column() - 8;
            double wide = Math.min(
                    room,
                    Math.max(
                            TextRuler.width(mark.name(), ink.text(LABEL), true),
                            TextRuler.width(mark.detail(), ink.text(FIGURES), false)));
            occupied.take(x - wide / 2, y + half, wide, lines() + 8);
        }
    }

    void paint(int index) {
        MapPicture.NodeMark mark = ink.picture().nodes().get(index);
        boolean lit = light.litNode(index) && !ink.unfound(mark.found());
        double x = ink.view().x(mark.at());
        double y = ink.view().y(mark.at());
        double half = ink.half();
        boolean selected = mark.node().id().equals(light.place());
        if (light.proves(mark.findings())) {
            ring(x, y, half + RING + 4, palette.of(ink.finding().finding().severity()), 3);
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
                    ink.shade(palette.soft(), lit),
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
                ink.shade(hovered ? palette.selection() : palette.text(), lit),
                hovered ? 2.5 : 1.6);
        if (mark.node().station() instanceof Station.CapturePoint) {
            PlaceShapes.recorded(pen, x, y, half, ink.shade(palette.text(), lit));
        }
        if (selected) {
            ring(x, y, half + RING, palette.selection(), 3);
        }
    }

    private void ring(double x, double y, double radius, Color colour, double width) {
        pen.stroke(colour, width);
        pen.ring(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    /** Names, details and numbers of hosts, each in one go: choosing a font costs more than a text. */
    void label() {
        double size = ink.text(LABEL);
        double small = ink.text(FIGURES);
        double half = ink.half();
        List<MapPicture.NodeMark> told = IntStream.range(
                        0, ink.picture().nodes().size())
                .mapToObj(ink.picture().nodes()::get)
                .filter(mark -> named() || mark.found() || important(mark))
                .toList();
        pen.font(size, true);
        for (MapPicture.NodeMark mark : told) {
            double x = ink.view().x(mark.at());
            double y = ink.view().y(mark.at()) + half;
            String name = TextRuler.shortened(mark.name(), size, true, room(mark));
            String detail = detail(mark);
            double wide =
                    Math.max(TextRuler.width(name, size, true), detailed() ? TextRuler.width(detail, small, false) : 0);
            pen.fill(palette.background());
            pen.rectangle(x - wide / 2 - 2, y + 3, wide + 4, lines() + 6, 3);
            pen.fill(ink.shade(palette.text(), ink.lit(mark)));
            pen.text(name, x, y + size * 0.5 + 5, Pen.Align.CENTER, room(mark));
        }
        pen.font(small, false);
        for (MapPicture.NodeMark mark : detailed() ? told : List.<MapPicture.NodeMark>of()) {
            String detail = detail(mark);
            pen.fill(ink.shade(palette.soft(), ink.lit(mark)));
            double y = ink.view().y(mark.at()) + half + size + small * 0.5 + 7;
            pen.text(detail, ink.view().x(mark.at()), y, Pen.Align.CENTER, room(mark));
        }
        pen.font(Math.clamp(half * 0.62, 8, 14 * ink.view().text()), true);
        for (MapPicture.NodeMark mark : ink.picture().nodes()) {
            if (mark.node().hosts() > 1 && half > 9) {
                pen.fill(ink.shade(palette.text(), ink.lit(mark)));
                String hosts = Words.language().count(mark.node().hosts());
                pen.text(hosts, ink.view().x(mark.at()), ink.view().y(mark.at()), Pen.Align.CENTER, 1.6 * half);
            }
        }
        for (MapPicture.NodeMark mark : ink.picture().nodes()) {
            badge(mark.findings(), ink.view().x(mark.at()) - half, ink.view().y(mark.at()) - half);
        }
    }

    /** A node's second line, empty where it does not fit. */
    private String detail(MapPicture.NodeMark mark) {
        return TextRuler.width(mark.detail(), ink.text(FIGURES), false) <= room(mark) ? mark.detail() : "";
    }

    /** Selected or under the mouse. */
    private boolean important(MapPicture.NodeMark mark) {
        String id = mark.node().id();
        return id.equals(light.place()) || id.equals(light.hovered());
    }

    private double room(MapPicture.NodeMark mark) {
        return Math.max(
                ink.view().text() * (important(mark) ? 150 : LEAST_ROOM),
                ink.view().column() - 8);
    }

    /** Whether there is room for names below the nodes. */
    private boolean named() {
        return ink.view().column() - 8 >= LEAST_ROOM * ink.view().text();
    }

    /** Whether there is room for a second line below the names. */
    private boolean detailed() {
        return ink.view().row() >= 2 * ink.half() + ink.text(LABEL) + ink.text(FIGURES) + 8;
    }

    /** Height of the text below a node. */
    private double lines() {
        return ink.text(LABEL) + (detailed() ? ink.text(FIGURES) : 0);
    }

    private void badge(List<ExplainedFinding> findings, double x, double y) {
        if (!findings.isEmpty()) {
            boolean shown = light.proves(findings);
            ExplainedFinding told = shown ? ink.finding() : findings.getFirst();
            FindingChip.draw(pen, palette, told, told.id(), x, y, ink.text(FIGURES), shown);
        }
    }
}
