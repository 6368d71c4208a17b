package phalanx.show.ladder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.TextAlignment;
import phalanx.explain.FactFormat;
import phalanx.show.Palette;

/**
 * Draws a ladder: strokes and texts while there is room, an image of densities when packets are closer than pixels, with what was lost or
 * sent again on top. Draws only what is visible. Screen thread.
 */
final class LadderPainter {
    static final double HEAD = 26, LEFT = 74, RIGHT = 170;
    private static final double[] SOLID = {}, DOTTED = {2, 4};
    private static final double STUB = 46;
    private static final double ROOM_FOR_TEXT = 13, ROOM_FOR_ARROWS = 0.7;

    private final GraphicsContext g;
    private final LadderPicture picture;
    private final Palette palette;
    private final double width;
    private final double height;
    private final double scroll;
    private final double zoom;

    /** Takes the visible height from {@code scroll} (in rows) on, at {@code zoom} pixels a row. */
    LadderPainter(
            GraphicsContext g,
            LadderPicture picture,
            Palette palette,
            double width,
            double height,
            double scroll,
            double zoom) {
        this.g = g;
        this.picture = picture;
        this.palette = palette;
        this.width = width;
        this.height = height;
        this.scroll = scroll;
        this.zoom = zoom;
    }

    void paint(int selectedJourney) {
        g.setFill(palette.background());
        g.fillRect(0, 0, width, height);
        for (int column = 0; column < picture.columns().size(); column++) {
            g.setStroke(palette.rail());
            g.setLineWidth(1.5);
            g.strokeLine(x(column), HEAD, x(column), height);
        }
        int first = Math.max(0, picture.scale().firstAt(scroll - 3));
        int last = Math.min(picture.rungs(), picture.scale().firstAt(scroll + (height - HEAD) / zoom + 1) + 1);
        double room = (height - HEAD) / Math.max(1, last - first);
        if (room < ROOM_FOR_ARROWS) {
            paintDensity(first, last);
        } else {
            List<Double> texts = new ArrayList<>();
            for (boolean important : new boolean[] {true, false}) {
                for (int rung = first; rung < last; rung++) {
                    boolean selected = picture.journeys()[rung] == selectedJourney;
                    if (important == (selected || picture.proof()[rung] > 0)) {
                        paintText(rung, selected, texts);
                    }
                }
            }
            for (int rung = first; rung < last; rung++) {
                paintArrows(rung, picture.journeys()[rung] == selectedJourney);
            }
        }
        paintHead();
    }

    private void paintHead() {
        g.setFill(palette.background());
        g.fillRect(0, 0, width, HEAD);
        g.setFill(palette.text());
        g.setTextAlign(TextAlignment.CENTER);
        g.setTextBaseline(VPos.CENTER);
        g.setFont(Font.font("System", FontWeight.BOLD, 12));
        double room = picture.columns().size() < 2 ? 200 : x(1) - x(0) - 8;
        for (int column = 0; column < picture.columns().size(); column++) {
            g.fillText(picture.columns().get(column), x(column), HEAD / 2, Math.max(60, room));
        }
        g.setStroke(palette.rail());
        g.setLineWidth(1);
        g.strokeLine(0, HEAD, width, HEAD);
    }

    private void paintArrows(int rung, boolean selected) {
        boolean proof = picture.proof()[rung] > 0;
        Color colour = picture.toServer()[rung] ? palette.toServer() : palette.toClient();
        if (picture.has(rung, LadderPicture.LOST)) {
            colour = palette.critical();
        } else if (picture.has(rung, LadderPicture.AGAIN)) {
            colour = palette.again();
        }
        g.setStroke(colour);
        g.setLineWidth(selected ? 3 : proof ? 2.2 : 1.1);
        g.setLineDashes(picture.has(rung, LadderPicture.ICMP) ? DOTTED : SOLID);
        int before = -1;
        int step = picture.toServer()[rung] ? 1 : -1;
        int begin = step > 0 ? 0 : picture.columns().size() - 1;
        for (int column = begin; column >= 0 && column < picture.columns().size(); column += step) {
            if (picture.time(rung, column) == LadderPicture.NOT_SEEN) {
                continue;
            }
            if (before >= 0) {
                g.strokeLine(x(before), y(picture.time(rung, before)), x(column), y(picture.time(rung, column)));
                if (picture.has(rung, LadderPicture.AGAIN)) {
                    g.strokeLine(
                            x(before),
                            y(picture.time(rung, before)) + 2.5,
                            x(column),
                            y(picture.time(rung, column)) + 2.5);
                }
            }
            before = column;
        }
        if (before >= 0 && alone(rung)) {
            g.strokeLine(
                    x(before) - step * STUB, y(picture.time(rung, before)), x(before), y(picture.time(rung, before)));
        }
        g.setLineDashes();
        if (before >= 0) {
            paintEnd(rung, before, step, colour);
        }
    }

