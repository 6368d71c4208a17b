package phalanx.show.map;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;
import phalanx.explain.ExplainedFinding;
import phalanx.show.Palette;
import phalanx.show.Pen;
import phalanx.show.TextRuler;
import phalanx.show.Words;

/** Writes figures of both ways and the worst finding beside edges, where nothing else is; what has no room is left out. One thread. */
final class EdgeLabels {
    private static final double[] ALONG = {0.5, 0.36, 0.64};
    private static final double LEVEL = 0.2, OFF = 4;

    private final Pen pen;
    private final Palette palette;
    private final double size;
    private final double node;
    private final Occupied occupied;

    private record Line(String text, Color colour) {}

    /** @param size of the letters  @param node half of a node, both in pixels */
    EdgeLabels(Pen pen, Palette palette, double size, double node, Occupied occupied) {
        this.pen = pen;
        this.palette = palette;
        this.size = size;
        this.node = node;
        this.occupied = occupied;
    }

    /** @param told the finding to be named, null for none; named by its id at least  @param shown whether it is the selected one */
    void write(EdgeLine line, String forward, String backward, @Nullable ExplainedFinding told, boolean shown) {
        boolean level = Math.abs(line.ys()[0] - line.ys()[line.ys().length - 1]) < LEVEL * line.length();
        double room = level ? line.length() - OFF : Double.MAX_VALUE;
        List<Line> there = lines("\u2192 ", forward, palette.toServer(), room);
        List<Line> back = lines("\u2190 ", backward, palette.toClient(), room);
        double aside = told == null ? OFF : OFF + FindingChip.width(told.id(), size) / 2;
        double top = level ? above(line, there, back, room) : beside(line, there, back, aside);
        if (told != null) {
            chip(line, told, shown, top);
        }
    }

    /** In one line, or in two where one is too long. */
    private List<Line> lines(String arrow, String figures, Color colour, double room) {
        if (figures.isEmpty()) {
            return List.of();
        }
        List<Line> lines = new ArrayList<>();
        if (TextRuler.width(arrow + figures, size, false) <= room) {
            lines.add(new Line(arrow + figures, colour));
        } else {
            for (String part : figures.split(", ", -1)) {
                lines.add(new Line(lines.isEmpty() ? arrow + part : part, colour));
            }
        }
        return lines;
    }

    private double tall() {
        return size + 3;
    }

    private double wide(List<Line> lines) {
        return lines.stream()
                .mapToDouble(line -> TextRuler.width(line.text, size, false))
                .max()
                .orElse(0);
    }

    /** Forth above the line and back below it; the height above the line that is then free. */
    private double above(EdgeLine line, List<Line> there, List<Line> back, double room) {
        double wide = Math.max(wide(there), wide(back));
        double up = there.size() * tall() + OFF;
        double down = back.size() * tall() + OFF;
        for (double share : ALONG) {
            double x = line.x(share);
            double y = line.y(share);
            if (wide > 0 && wide <= room && occupied.takeIfFree(x - wide / 2, y - up, wide, up + down)) {
                stack(there.reversed(), x, y - OFF - tall() / 2, -tall(), Pen.Align.CENTER);
                stack(back, x, y + OFF + tall() / 2, tall(), Pen.Align.CENTER);
                return up;
            }
        }
        return wide > 0 ? overhead(line, there, back, wide) : OFF;
    }

    /** Where the nodes stand too close: all above the heads of the nodes. */
    private double overhead(EdgeLine line, List<Line> there, List<Line> back, double wide) {
        List<Line> all = new ArrayList<>(there);
        all.addAll(back);
        double high = all.size() * tall();
        double x = line.x(0.5);
        double y = line.y(0.5) - node - OFF;
        if (wide > line.length() + 2 * node + OFF || !occupied.takeIfFree(x - wide / 2, y - high, wide, high)) {
            return OFF;
        }
        stack(all, x, y - high + tall() / 2, tall(), Pen.Align.CENTER);
        return node + OFF + high;
    }

    /** All in a block beside a slanting line. @param aside pixels to be left free on either side of the line */
    private double beside(EdgeLine line, List<Line> there, List<Line> back, double aside) {
        List<Line> all = new ArrayList<>(there);
        all.addAll(back);
        double wide = wide(all) + 2 * OFF;
        double high = all.size() * tall();
        int last = line.xs().length - 1;
        boolean falling = (line.ys()[last] - line.ys()[0]) * (line.xs()[last] - line.xs()[0]) > 0;
        double shift =
                Math.abs(line.ys()[last] - line.ys()[0]) > Math.abs(line.xs()[last] - line.xs()[0]) ? 0 : high / 2;
        for (double share : ALONG) {
            double x = line.x(share);
            double y = line.y(share);
            double right = falling ? y - shift : y + shift;
            double left = falling ? y + shift : y - shift;
            if (!all.isEmpty() && occupied.takeIfFree(x + aside, right - high / 2, wide, high)) {
                stack(all, x + aside + OFF, right - high / 2 + tall() / 2, tall(), Pen.Align.LEFT);
                return OFF;
            }
            if (!all.isEmpty() && occupied.takeIfFree(x - aside - wide, left - high / 2, wide, high)) {
                stack(all, x - aside - OFF, left - high / 2 + tall() / 2, tall(), Pen.Align.RIGHT);
                return OFF;
            }
        }
        return OFF;
    }

    private void stack(List<Line> lines, double x, double y, double step, Pen.Align align) {
        pen.font(size, false);
        double at = y;
        for (Line line : lines) {
            double wide = TextRuler.width(line.text, size, false);
            double left = align == Pen.Align.LEFT ? x : align == Pen.Align.RIGHT ? x - wide : x - wide / 2;
            pen.fill(palette.background());
            pen.rectangle(left - 2, at - size * 0.6, wide + 4, size * 1.2, 2);
            pen.fill(line.colour);
            pen.text(line.text, x, at, align, wide(lines) + OFF);
            at += step;
        }
    }

    /** The finding's name above the figures, its id alone on the line where there is no room. */
    private void chip(EdgeLine line, ExplainedFinding told, boolean shown, double top) {
        String name = told.id() + " " + Words.language().kind(told.finding().kind());
        for (String text : List.of(name, told.id())) {
            double wide = FindingChip.width(text, size);
            double high = FindingChip.height(size) + 4;
            for (double share : ALONG) {
                for (double aside : new double[] {0, -wide / 2 - 2 * OFF, wide / 2 + 2 * OFF}) {
                    double x = line.x(share) + aside;
                    double y = line.y(share) - (aside == 0 ? top + high / 2 + 1 : 0);
                    if (occupied.takeIfFree(x - wide / 2, y - high / 2, wide, high)) {
                        FindingChip.draw(pen, palette, told, text, x, y, size, shown);
                        return;
                    }
                }
            }
        }
        FindingChip.draw(pen, palette, told, told.id(), line.x(0.5), line.y(0.5), size, shown);
    }
}
