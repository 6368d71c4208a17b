package phalanx.show.ladder;

import java.util.List;
import phalanx.show.Palette;
import phalanx.show.Pen;
import phalanx.show.TextRuler;
import phalanx.show.Words;
import phalanx.stitch.Conversation;

/** Draws the names of the columns with what is known of their clocks. One thread. */
final class LadderHeader {
    private static final Words WORDS = Words.of("ladder");
    private static final double NAME = 12, SMALL = 11, BETWEEN = 10;
    /** Where lines of text lie in the header of one conversation, at the usual size. */
    private static final double HEIGHT = 44, FIRST = 14, SECOND = 31;

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
        List<LadderPicture.Column> columns = picture.columns();
        double text = view.text();
        pen.fill(palette.card());
        pen.rectangle(0, 0, view.width(), view.head(), 0);
        pen.stroke(palette.rail(), 1);
        pen.line(0, view.head(), view.width(), view.head());
        double top = view.head() - HEIGHT * text;
        if (picture.scope().compares()) {
            sides(top);
        }
        double each = columns.size() == 1 ? view.right() - view.left() : view.gap() - BETWEEN;
        boolean staggered =
                columns.stream().anyMatch(column -> TextRuler.width(column.name(), NAME * text, true) > each);
        double room = staggered ? 2 * each + BETWEEN : each;
        boolean brief = columns.stream()
                .anyMatch(column -> TextRuler.width(clock(column).getFirst(), SMALL * text, false) > room);
        boolean more = view.x(columns.size() - 1) > view.right() || view.x(0) < view.left();
        pen.clip(0, 0, more ? view.right() : view.width() - Viewport.MINIMAP, view.head());
        for (int column = 0; column < columns.size(); column++) {
            LadderPicture.Column at = columns.get(column);
            double x = view.x(column);
            boolean lower = staggered && column % 2 == 1;
            pen.font(NAME * text, true);
            pen.fill(at.capture() == selected ? palette.selection() : palette.text());
            String name = TextRuler.shortened(at.name(), NAME * text, true, room);
            pen.text(name, x, top + (lower ? SECOND : FIRST) * text, Pen.Align.CENTER, room);
            if (!staggered) {
                List<String> clock = clock(at);
                pen.font(SMALL * text, false);
                pen.fill(at.timed() ? palette.soft() : palette.warning());
                pen.text(brief ? clock.getLast() : clock.getFirst(), x, top + SECOND * text, Pen.Align.CENTER, room);
            }
            if (at.capture() == selected) {
                pen.fill(palette.selection());
                pen.rectangle(x - each / 2, view.head() - 3, each, 3, 0);
            }
        }
        pen.unclip();
        if (more) {
            pen.font(SMALL * text, false);
            pen.fill(palette.soft());
            double end = view.width() - Viewport.MINIMAP;
            String words = WORDS.get("more-points", columns.size());
            pen.text(words, view.right() + 10, view.head() / 2, Pen.Align.LEFT, end - view.right() - 14);
        }
    }

    private List<String> clock(LadderPicture.Column column) {
        return ClockWords.of(view.picture().stitched().clocks().get(column.capture()));
    }

    private void sides(double height) {
        LadderPicture picture = view.picture();
        int[] conversations = {picture.scope().conversation(), picture.scope().compared()};
        double room = view.gap() * picture.perSide() - BETWEEN;
        double size = SMALL * view.text();
        pen.font(size, true);
        for (int side = 0; side < conversations.length; side++) {
            Conversation of = picture.stitched().conversations().get(conversations[side]);
            double middle = (view.x(side * picture.perSide()) + view.x((side + 1) * picture.perSide() - 1)) / 2;
            pen.fill(palette.text());
            pen.text(
                    TextRuler.shortened(
                            (side + 1) + ": " + picture.names().of(of.client()) + " > "
                                    + picture.names().of(of.server()),
                            size,
                            true,
                            room),
                    middle,
                    height / 2 + 2,
                    Pen.Align.CENTER,
                    room);
        }
    }
}