    /** Whether one capture point only saw the packet, so that no way can be drawn. */
    private boolean alone(int rung) {
        int sightings = 0;
        for (int column = 0; column < picture.columns().size(); column++) {
            sightings += picture.time(rung, column) == LadderPicture.NOT_SEEN ? 0 : 1;
        }
        return sightings == 1 && !picture.has(rung, LadderPicture.LOST);
    }

    /** An arrow head where the packet arrived, a cross where it was lost. */
    private void paintEnd(int rung, int column, int step, Color colour) {
        double x = x(column);
        double y = y(picture.time(rung, column));
        if (picture.has(rung, LadderPicture.LOST)) {
            double end = x + step * 0.42 * (picture.columns().size() < 2 ? 80 : x(1) - x(0));
            g.strokeLine(x, y, end, y + 2);
            g.setLineWidth(2.2);
            g.strokeLine(end - 4, y - 2, end + 4, y + 6);
            g.strokeLine(end - 4, y + 6, end + 4, y - 2);
        } else if (zoom > 3) {
            g.setFill(colour);
            g.fillPolygon(new double[] {x, x - step * 7, x - step * 7}, new double[] {y, y - 3.2, y + 3.2}, 3);
        }
    }

    /** Where no other text is too close; what matters is asked first. */
    private void paintText(int rung, boolean selected, List<Double> texts) {
        double y = y(start(rung));
        int place = Collections.binarySearch(texts, y);
        int after = place >= 0 ? place : -place - 1;
        boolean free = (after == texts.size() || texts.get(after) - y >= ROOM_FOR_TEXT)
                && (after == 0 || y - texts.get(after - 1) >= ROOM_FOR_TEXT);
        if (free && y > HEAD + 4 && y < height) {
            texts.add(after, y);
            paintTexts(rung, y, selected);
        }
    }

    private void paintTexts(int rung, double y, boolean selected) {
        g.setTextBaseline(VPos.CENTER);
        g.setFont(Font.font("System", selected || picture.proof()[rung] > 0 ? FontWeight.BOLD : FontWeight.NORMAL, 11));
        g.setFill(palette.soft());
        g.setTextAlign(TextAlignment.RIGHT);
        long since = start(rung) - start(0);
        g.fillText(since == 0 ? "0" : FactFormat.duration(since), LEFT - 14, y, LEFT - 16);
        g.setTextAlign(TextAlignment.LEFT);
        g.setFill(picture.has(rung, LadderPicture.LOST) ? palette.critical() : palette.text());
        String number = picture.proof()[rung] > 0 ? "[" + picture.proof()[rung] + "] " : "";
        g.fillText(number + picture.labels().apply(rung) + words(rung), width - RIGHT + 16, y, RIGHT - 20);
    }

    private String words(int rung) {
        return (picture.has(rung, LadderPicture.LOST) ? "  lost" : "")
                + (picture.has(rung, LadderPicture.AGAIN) ? "  again" : "")
                + (picture.has(rung, LadderPicture.COPY) ? "  copy" : "")
                + (picture.has(rung, LadderPicture.LATE) ? "  late" : "")
                + (picture.has(rung, LadderPicture.MADE) ? "  made here" : "")
                + (picture.has(rung, LadderPicture.UNCAPTURED) ? "  not captured" : "");
    }

