package phalanx.show.ladder;

import phalanx.show.Palette;
import phalanx.show.Pen;
import phalanx.show.TextRuler;

/** Draws what is pointed at: the moment under the pointer as each point's clock showed it, the two cursors, a stretch being chosen. One thread. */
final class CursorPainter {
    private static final double ROOM_FOR_CLOCK = 112, SIZE = 11, TALL = 16;

    private final Pen pen;
    private final Viewport view;
    private final Palette palette;

    CursorPainter(Pen pen, Viewport view, Palette palette) {
        this.pen = pen;
        this.view = view;
        this.palette = palette;
    }

    void paint(LadderMarks marks) {
        pen.clip(0, view.head(), view.width() - Viewport.MINIMAP, view.bodyHeight());
        if (!Double.isNaN(marks.draggedFrom())) {
            double top = view.y(Math.min(marks.draggedFrom(), marks.draggedTo()));
            double bottom = view.y(Math.max(marks.draggedFrom(), marks.draggedTo()));
            pen.fill(palette.selection().deriveColor(0, 1, 1, 0.18));
            pen.rectangle(view.left(), top, view.right() - view.left(), bottom - top, 0);
            pen.stroke(palette.selection(), 1.5);
            pen.line(view.left(), top, view.right(), top);
            pen.line(view.left(), bottom, view.right(), bottom);
            label(
                    "+" + TimeWords.seconds(time(marks, true) - time(marks, false)),
                    view.left() + 60 * view.text(),
                    (top + bottom) / 2);
        }
        if (marks.second() >= 0) {
            cursor("2", marks.second());
            if (marks.selected() >= 0) {
                cursor("1", marks.selected());
            }
        }
        if (!Double.isNaN(marks.pointer()) && marks.pointer() > view.head()) {
            pointer(marks.pointer());
        }
        pen.unclip();
    }

    private long time(LadderMarks marks, boolean later) {
        double rows = later
                ? Math.max(marks.draggedFrom(), marks.draggedTo())
                : Math.min(marks.draggedFrom(), marks.draggedTo());
        return view.picture().scale().timeAt(rows);
    }

    private void cursor(String name, int rung) {
        double y = view.y(view.picture().scale().height(rung));
        pen.stroke(palette.selection(), 1, 6, 3);
        pen.line(view.left() - 6, y, view.right(), y);
        pen.fill(palette.selection());
        double tall = TALL * view.text();
        pen.rectangle(view.left() - 10, y - tall / 2, tall - 1, tall, 3);
        pen.fill(palette.background());
        pen.font(SIZE * view.text(), true);
        pen.text(name, view.left() - 10 + (tall - 1) / 2, y, Pen.Align.CENTER, tall);
    }

    private void pointer(double y) {
        LadderPicture picture = view.picture();
        long time = picture.scale().timeAt(view.rowsAt(y));
        pen.stroke(palette.soft(), 1, 2, 3);
        pen.line(view.left() - 6, y, view.right(), y);
        label(TimeWords.since(picture, time), view.left() / 2 - 2, y);
        boolean room = picture.columns().size() == 1 || view.gap() >= ROOM_FOR_CLOCK * view.text();
        for (int column = 0; room && column < picture.columns().size(); column++) {
            LadderPicture.Column at = picture.columns().get(column);
            long moment = time + picture.shifts()[at.side()];
            String clock =
                    TimeWords.clock(TimeWords.own(picture.stitched().clocks().get(at.capture()), moment));
            if (at.timed()) {
                label(clock, view.x(column), y + view.text() * (y > view.head() + 24 * view.text() ? -11 : 11));
            }
        }
    }

    private void label(String text, double x, double y) {
        double size = SIZE * view.text();
        double tall = TALL * view.text();
        double half = TextRuler.width(text, size, false) / 2 + 5;
        pen.fill(palette.card());
        pen.rectangle(x - half, y - tall / 2, 2 * half, tall, 3);
        pen.stroke(palette.rail(), 1);
        pen.frame(x - half, y - tall / 2, 2 * half, tall, 3);
        pen.fill(palette.text());
        pen.font(size, false);
        pen.text(text, x, y, Pen.Align.CENTER, 2 * half);
    }
}
