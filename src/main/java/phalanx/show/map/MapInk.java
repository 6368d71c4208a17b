package phalanx.show.map;

import javafx.scene.paint.Color;
import phalanx.explain.ExplainedFinding;
import phalanx.show.Palette;
import phalanx.show.Pen;

/** What all parts of the map are drawn with: where, in which colour, how large. One thread. */
record MapInk(Pen pen, MapPicture picture, Palette palette, Viewport view, MapLight light) {
    /** Half of a node's height at its own size, pixels. */
    static final double HALF = 21;

    private static final double GAP = 29, DIMMED = 0.25, CROWDED = 0.55, LEAST_TEXT = 9.5;

    /** Half of a node's height as it is seen, pixels. */
    double half() {
        return HALF * view.zoom();
    }

    MapPicture.EdgeMark edge(int index) {
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
    boolean unfound(boolean found) {
        return picture.request().find().isPresent() && !found;
    }

    /** A colour, dimmed for what does not belong to what is selected. */
    Color shade(Color colour, boolean lit) {
        return lit ? colour : palette.background().interpolate(colour, DIMMED);
    }

    /** The size of a text as it is seen. */
    double text(double size) {
        return Math.clamp(size * view.zoom(), LEAST_TEXT * view.text(), size * 1.5 * view.text());
    }

    /** Whether a node belongs to what is selected and looked for. */
    boolean lit(MapPicture.NodeMark mark) {
        return light.litNode(mark.index()) && !unfound(mark.found());
    }

    /** The finding that is selected; there must be one. */
    ExplainedFinding finding() {
        ExplainedFinding finding = light.finding();
        if (finding == null) {
            throw new IllegalStateException("no finding is selected");
        }
        return finding;
    }
}
