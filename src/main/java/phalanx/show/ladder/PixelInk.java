package phalanx.show.ladder;

import java.nio.IntBuffer;
import java.util.Arrays;
import javafx.scene.image.Image;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;

/**
 * Draws onto pixels of its own and hands them over as an image. Two sheets take turns, as the last one may still be on its way to
 * the screen. Screen thread; one thread when it is for paper.
 */
final class PixelInk implements Ink {
    private static final int FULL = 256, VALUES = 7, STRIP = 32;

    /** An image and the pixels behind it. */
    private record Sheet(int width, int height, int[] pixels, PixelBuffer<IntBuffer> buffer, Image image) {
        static Sheet of(int width, int height) {
            int[] pixels = new int[width * height];
            PixelBuffer<IntBuffer> buffer =
                    new PixelBuffer<>(width, height, IntBuffer.wrap(pixels), PixelFormat.getIntArgbPreInstance());
            return new Sheet(width, height, pixels, buffer, new WritableImage(buffer));
        }
    }

    private final boolean paper;
    private double left;
    private double top;
    private Sheet sheet = Sheet.of(1, 1);
    private Sheet other = Sheet.of(1, 1);
    /** Ends, width and dashes of the lines that are still to be drawn. */
    private double[] lines = new double[64 * VALUES];

    private int[] colours = new int[64];
    private int count;

    /** @param paper whether its images are only read, by whom it is drawn for, and never shown */
    PixelInk(boolean paper) {
        this.paper = paper;
    }

    /** Begins a new image, whose upper left corner lies there within what is drawn. */
    void begin(double atLeft, double atTop, double wide, double high, Color background) {
        int width = (int) Math.max(1, wide);
        int height = (int) Math.max(1, high);
        Sheet next = other;
        other = sheet;
        sheet = next.width == width && next.height == height ? next : Sheet.of(width, height);
        left = atLeft;
        top = atTop;
        Arrays.fill(sheet.pixels, argb(background));
    }

    /** What was drawn since it began. */
    Image image() {
        for (int row = 0; row < sheet.height && count > 0; row += STRIP) {
            for (int line = 0; line < count; line++) {
                draw(line, row, Math.min(sheet.height, row + STRIP));
            }
        }
        count = 0;
        if (!paper) {
            sheet.buffer.updateBuffer(_ -> null);
        }
        return sheet.image;
    }

    static int argb(Color colour) {
        return 0xFF << 24
                | (int) Math.round(colour.getRed() * 255) << 16
                | (int) Math.round(colour.getGreen() * 255) << 8
                | (int) Math.round(colour.getBlue() * 255);
    }

    int height() {
        return sheet.height;
    }

    /** Fills part of a row of the image's pixels, opaque; what lies outside is left out. */
    void row(int y, int from, int to, int argb) {
        int begin = Math.clamp(from, 0, sheet.width);
        int end = Math.clamp(to, begin, sheet.width);
        if (y >= 0 && y < sheet.height) {
            Arrays.fill(sheet.pixels, y * sheet.width + begin, y * sheet.width + end, argb);
        }
    }

    @Override
    public void band(Color colour, double x, double y, double width, double height) {
        int end = (int) Math.min(sheet.height, Math.round(y + height - top));
        for (int row = (int) Math.max(0, Math.round(y - top)); row < end; row++) {
            row(row, (int) Math.round(x - left), (int) Math.round(x + width - left), argb(colour));
        }
    }

    /** Lines lie above all bands, in their own order. */
    @Override
    public void line(Color colour, double width, double[] dashes, double x1, double y1, double x2, double y2) {
        if (count == colours.length) {
            colours = Arrays.copyOf(colours, 2 * count);
            lines = Arrays.copyOf(lines, 2 * count * VALUES);
        }
        int at = count * VALUES;
        lines[at] = x1 - left;
        lines[at + 1] = y1 - top;
        lines[at + 2] = x2 - left;
        lines[at + 3] = y2 - top;
        lines[at + 4] = width;
        lines[at + 5] = dashes.length == 0 ? Double.MAX_VALUE : dashes[0];
        lines[at + 6] = dashes.length == 0 ? Double.MAX_VALUE : dashes[0] + dashes[1];
        colours[count++] = argb(colour);
    }

    /**
     * Draws the part of a line that lies in a strip of the image, by the share of each pixel that lies within the line's width, a step
     * of one pixel along its longer side at a time. Strip by strip, as a column of pixels of the whole image is not in the cache.
     */
    private void draw(int line, int upper, int lower) {
        int values = line * VALUES;
        double x1 = lines[values];
        double y1 = lines[values + 1];
        double x2 = lines[values + 2];
        double y2 = lines[values + 3];
        boolean steep = Math.abs(y2 - y1) > Math.abs(x2 - x1);
        double from = steep ? y1 : x1;
        double to = steep ? y2 : x2;
        double at = steep ? x1 : y1;
        double slope = from == to ? 0 : ((steep ? x2 : y2) - at) / (to - from);
        double begin = Math.max(0, Math.min(from, to));
        double end = Math.min(steep ? sheet.height : sheet.width, Math.max(from, to));
        if (steep) {
            begin = Math.max(begin, upper);
            end = Math.min(end, lower);
        } else if (slope != 0) {
            double enters = from + (upper - at) / slope;
            double leaves = from + (lower - at) / slope;
            begin = Math.max(begin, Math.min(enters, leaves));
            end = Math.min(end, Math.max(enters, leaves));
        } else if (at < upper || at >= lower) {
            return;
        }
        double stretch = Math.sqrt(1 + slope * slope);
        double half = lines[values + 4] / 2 * stretch;
        double ink = lines[values + 5];
        double period = lines[values + 6];
        double first = Math.min(from, to);
        for (int i = (int) begin; i < end; i++) {
            if ((i - first) * stretch % period < ink) {
                double middle = at + (i + 0.5 - from) * slope;
                across(steep, i, middle - half, middle + half, colours[line]);
            }
        }
    }

    /** Draws what a line covers of one row or column of pixels. */
    private void across(boolean steep, int i, double low, double high, int argb) {
        if (low < 0 || high >= (steep ? sheet.width : sheet.height)) {
            return;
        }
        int beside = steep ? 1 : sheet.width;
        int j = (int) low;
        int last = (int) high;
        int place = steep ? i * sheet.width + j : j * sheet.width + i;
        if (j == last) {
            blend(place, argb, (int) ((high - low) * FULL));
            return;
        }
        blend(place, argb, (int) ((j + 1 - low) * FULL));
        for (j++; j < last; j++) {
            place += beside;
            sheet.pixels[place] = argb;
        }
        blend(place + beside, argb, (int) ((high - last) * FULL));
    }

    /** @param weight of the colour, {@link #FULL} at most */
    private void blend(int place, int argb, int weight) {
        int below = sheet.pixels[place];
        int rest = FULL - weight;
        int redBlue = ((argb & 0xFF00FF) * weight + (below & 0xFF00FF) * rest) >>> 8 & 0xFF00FF;
        int green = ((argb & 0xFF00) * weight + (below & 0xFF00) * rest) >>> 8 & 0xFF00;
        sheet.pixels[place] = 0xFF << 24 | redBlue | green;
    }
}
