package phalanx.show.map;

import java.nio.IntBuffer;
import java.util.Arrays;
import javafx.scene.image.Image;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;

/**
 * Draws straight lines and squares into an image of its own, smoothed across by mixing the two nearest pixels (Wu 1991). Long
 * slanted lines cost a canvas without graphics hardware some 0.1 ms each, here a few microseconds: enough for a map of a thousand
 * edges to follow the mouse. Screen thread.
 */
final class EdgeRaster {
    private final int width;
    private final int height;
    private final int[] pixels;
    private final PixelBuffer<IntBuffer> buffer;
    private final WritableImage image;

    EdgeRaster(int width, int height) {
        this.width = width;
        this.height = height;
        pixels = new int[width * height];
        buffer = new PixelBuffer<>(width, height, IntBuffer.wrap(pixels), PixelFormat.getIntArgbPreInstance());
        image = new WritableImage(buffer);
    }

    boolean fits(int wide, int tall) {
        return width == wide && height == tall;
    }

    void fill(Color colour) {
        Arrays.fill(pixels, argb(colour));
    }

    /** @param thick pixels */
    void line(double x1, double y1, double x2, double y2, int thick, Color colour) {
        double dx = x2 - x1;
        double dy = y2 - y1;
        boolean flat = Math.abs(dx) >= Math.abs(dy);
        double length = flat ? dx : dy;
        if (length == 0) {
            return;
        }
        double slope = flat ? dy / dx : dx / dy;
        double begin = flat ? x1 : y1;
        double aside = flat ? y1 : x1;
        int most = flat ? width : height;
        int from = (int) Math.max(0, Math.ceil(Math.min(begin, begin + length)));
        int to = (int) Math.min(most - 1.0, Math.floor(Math.max(begin, begin + length)));
        int argb = argb(colour);
        for (int at = from; at <= to; at++) {
            double exact = aside + (at - begin) * slope - (thick - 1) / 2.0;
            int first = (int) Math.floor(exact);
            double behind = exact - first;
            for (int i = 0; i <= thick; i++) {
                double share = i == 0 ? 1 - behind : i == thick ? behind : 1;
                int other = first + i;
                if (other >= 0 && other < (flat ? height : width)) {
                    int pixel = flat ? other * width + at : at * width + other;
                    pixels[pixel] = mixed(pixels[pixel], argb, share);
                }
            }
        }
    }

    /** So much of one colour over another, channel by channel. */
    private static int mixed(int below, int above, double share) {
        int part = (int) (share * 256);
        int rest = 256 - part;
        int redAndBlue = ((below & 0xFF00FF) * rest + (above & 0xFF00FF) * part) >>> 8 & 0xFF00FF;
        int green = ((below & 0x00FF00) * rest + (above & 0x00FF00) * part) >>> 8 & 0x00FF00;
        return 0xFF000000 | redAndBlue | green;
    }

    /** A filled square with a border of one pixel. */
    void square(double x, double y, double half, Color fill, Color border) {
        int left = (int) Math.max(0, Math.round(x - half));
        int right = (int) Math.min(width, Math.round(x + half));
        int top = (int) Math.max(0, Math.round(y - half));
        int bottom = (int) Math.min(height, Math.round(y + half));
        int inside = argb(fill);
        int outside = argb(border);
        for (int at = top; at < bottom && left < right; at++) {
            Arrays.fill(
                    pixels, at * width + left, at * width + right, at == top || at == bottom - 1 ? outside : inside);
            pixels[at * width + left] = outside;
            pixels[at * width + right - 1] = outside;
        }
    }

    Image image() {
        buffer.updateBuffer(_ -> null);
        return image;
    }

    private static int argb(Color colour) {
        return 0xFF000000
                | (int) Math.round(colour.getRed() * 255) << 16
                | (int) Math.round(colour.getGreen() * 255) << 8
                | (int) Math.round(colour.getBlue() * 255);
    }
}
