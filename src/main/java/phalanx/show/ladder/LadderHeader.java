package phalanx.show.ladder;

import phalanx.show.Palette;
import phalanx.show.Pen;
import phalanx.show.Words;
import phalanx.stitch.Conversation;

/** Draws the names of the columns with what is known of their clocks. One thread. */
final class LadderHeader {
    private static final Words WORDS = Words.of("ladder");
    private static final double LETTER = 7, STAGGERED_BELOW = 96;

    private final Pen pen;
    private final Viewport view;
    private final Palette palette;

    LadderHeader(Pen pen, Viewport view, Palette palette) {
        this.pen = pen;
        this.view = view;
        this.palette = palette;
    }

    /** @param selected capture point, -1 for none */
    void paint(int selected) {
        LadderPicture picture = view.picture();
        pen.fill(palette.card());
        pen.rectangle(0, 0, view.width(), view.head(), 0);
        pen.stroke(palette.rail(), 1);
        pen.line(0, view.head(), view.width(), view.head());
        double top = view.head() - 44;
        if (top > 0) {
            sides(top);
        }
        boolean staggered = picture.columns().size() > 1 && view.gap() < STAGGERED_BELOW;
        double room = picture.columns().size() == 1 ? 240 : (staggered ? 2 : 1) * view.gap() - 8;
        boolean more = view.x(picture.columns().size() - 1) > view.right() || view.x(0) < view.left();
        pen.clip(0, 0, more ? view.right() : view.width() - Viewport.MINIMAP, view.head());
        for (int column = 0; column < picture.columns().size(); column++) {
            LadderPicture.Column at = picture.columns().get(column);
            double x = view.x(column);
            boolean lower = staggered && column % 2 == 1;
            pen.font(12, true);
            pen.fill(at.capture() == selected ? palette.selection() : palette.text());
            pen.text(cut(at.name(), room), x, top + (lower ? 31 : 14), Pen.Align.CENTER, room);
            if (!staggered) {
                pen.font(11, false);
                pen.fill(at.timed() ? palette.soft() : palette.warning());
                pen.text(cut(at.clock(), room * 1.5), x, top + 31, Pen.Align.CENTER, room);
            }
            if (at.capture() == selected) {
                pen.fill(palette.selection());
                pen.rectangle(x - room / 2, view.head() - 3, room, 3, 0);
            }
        }
        pen.unclip();
        if (more) {
            pen.font(11, false);
            pen.fill(palette.soft());
            double end = view.width() - Viewport.MINIMAP;
            String words = WORDS.get("more-points", picture.columns().size());
            pen.text(words, view.right() + 10, view.head() / 2, Pen.Align.LEFT, end - view.right() - 14);
        }
    }

    private void sides(double height) {
        LadderPicture picture = view.picture();
        int[] conversations = {picture.scope().conversation(), picture.scope().compared()};
        double room = view.gap() * Math.max(1, picture.perSide() - 1) + 40;
        pen.font(11, true);
        for (int side = 0; side < conversations.length; side++) {
            Conversation of = picture.stitched().conversations().get(conversations[side]);
            double middle = (view.x(side * picture.perSide()) + view.x((side + 1) * picture.perSide() - 1)) / 2;
            pen.fill(palette.text());
            pen.text(
                    (side + 1) + ": " + cut(of.client() + " > " + of.server(), room),
                    middle,
                    height / 2 + 2,
                    Pen.Align.CENTER,
                    room);
        }
    }

    /** Its middle left out, so that what tells it from others is still there. */
    private static String cut(String text, double room) {
        int letters = (int) Math.max(4, room / LETTER);
        if (text.length() <= letters) {
            return text;
        }
        int tail = letters / 3;
        return text.substring(0, letters - tail - 1) + "\u2026" + text.substring(text.length() - tail);
    }
}
