package phalanx.show.ladder;

import javafx.scene.paint.Color;
import phalanx.show.Palette;

/**
 * Draws packets too many to be drawn one by one: a row of pixels tells how many cross each gap then, the stronger the more; what was
 * lost or sent again lies on top, two pixels high however rare. Screen thread.
 */
final class DensityPainter {
    private static final int LEVELS = 64, MARK_HEIGHT = 2;
    private static final double FAINTEST = 0.14;

    private final PixelInk ink;
    private final Palette palette;
    private final int[] counts;

    /** @param ink with an image begun, all of which is drawn upon */
    DensityPainter(PixelInk ink, Palette palette) {
        this.ink = ink;
        this.palette = palette;
        counts = new int[ink.height()];
    }

    /**
     * @param top height at the upper edge, rows of the ladder
     * @param perPixel rows of the ladder a pixel
     * @param lanes by gap: where it begins and ends, pixels from the image's left edge
     */
    void paint(LadderPicture picture, double top, double perPixel, double[][] lanes) {
        Crossings crossings = picture.crossings();
        double usual = Math.max(1, perPixel * picture.rungs() / picture.scale().bottom());
        int[] toServer = shades(palette.background(), palette.toServer());
        int[] toClient = shades(palette.background(), palette.toClient());
        for (int gap = 0; gap < crossings.gaps(); gap++) {
            int from = (int) lanes[gap][0] + 1;
            int to = (int) lanes[gap][1];
            int middle = (from + to) / 2;
            crossings.count(gap, Crossings.Kind.TO_SERVER, top, perPixel, counts);
            spread(toServer, from, middle, usual);
            crossings.count(gap, Crossings.Kind.TO_CLIENT, top, perPixel, counts);
            spread(toClient, middle, to, usual);
        }
        for (int gap = 0; gap < crossings.gaps(); gap++) {
            int middle = (int) (lanes[gap][0] + lanes[gap][1]) / 2;
            int reach = (int) Math.min(9, (lanes[gap][1] - lanes[gap][0]) / 5);
            crossings.count(gap, Crossings.Kind.AGAIN, top, perPixel, counts);
            mark(palette.again(), middle - reach - 4, middle - 3);
            mark(palette.again(), middle + 3, middle + reach + 4);
            crossings.count(gap, Crossings.Kind.LOST, top, perPixel, counts);
            mark(palette.critical(), middle - 2 * reach, middle + 2 * reach);
        }
    }

    private void spread(int[] shades, int from, int to, double usual) {
        double strongest = Math.log1p(8 * usual);
        for (int row = 0; row < counts.length; row++) {
            if (counts[row] > 0) {
                double strength = FAINTEST + (1 - FAINTEST) * Math.min(1, Math.log1p(counts[row]) / strongest);
                ink.row(row, from, to, shades[(int) (strength * (LEVELS - 1))]);
            }
        }
    }

    private void mark(Color colour, int from, int to) {
        int argb = PixelInk.argb(colour);
        for (int row = 0; row < counts.length; row++) {
            for (int y = row; counts[row] > 0 && y < row + MARK_HEIGHT; y++) {
                ink.row(y, from, to, argb);
            }
        }
    }

    private static int[] shades(Color background, Color colour) {
        int[] shades = new int[LEVELS];
        for (int i = 0; i < LEVELS; i++) {
            shades[i] = PixelInk.argb(background.interpolate(colour, (double) i / (LEVELS - 1)));
        }
        return shades;
    }
}
