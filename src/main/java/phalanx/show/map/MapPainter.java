package phalanx.show.map;

import phalanx.show.Palette;
import phalanx.show.Pen;

/** Draws a picture of the map: edges below, labels where there is room, nodes above. One thread. */
final class MapPainter {
    /** Beyond every canvas: nothing is written above its upper border. */
    private static final double FAR = 1e6;
    /** Pixels at which an edge, or a small node, is still hit. */
    private static final double NEAR = 9;

    private final MapInk ink;
    private final EdgePainter edges;
    private final NodePainter nodes;

    MapPainter(Pen pen, MapPicture picture, Palette palette, Viewport view, MapLight light) {
        ink = new MapInk(pen, picture, palette, view, light);
        edges = new EdgePainter(ink);
        nodes = new NodePainter(ink);
    }

    /** The whole picture with its labels. */
    void paint(double width, double height) {
        background(width, height);
        int[] order = edges.byWeight();
        for (int i = order.length - 1; i >= 0; i--) {
            edges.paint(order[i]);
        }
        overEdges(order);
    }

    /** The same with plain edges drawn pixel by pixel: for more of them than strokes are fast enough for. */
    void paint(EdgeRaster raster) {
        raster.fill(ink.palette().background());
        int[] order = edges.byWeight();
        for (int i = order.length - 1; i >= 0; i--) {
            if (edges.plain(order[i])) {
                edges.sketch(order[i], raster);
            }
        }
        ink.pen().image(raster.image(), 0, 0);
        for (int i = order.length - 1; i >= 0; i--) {
            if (!edges.plain(order[i])) {
                edges.paint(order[i]);
            }
        }
        overEdges(order);
    }

    /** Only what follows the mouse easily: lines and squares, pixel by pixel. */
    void sketch(EdgeRaster raster) {
        raster.fill(ink.palette().background());
        for (int i = 0; i < ink.picture().edges().size(); i++) {
            edges.sketch(i, raster);
        }
        for (int i = 0; i < ink.picture().nodes().size(); i++) {
            MapPicture.NodeMark mark = ink.picture().nodes().get(i);
            boolean selected = mark.node().id().equals(ink.light().place());
            raster.square(
                    ink.view().x(mark.at()),
                    ink.view().y(mark.at()),
                    ink.half(),
                    ink.palette().card(),
                    selected
                            ? ink.palette().selection()
                            : ink.shade(ink.palette().text(), ink.light().litNode(i)));
        }
        ink.pen().image(raster.image(), 0, 0);
    }

    /** Nodes and all labels. */
    private void overEdges(int[] order) {
        Occupied occupied = new Occupied();
        occupied.take(-FAR, -FAR, 2 * FAR, FAR);
        for (int i = 0; i < ink.picture().nodes().size(); i++) {
            nodes.take(occupied, i);
            nodes.paint(i);
        }
        nodes.label();
        EdgeLabels labels =
                new EdgeLabels(ink.pen(), ink.palette(), ink.text(NodePainter.FIGURES), ink.half(), occupied);
        for (int edge : order) {
            edges.figures(edge, labels);
        }
    }

    void background(double width, double height) {
        ink.pen().fill(ink.palette().background());
        ink.pen().rectangle(0, 0, width, height, 0);
    }

    /** The node under a pixel, -1 for none. */
    int nodeAt(double x, double y) {
        double reach = Math.max(NEAR, ink.half() + 3);
        for (int i = ink.picture().nodes().size() - 1; i >= 0; i--) {
            MapPicture.NodeMark mark = ink.picture().nodes().get(i);
            if (Math.abs(ink.view().x(mark.at()) - x) <= reach
                    && Math.abs(ink.view().y(mark.at()) - y) <= reach) {
                return i;
            }
        }
        return -1;
    }

    /** The edge under a pixel, or near it; -1 for none. */
    int edgeAt(double x, double y) {
        int nearest = -1;
        double least = NEAR;
        for (int i = 0; i < ink.picture().edges().size(); i++) {
            double distance = ink.line(i).distance(x, y);
            if (distance < least) {
                least = distance;
                nearest = i;
            }
        }
        return nearest;
    }
}
