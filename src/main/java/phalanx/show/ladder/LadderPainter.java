package phalanx.show.ladder;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import phalanx.measure.PacketFates;
import phalanx.show.Palette;
import phalanx.show.Pen;
import phalanx.show.TextRuler;
import phalanx.show.Words;

/**
 * Draws what is seen of a ladder. However many packets there are, a drawing takes a bounded number of strokes: arrows while there are
 * pixels for each, shades when there are not. One thread; keeps its images for the next drawing.
 */
final class LadderPainter {
    private static final Words WORDS = Words.of("ladder");
    private static final int MOST_FROM_ABOVE = 200, MOST_PROOFS = 60;
    private static final double USUAL_WIDTH = 1.2, STRONG_WIDTH = 2, OUTLINE_WIDTH = 6;
    private static final double[] FOLD_DASHES = {4, 4};
    private static final double TICK_ROOM = 56, FOLD_HEIGHT = 16, TEXT = 11;

    private final boolean paper;
    private final PixelInk pixels;
    private final Minimap minimap;

    /** @param paper whether every line is to be a stroke of the pen, and not part of an image; any thread may then paint */
    LadderPainter(boolean paper) {
        this.paper = paper;
        pixels = new PixelInk(paper);
        minimap = new Minimap(paper);
    }

    void paint(Pen pen, Viewport view, LadderMarks marks, Palette palette) {
        LadderPicture picture = view.picture();
        Detail detail = Detail.of(view);
        int end = view.endRung();
        int[] drawn = detail == Detail.DENSITY ? new int[0] : arrows(view);
        int[] proof = visibleProof(picture, view.firstRung(), end);
        pen.fill(palette.background());
        pen.rectangle(0, 0, view.width(), view.height(), 0);
        double wide = view.right() - view.left();
        pen.clip(view.left(), view.head(), wide, view.bodyHeight());
        boolean image = !paper || detail == Detail.DENSITY;
        if (image) {
            pixels.begin(view.left(), view.head(), wide, view.bodyHeight(), palette.background());
        }
        if (detail == Detail.DENSITY) {
            new DensityPainter(pixels, palette).paint(picture, view.rowsAt(view.head()), 1 / view.zoom(), view.lanes());
        }
        if (image && paper) {
            pen.image(pixels.image(), view.left(), view.head());
        }
        lines(paper ? Ink.of(pen) : pixels, view, marks, palette, drawn, proof);
        if (!paper) {
            pen.image(pixels.image(), view.left(), view.head());
        }
        ArrowPainter arrows = new ArrowPainter(Ink.of(pen), view, palette);
        for (int rung : drawn) {
            arrows.head(pen, rung);
        }
        for (int rung : proof) {
            arrows.head(pen, rung);
        }
        if (marks.selected() >= 0) {
            arrows.head(pen, marks.selected());
            arrows.sightings(pen, marks.selected(), marks.sighting());
        }
        for (int rung : marks.noted().subMap(view.firstRung(), view.endRung()).keySet()) {
            arrows.bookmark(pen, rung);
        }
        pen.unclip();
        pen.clip(0, view.head(), view.width() - Viewport.MINIMAP, view.bodyHeight());
        texts(pen, view, marks, palette, detail, drawn, proof);
        pen.unclip();
        minimap.paint(pen, view, palette);
        new LadderHeader(pen, view, palette).paint(marks.capture());
        new CursorPainter(pen, view, palette).paint(marks);
    }

    /** Rungs that are drawn one by one: those that start in the body, and those that reach into it from just above. */
    static int[] arrows(Viewport view) {
        int first = view.firstRung();
        ArrowPainter none = new ArrowPainter(Ink.NONE, view, Palette.LIGHT);
        return IntStream.range(Math.max(0, first - MOST_FROM_ABOVE), view.endRung())
                .filter(rung -> rung >= first || none.reaches(rung))
                .toArray();
    }

    private static void lines(Ink ink, Viewport view, LadderMarks marks, Palette palette, int[] drawn, int[] proof) {
        ArrowPainter arrows = new ArrowPainter(ink, view, palette);
        for (int column = 0; column < view.picture().columns().size(); column++) {
            ink.band(palette.rail(), Math.rint(view.x(column) - 1), view.head(), 2, view.bodyHeight());
        }
        for (int rung : drawn) {
            fold(ink, view, palette, rung);
        }
        for (int rung : drawn) {
            arrows.way(rung, USUAL_WIDTH);
        }
        for (int rung : proof) {
            arrows.outline(rung, palette.warning(), OUTLINE_WIDTH);
            arrows.outline(rung, palette.background(), OUTLINE_WIDTH - 2);
            arrows.way(rung, STRONG_WIDTH);
        }
        if (marks.second() >= 0) {
            arrows.way(marks.second(), STRONG_WIDTH);
        }
        if (marks.selected() >= 0) {
            arrows.outline(marks.selected(), palette.selection(), OUTLINE_WIDTH + 3);
            arrows.outline(marks.selected(), palette.background(), OUTLINE_WIDTH - 1);
            arrows.way(marks.selected(), STRONG_WIDTH);
        }
    }

