package phalanx.show.ladder;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import phalanx.measure.PacketFates;
import phalanx.show.Palette;
import phalanx.show.Pen;
import phalanx.show.TextRuler;

/** Writes packets' times on the left and what they are on the right, as far as there is room. One thread. */
final class RungTexts {
    private static final double LINE = 13.5, SIZE = 11, BETWEEN = 10;

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
        boolean bold = strong || proof > 0;
        double size = SIZE * view.text();
        pen.font(size, bold);
        pen.fill(palette.soft());
        String time = TimeWords.since(picture, picture.scale().start(rung));
        pen.text(time, view.left() - 12, y, Pen.Align.RIGHT, view.left() - 14);
        double x = view.right() + 10;
        double end = view.width() - Viewport.MINIMAP - 4;
        String content = words.content(rung);
        if (!content.isEmpty()) {
            pen.fill(palette.info());
            pen.text(content, x, y, Pen.Align.LEFT, end - x);
            x += TextRuler.width(content, size, bold) + BETWEEN;
        }
        int fate = picture.fate(rung);
        pen.fill(
                (fate & PacketFates.LOST) != 0
                        ? palette.critical()
                        : (fate & PacketFates.AGAIN) != 0 ? palette.again() : palette.text());
        String number = proof > 0 ? "[" + proof + "] " : "";
        double room = end - x;
        pen.text(longest(ways(number, rung), room, size, bold), x, y, Pen.Align.LEFT, room);
    }

    private List<String> ways(String number, int rung) {
        List<String> ways = new ArrayList<>();
        List<String> packet = words.packet(rung);
        packet.forEach(way -> ways.add(number + words.fates(rung) + way));
        ways.add(number + words.briefFates(rung) + packet.getLast());
        ways.add(number + words.briefFates(rung));
        return ways;
    }

    /** The first that fits, of ways to say the same from the longest to the shortest; the shortest when none does. */
    static String longest(List<String> ways, double room, double size, boolean bold) {
        return ways.stream()
                .filter(way -> TextRuler.width(way, size, bold) <= room)
                .findFirst()
                .orElseGet(ways::getLast);
    }

    /** Whether there is room for a line of text at that height; takes it. */
    boolean take(double y) {
        int place = Collections.binarySearch(taken, y);
        int after = place >= 0 ? place : -place - 1;
        double line = LINE * view.text();
        boolean free = (after == taken.size() || taken.get(after) - y >= line)
                && (after == 0 || y - taken.get(after - 1) >= line);
        if (free) {
            taken.add(after, y);
        }
        return free;
    }
}