    /** One pixel row a row of the image: how many packets cross a segment then, by direction. */
    private void paintDensity(int first, int last) {
        int columns = picture.columns().size();
        int rows = Math.max(1, (int) (height - HEAD));
        int[][] out = new int[columns][rows];
        int[][] home = new int[columns][rows];
        byte[][] marked = new byte[columns][rows];
        for (int rung = first; rung < last; rung++) {
            for (int column = 0; column + 1 < columns; column++) {
                int near = picture.toServer()[rung] ? column : column + 1;
                long when = picture.time(rung, near);
                int row = when == LadderPicture.NOT_SEEN ? -1 : (int) (y(when) - HEAD);
                if (row >= 0 && row < rows) {
                    (picture.toServer()[rung] ? out : home)[column][row]++;
                    boolean ends = picture.time(rung, picture.toServer()[rung] ? column + 1 : column)
                            == LadderPicture.NOT_SEEN;
                    int marks = picture.marks()[rung] & (LadderPicture.AGAIN | (ends ? LadderPicture.LOST : 0));
                    marked[column][row] |= (byte) marks;
                }
            }
        }
        WritableImage image = new WritableImage(Math.max(1, (int) width), rows);
        int[] line = new int[(int) width];
        for (int row = 0; row < rows; row++) {
            Arrays.fill(line, argb(palette.background(), 1));
            for (int column = 0; column + 1 < columns; column++) {
                int from = (int) x(column) + 1;
                int to = (int) x(column + 1);
                int middle = (from + to) / 2;
                fill(line, from, middle, palette.toServer(), out[column][row]);
                fill(line, middle, to, palette.toClient(), home[column][row]);
                if (marked[column][row] != 0) {
                    boolean isLost = (marked[column][row] & LadderPicture.LOST) != 0;
                    Arrays.fill(line, middle - 8, middle + 8, argb(isLost ? palette.critical() : palette.again(), 1));
                }
            }
            image.getPixelWriter()
                    .setPixels(0, row, line.length, 1, PixelFormat.getIntArgbInstance(), line, 0, line.length);
        }
        g.drawImage(image, 0, HEAD);
    }

    private void fill(int[] line, int from, int to, Color colour, int count) {
        if (count > 0) {
            double strength = Math.min(1, 0.25 + 0.15 * Math.log1p(count));
            Arrays.fill(
                    line, from, Math.max(from, to), argb(palette.background().interpolate(colour, strength), 1));
        }
    }

    private static int argb(Color colour, double opacity) {
        return (int) (opacity * 255) << 24
                | (int) (colour.getRed() * 255) << 16
                | (int) (colour.getGreen() * 255) << 8
                | (int) (colour.getBlue() * 255);
    }

    private long start(int rung) {
        long start = Long.MAX_VALUE;
        for (int column = 0; column < picture.columns().size(); column++) {
            long time = picture.time(rung, column);
            start = time == LadderPicture.NOT_SEEN ? start : Math.min(start, time);
        }
        return start;
    }

    double x(int column) {
        int columns = picture.columns().size();
        double room = width - LEFT - RIGHT;
        return columns == 1 ? LEFT + room / 2 : LEFT + room * column / (columns - 1);
    }

    private double y(long time) {
        return HEAD + 12 + (picture.scale().height(time) - scroll) * zoom;
    }

    /** The rung nearest to a point, -1 when none is within reach. */
    int rungAt(double px, double py) {
        int first = Math.max(0, picture.scale().firstAt(scroll - 3));
        int last = Math.min(picture.rungs(), picture.scale().firstAt(scroll + (height - HEAD) / zoom + 1) + 1);
        int nearest = -1;
        double reach = 9;
        for (int rung = first; rung < last; rung++) {
            for (int column = 0; column < picture.columns().size(); column++) {
                if (picture.time(rung, column) != LadderPicture.NOT_SEEN) {
                    double dx = Math.max(
                            0, Math.abs(px - x(column)) - (picture.columns().size() < 2 ? 80 : (x(1) - x(0)) / 2));
                    double distance = Math.abs(py - y(picture.time(rung, column))) + dx;
                    if (distance < reach) {
                        reach = distance;
                        nearest = rung;
                    }
                }
            }
        }
        return nearest;
    }
}
