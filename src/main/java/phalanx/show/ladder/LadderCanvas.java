package phalanx.show.ladder;

import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.canvas.Canvas;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import phalanx.show.CanvasPen;
import phalanx.show.DeskView;
import phalanx.show.Palette;
import phalanx.show.Selection;
import phalanx.show.TextSize;

/**
 * The drawing of a ladder and the part of it that is seen. However often it is asked to, it draws once a frame. Screen thread.
 */
final class LadderCanvas extends Region {
    private static final double LEAST = 40;

    private final LadderViewModel model;
    private final ObservableValue<Palette> palette;
    private final Canvas canvas = new Canvas();
    private final TextSize texts = new TextSize();
    private final LadderPainter painter = new LadderPainter(false);
    private @Nullable Viewport view;
    private double pointer = Double.NaN;
    private double draggedFrom = Double.NaN;
    private double draggedTo = Double.NaN;
    private boolean dirty;
    private int revealed = Selection.NONE;
    /** Whether the user has not yet moved away from the first look. */
    private boolean untouched;
    /** Whether the end is looked at first, where what is captured comes in. */
    private boolean newest;

    LadderCanvas(LadderViewModel model, ObservableValue<Palette> palette) {
        this.model = model;
        this.palette = palette;
        getChildren().setAll(canvas, texts);
        setMinSize(200, 120);
        setPrefSize(600, 400);
        model.picture().subscribe(_ -> firstLook());
        model.selection().state().subscribe(state -> reveal(state.journey()));
        model.second().subscribe(_ -> repaint());
        model.noted().subscribe(_ -> repaint());
        palette.subscribe(_ -> repaint());
        texts.times().subscribe(_ -> refit());
        canvas.focusedProperty().subscribe(_ -> repaint());
    }

    Canvas canvas() {
        return canvas;
    }

    /** What is seen, null when there is nothing to see. */
    @Nullable
    Viewport view() {
        return view;
    }

    /** Goes to the end of this picture and of each new one. */
    void showNewest() {
        newest = true;
        Viewport now = view;
        if (now != null) {
            view = now.atEnd();
            repaint();
        }
    }

    /** Whether a packet of the picture that is seen is the selected one. */
    boolean isSelected(int rung) {
        return view != null
                && view.picture().journeys()[rung] == model.selection().now().journey();
    }

    /** Shows another part. */
    void show(Viewport next) {
        untouched = false;
        if (!next.equals(view)) {
            view = next;
            repaint();
        }
    }

    /** Height of the pointer on the canvas, NaN when it is elsewhere. */
    void pointAt(double y) {
        pointer = y;
        repaint();
    }

    /** The stretch that is being chosen, rows; NaN when none is. */
    void drag(double from, double to) {
        draggedFrom = from;
        draggedTo = to;
        repaint();
    }

    private void repaint() {
        dirty = true;
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        if (canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight()) {
            canvas.setWidth(getWidth());
            canvas.setHeight(getHeight());
            refit();
        }
        if (dirty) {
            dirty = false;
            paint();
        }
    }

    /** There is another room, or texts are of another size. */
    private void refit() {
        Viewport now = view;
        if (now != null && !untouched) {
            view = now.resized(getWidth(), getHeight(), texts.now());
            repaint();
        } else {
            firstLook();
        }
    }

    private void paint() {
        Viewport now = view;
        if (now == null || canvas.getHeight() < LEAST) {
            canvas.getGraphicsContext2D().clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        } else {
            CanvasPen pen = new CanvasPen(canvas.getGraphicsContext2D());
            painter.paint(pen, now, marks(now.picture(), true), palette.getValue());
            if (canvas.isFocused()) {
                pen.stroke(palette.getValue().selection(), 2);
                pen.frame(1, 1, canvas.getWidth() - 2, canvas.getHeight() - 2, 0);
            }
        }
    }

    private LadderMarks marks(LadderPicture picture, boolean withPointer) {
        Selection.State state = model.selection().now();
        return new LadderMarks(
                picture.rungOf(state.journey()),
                state.packet() == null ? Selection.NONE : state.packet().capture(),
                picture.rungOf(model.second().get()),
                model.noted().getValue(),
                state.capture(),
                withPointer ? pointer : Double.NaN,
                withPointer ? draggedFrom : Double.NaN,
                withPointer ? draggedTo : Double.NaN);
    }

    /** What is seen now, once more, for another pen; without the pointer. */
    Optional<DeskView.Drawing> drawing() {
        Viewport now = view;
        if (now == null) {
            return Optional.empty();
        }
        LadderMarks marks = marks(now.picture(), false);
        Palette colours = palette.getValue();
        return Optional.of(new DeskView.Drawing(
                now.width(), now.height(), pen -> new LadderPainter(true).paint(pen, now, marks, colours)));
    }

    /** A new picture starts with what proves the finding, or with the selected packet, or at its beginning. */
    private void firstLook() {
        LadderPicture picture = model.picture().get();
        Viewport before = view;
        if (picture == null || getHeight() < LEAST) {
            view = null;
        } else {
            Viewport next = Viewport.legible(picture, getWidth(), getHeight(), texts.now());
            int selected = picture.rungOf(model.selection().now().journey());
            if (before != null
                    && before.picture().scope().mode() != picture.scope().mode()) {
                next = next.centredOn(selected >= 0 ? selected : before.middleRung(picture));
            } else if (picture.proof().length > 0) {
                next = next.onProof(selected);
            } else if (selected >= 0) {
                next = next.centredOn(selected);
            } else if (newest) {
                next = next.atEnd();
            }
            view = next;
            untouched = true;
        }
        revealed = model.selection().now().journey();
        repaint();
    }

    private void reveal(int journey) {
        Viewport now = view;
        if (now != null && journey != revealed) {
            untouched = false;
            int rung = now.picture().rungOf(journey);
            if (rung >= 0 && !now.sees(rung)) {
                view = now.centredOn(rung);
            }
        }
        revealed = journey;
        repaint();
    }
}
