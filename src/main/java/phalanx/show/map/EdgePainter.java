package phalanx.show.map;

import java.util.Comparator;
import java.util.stream.IntStream;
import phalanx.explain.ExplainedFinding;
import phalanx.show.Palette;
import phalanx.show.Pen;

/** Draws the edges of the map and the figures on them. One thread. */
final class EdgePainter {
    /** Of dashes; canvases lengthen each by its width. */
    private static final double DASH = 6, BETWEEN = 4.5;

    private final MapInk ink;
    private final Pen pen;
    private final Palette palette;
    private final MapLight light;

    EdgePainter(MapInk ink) {
        this.ink = ink;
        pen = ink.pen();
        palette = ink.palette();
        light = ink.light();
    }

    /** Edges by how much they matter: lit and with findings first. */
    int[] byWeight() {
        return IntStream.range(0, ink.picture().edges().size())
                .boxed()
                .sorted(Comparator.comparing(
                                (Integer i) -> !ink.edge(i).edge().id().equals(light.place()))
                        .thenComparing(i -> !light.litEdge(i))
                        .thenComparing(i -> ink.edge(i).health(), Comparator.reverseOrder())
                        .thenComparingLong(i -> -ink.edge(i).edge().bytes()))
                .mapToInt(i -> i)
                .toArray();
    }

    /** An edge that is neither selected nor marked nor has trouble. */
    boolean plain(int index) {
        MapPicture.EdgeMark mark = ink.edge(index);
        String id = mark.edge().id();
        return mark.health() == MapPicture.Health.OK
                && !mark.found()
                && !light.proves(mark.findings())
                && !id.equals(light.place())
                && !id.equals(light.hovered());
    }

    void sketch(int index, EdgeRaster raster) {
        EdgeLine line = ink.line(index);
        int last = line.xs().length - 1;
        int thick = (int) Math.max(1, Math.round(ink.edge(index).width() / 2));
        raster.line(line.xs()[0], line.ys()[0], line.xs()[last], line.ys()[last], thick, ink.colour(index));
    }

    void paint(int index) {
        MapPicture.EdgeMark mark = ink.edge(index);
        EdgeLine line = ink.line(index);
        boolean selected = mark.edge().id().equals(light.place());
        double width = mark.width() * Math.min(1.4, Math.max(0.5, ink.view().zoom()));
        if (selected || light.proves(mark.findings())) {
            pen.stroke(
                    palette.background().interpolate(selected ? palette.selection() : ink.colour(index), 0.4),
                    width + 11);
            stroke(line);
        }
        if (mark.edge().id().equals(light.hovered()) || mark.found()) {
            pen.stroke(palette.background().interpolate(palette.selection(), 0.35), width + 6);
            stroke(line);
        }
        switch (mark.health()) {
            case OK -> {
                pen.stroke(ink.colour(index), width);
                stroke(line);
            }
            case DEGRADED -> {
                double wide = Math.max(2, width);
                pen.stroke(ink.colour(index), wide, DASH, BETWEEN + wide);
                stroke(line);
            }
            case FAILING -> {
                double thin = Math.max(1.6, width / 2);
                pen.stroke(ink.colour(index), thin, DASH, BETWEEN + thin);
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

    void figures(int index, EdgeLabels labels) {
        MapPicture.EdgeMark mark = ink.edge(index);
        if (light.litEdge(index) && !ink.unfound(mark.found())) {
            boolean shown = light.proves(mark.findings());
            ExplainedFinding told = shown ? light.finding() : mark.trouble().orElse(null);
            labels.write(ink.line(index), mark.forward(), mark.backward(), told, shown);
        }
    }
}