    private static void texts(
            Pen pen, Viewport view, LadderMarks marks, Palette palette, Detail detail, int[] drawn, int[] proof) {
        RungTexts texts = new RungTexts(pen, view, palette);
        if (marks.selected() >= 0) {
            texts.paint(marks.selected(), true);
        }
        if (marks.second() >= 0) {
            texts.paint(marks.second(), true);
        }
        for (int rung : proof) {
            texts.paint(rung, false);
        }
        for (int rung : drawn) {
            if (view.picture().has(rung, PacketFates.LOST | PacketFates.AGAIN)) {
                texts.paint(rung, false);
            }
        }
        for (int rung : drawn) {
            if (detail == Detail.TEXT) {
                texts.paint(rung, false);
            }
            foldWords(pen, view, palette, rung);
        }
        if (detail != Detail.TEXT) {
            ticks(pen, view, palette, texts);
        }
    }

    /** A silence that was folded away before a packet. */
    private static void fold(Ink ink, Viewport view, Palette palette, int rung) {
        if (view.picture().scale().foldedBefore(rung) > 0) {
            double half = foldHeight(view) / 2;
            double middle = foldMiddle(view, rung);
            double wide = view.right() - view.left();
            ink.band(palette.card(), view.left(), middle - half, wide, 2 * half);
            ink.line(palette.soft(), 1, FOLD_DASHES, view.left(), middle - half, view.right(), middle - half);
            ink.line(palette.soft(), 1, FOLD_DASHES, view.left(), middle + half, view.right(), middle + half);
        }
    }

    private static void foldWords(Pen pen, Viewport view, Palette palette, int rung) {
        long silence = view.picture().scale().foldedBefore(rung);
        double size = TEXT * view.text();
        if (silence > 0 && foldHeight(view) > size) {
            double x = Math.max(view.x(0) + 10, view.left() + 4);
            String duration = Words.language().duration(silence);
            double gap = view.picture().columns().size() == 1 ? view.right() - x - 4 : view.gap() - 20;
            double room = Math.max(gap, TextRuler.width(duration, size, false)); // words cover what passes behind them
            String words = RungTexts.longest(List.of(WORDS.get("silence", duration), duration), room, size, false);
            double middle = foldMiddle(view, rung);
            double wide = Math.min(room, TextRuler.width(words, size, false));
            pen.fill(palette.card());
            pen.rectangle(x - 4, middle - size * 0.6, wide + 8, size * 1.2, 0);
            pen.font(size, false);
            pen.fill(palette.soft());
            pen.text(words, x, middle, Pen.Align.LEFT, wide + 4);
        }
    }

    private static double foldHeight(Viewport view) {
        return Math.min(FOLD_HEIGHT * view.text(), TimeScale.FOLD * view.zoom() * 0.6);
    }

    private static double foldMiddle(Viewport view, int rung) {
        return view.y(view.picture().scale().height(rung) - TimeScale.FOLD / 2);
    }

    /** Evenly taken where there are too many. */
    private static int[] visibleProof(LadderPicture picture, int first, int end) {
        int from = place(picture.proof(), first);
        int to = place(picture.proof(), end);
        int step = Math.max(1, (to - from + MOST_PROOFS - 1) / MOST_PROOFS);
        int[] some = new int[(to - from + step - 1) / step];
        for (int i = 0; i < some.length; i++) {
            some[i] = picture.proof()[from + i * step];
        }
        return some;
    }

    private static int place(int[] sorted, int rung) {
        int at = Arrays.binarySearch(sorted, rung);
        return at >= 0 ? at : -at - 1;
    }

    /** Times at even distances, where no packet has room for its own. */
    private static void ticks(Pen pen, Viewport view, Palette palette, RungTexts texts) {
        pen.font(TEXT * view.text(), false);
        double room = TICK_ROOM * view.text();
        for (double y = view.head() + room / 2; y < view.height(); y += room) {
            double rows = view.rowsAt(y);
            if (rows >= 0 && rows <= view.picture().scale().end() && texts.take(y)) {
                pen.fill(palette.soft());
                pen.text(
                        TimeWords.since(view.picture(), view.picture().scale().timeAt(rows)),
                        view.left() - 12,
                        y,
                        Pen.Align.RIGHT,
                        view.left() - 14);
                pen.stroke(palette.rail(), 1);
                pen.line(view.left() - 8, y, view.left() - 2, y);
            }
        }
    }
}
