package phalanx.show.ladder;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import phalanx.show.Palette;
import phalanx.show.Pen;

/** Writes packets' times on the left and what they are on the right, as far as there is room. One thread. */
final class RungTexts {
    private static final double LINE = 13.5;

    private final Pen pen;
    private final Viewport view;
    private final Palette palette;
    private final RungWords words;
    private final List<Double> taken = new ArrayList<>();

    RungTexts(Pen pen, Viewport view, Palette palette) {
        this.pen = pen;
        this.view = view;
        this.palette = palette;
        words = new RungWords(view.picture());
    }

    void paint(int rung, boolean strong) {
        double y = view.y(view.picture().scale().height(rung));
        if (y < view.head() + 5 || y > view.height() - 5 || !take(y)) {
            return;
        }
        LadderPicture picture = view.picture();
        int proof = picture.proofNumber(rung);
        pen.font(11, strong || proof > 0);
        pen.fill(palette.soft());
        String time = TimeWords.since(picture, picture.scale().start(rung));
        pen.text(time, view.left() - 12, y, Pen.Align.RIGHT, view.left() - 14);
        double x = view.right() + 10;
        double end = view.width() - Viewport.MINIMAP - 4;
        String content = words.content(rung);
        if (!content.isEmpty()) {
            pen.fill(palette.info());
            pen.text(content, x, y, Pen.Align.LEFT, end - x);
            x += content.length() * 6.4 + 8;
        }
        int fate = picture.fate(rung);
        pen.fill(
                (fate & PacketFates.LOST) != 0
                        ? palette.critical()
                        : (fate & PacketFates.AGAIN) != 0 ? palette.again() : palette.text());
        String number = proof > 0 ? "[" + proof + "] " : "";
        pen.text(number + words.fates(rung) + words.packet(rung), x, y, Pen.Align.LEFT, end - x);
    }

    /** Whether there is room for a line of text at that height; takes it. */
    boolean take(double y) {
        int place = Collections.binarySearch(taken, y);
        int after = place >= 0 ? place : -place - 1;
        boolean free = (after == taken.size() || taken.get(after) - y >= LINE)
                && (after == 0 || y - taken.get(after - 1) >= LINE);
        if (free) {
            taken.add(after, y);
        }
        return free;
    }
}
