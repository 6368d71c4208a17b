package phalanx.show.ladder;

import javafx.scene.TraversalDirection;
import javafx.scene.canvas.Canvas;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import phalanx.show.Selection;

/**
 * What mouse and keyboard do on a ladder: wheel and drag pan, Ctrl and wheel zoom, Shift and drag narrow the time, a click selects a
 * packet, Alt or Ctrl and click measure against it. Screen thread.
 */
final class LadderInput {
    static final double ZOOM_STEP = 1.25;

    private static final double STEP = 60, LEAST_DRAG = 4;

    private final LadderViewModel model;
    private final LadderCanvas ladder;
    private double lastX;
    private double lastY;
    private double rangeFrom = Double.NaN;
    private boolean onMinimap;

    LadderInput(LadderViewModel model, LadderCanvas ladder) {
        this.model = model;
        this.ladder = ladder;
        Canvas canvas = ladder.canvas();
        canvas.setOnMouseMoved(move -> {
            Viewport view = ladder.view();
            boolean elsewhere = view != null && Minimap.isAt(view, move.getX(), move.getY());
            ladder.pointAt(elsewhere ? Double.NaN : move.getY());
        });
        canvas.setOnMouseExited(_ -> ladder.pointAt(Double.NaN));
        canvas.setOnMousePressed(this::pressed);
        canvas.setOnMouseDragged(this::dragged);
        canvas.setOnMouseReleased(_ -> released());
        canvas.setOnMouseClicked(this::clicked);
        canvas.setOnScroll(this::wheel);
        canvas.setOnKeyPressed(this::key);
    }

    private void pressed(MouseEvent press) {
        ladder.canvas().requestFocus();
        lastX = press.getX();
        lastY = press.getY();
        Viewport view = ladder.view();
        onMinimap = view != null && Minimap.isAt(view, press.getX(), press.getY());
        if (view != null && onMinimap) {
            ladder.show(view.centred(Minimap.rowsAt(view, press.getY())));
        } else if (view != null && press.isShiftDown()) {
            rangeFrom = view.rowsAt(press.getY());
        }
    }

    private void dragged(MouseEvent drag) {
        Viewport view = ladder.view();
        if (view == null) {
            return;
        }
        if (onMinimap) {
            ladder.show(view.centred(Minimap.rowsAt(view, drag.getY())));
        } else if (!Double.isNaN(rangeFrom)) {
            ladder.drag(rangeFrom, view.rowsAt(drag.getY()));
        } else {
            ladder.show(view.panned(lastX - drag.getX(), lastY - drag.getY()));
        }
        lastX = drag.getX();
        lastY = drag.getY();
    }

    private void released() {
        Viewport view = ladder.view();
        double from = rangeFrom;
        rangeFrom = Double.NaN;
        ladder.drag(Double.NaN, Double.NaN);
        if (view != null && !Double.isNaN(from) && Math.abs(view.y(from) - lastY) > LEAST_DRAG) {
            TimeScale scale = view.picture().scale();
            double to = view.rowsAt(lastY);
            model.selection()
                    .range(new Selection.Range(scale.timeAt(Math.min(from, to)), scale.timeAt(Math.max(from, to))));
        }
    }

    private void clicked(MouseEvent click) {
        Viewport view = ladder.view();
        if (view == null || onMinimap || !click.isStillSincePress() || click.getButton() != MouseButton.PRIMARY) {
            return;
        }
        int rung = PacketUnderPointer.at(view, click.getX(), click.getY());
        int journey = rung < 0 ? Selection.NONE : view.picture().journeys()[rung];
        if (click.isAltDown() || click.isShortcutDown()) {
            model.measureAgainst(journey);
        } else if (!click.isShiftDown()) {
            model.selection().journey(journey);
        }
    }

    private void wheel(ScrollEvent wheel) {
        Viewport view = ladder.view();
        if (view == null) {
            return;
        }
        if (wheel.isShortcutDown()) {
            ladder.show(view.zoomed(Math.pow(ZOOM_STEP, Math.signum(wheel.getDeltaY())), wheel.getY()));
        } else {
            ladder.show(view.panned(-wheel.getDeltaX(), -wheel.getDeltaY()));
        }
        wheel.consume();
    }

    private void key(KeyEvent key) {
        Viewport view = ladder.view();
        boolean plain = !key.isShortcutDown() && !key.isAltDown();
        boolean used = tab(key) || plain && (mode(key) || packet(key) || view != null && move(key, view));
        if (used) {
            key.consume();
        }
    }

    /** Tab goes from sighting to sighting of the selected packet; without one, or with Ctrl, it leaves the ladder. */
    private boolean tab(KeyEvent key) {
        boolean sightings = model.selection().now().journey() != Selection.NONE;
        return switch (key.getCode()) {
            case TAB -> {
                if (key.isControlDown()) {
                    ladder.canvas()
                            .requestFocusTraversal(
                                    key.isShiftDown() ? TraversalDirection.PREVIOUS : TraversalDirection.NEXT);
                } else if (sightings) {
                    model.selection().nextSighting(key.isShiftDown() ? -1 : 1);
                }
                yield key.isControlDown() || sightings;
            }
            default -> false;
        };
    }

    private boolean mode(KeyEvent key) {
        switch (key.getCode()) {
            case T -> model.mode().set(TimeScale.Mode.TIME);
            case E -> model.mode().set(TimeScale.Mode.EVEN);
            case G -> model.mode().set(TimeScale.Mode.FOLDED);
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean packet(KeyEvent key) {
        switch (key.getCode()) {
            case N, PERIOD, DOWN -> model.step(1);
            case P, COMMA, UP -> model.step(-1);
            case HOME -> model.step(Integer.MIN_VALUE);
            case END -> model.step(Integer.MAX_VALUE);
            case DIGIT1 -> model.swapCursors();
            case DIGIT2 -> model.measureAgainst(model.selection().now().journey());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean move(KeyEvent key, Viewport view) {
        double page = view.bodyHeight() - STEP;
        double middle = view.head() + view.bodyHeight() / 2;
        switch (key.getCode()) {
            case W -> ladder.show(view.panned(0, -STEP));
            case S -> ladder.show(view.panned(0, STEP));
            case A, LEFT -> ladder.show(view.panned(-STEP, 0));
            case D, RIGHT -> ladder.show(view.panned(STEP, 0));
            case PAGE_UP -> ladder.show(view.panned(0, -page));
            case PAGE_DOWN -> ladder.show(view.panned(0, page));
            case PLUS, ADD, EQUALS -> ladder.show(view.zoomed(ZOOM_STEP, middle));
            case MINUS, SUBTRACT -> ladder.show(view.zoomed(1 / ZOOM_STEP, middle));
            case DIGIT0, NUMPAD0 -> ladder.show(view.whole());
            default -> {
                return false;
            }
        }
        return true;
    }
}
