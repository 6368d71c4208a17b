package phalanx.show.charts;

import java.awt.geom.Rectangle2D;
import phalanx.show.Selection;

/** Finds the packet that a place or a key stroke means. Any thread. */
final class NearestPacket {
    private static final double REACH = 9;

    private NearestPacket() {}

    /** The packet drawn nearest to a place, {@link Selection#NONE} when none is within a few pixels. */
    static int at(ChartPicture picture, Frame frame, double x, double y) {
        int row = frame.row(y);
        if (row < 0 || row >= picture.panels().size()) {
            return Selection.NONE;
        }
        Panel panel = picture.panels().get(row);
        Rectangle2D area = frame.plot(row);
        double secondsAPixel = (picture.toSeconds() - picture.fromSeconds()) / area.getWidth();
        double unitsAPixel = (panel.high() - panel.low()) / area.getHeight();
        double second = picture.fromSeconds() + (x - area.getX()) * secondsAPixel;
        double value = panel.high() - (y - area.getY()) * unitsAPixel;
        int best = Selection.NONE;
        double nearest = REACH;
        for (Layer layer : panel.layers()) {
            int[] journeys = layer.journeys();
            int from = journeys.length == 0 ? 0 : Math.max(0, layer.at(second - REACH * secondsAPixel));
            int end = journeys.length == 0 ? 0 : layer.at(second + REACH * secondsAPixel) + 1;
            for (int i = from; i < end; i++) {
                double away = value > layer.high()[i]
                        ? value - layer.high()[i]
                        : value < layer.low()[i] ? layer.low()[i] - value : 0;
                double distance = Math.hypot((layer.seconds()[i] - second) / secondsAPixel, away / unitsAPixel);
                if (distance < nearest && journeys[i] != Selection.NONE) {
                    nearest = distance;
                    best = journeys[i];
                }
            }
        }
        return best;
    }

    /**
     * The packet drawn next in time, of those at one moment the next by number.
     *
     * @param journey the one to start from
     * @param second where to start when that one is not drawn here
     * @param forward false for the one before
     * @return {@link Selection#NONE} at the end
     */
    static int beside(Panel panel, int journey, double second, boolean forward) {
        double here = second;
        for (Layer layer : panel.layers()) {
            for (int i = 0; i < layer.journeys().length; i++) {
                here = journey != Selection.NONE && layer.journeys()[i] == journey ? layer.seconds()[i] : here;
            }
        }
        int way = forward ? 1 : -1;
        int best = Selection.NONE;
        double nearest = here;
        for (Layer layer : panel.layers()) {
            for (int i = 0; i < layer.journeys().length; i++) {
                double when = layer.seconds()[i];
                int other = layer.journeys()[i];
                if (other != Selection.NONE
                        && other != journey
                        && way * order(when, other, here, journey) > 0
                        && (best == Selection.NONE || way * order(when, other, nearest, best) < 0)) {
                    nearest = when;
                    best = other;
                }
            }
        }
        return best;
    }

    private static int order(double second, int journey, double otherSecond, int otherJourney) {
        int byTime = Double.compare(second, otherSecond);
        return byTime != 0 ? byTime : Integer.compare(journey, otherJourney);
    }
}
