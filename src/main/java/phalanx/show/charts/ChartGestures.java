package phalanx.show.charts;

import java.util.OptionalLong;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.scene.canvas.Canvas;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import org.jspecify.annotations.Nullable;
import phalanx.show.Selection;

/** What mouse and keyboard do to the charts. Screen thread. */
final class ChartGestures {
    private static final double STEP = 1.25, PAN = 0.2, LEAST_DRAG = 5;

    private final ChartsViewModel model;
    private final Supplier<@Nullable Frame> frame;
    private final Runnable repaintOver;
    private final Runnable repaint;
    private final DoubleConsumer scroll;
    private OptionalLong crosshair = OptionalLong.empty();
    private double pressedAt = Double.NaN;
    private double draggedTo = Double.NaN;
    private boolean selects;
    private int active = Selection.NONE;

    /**
     * @param frame where the charts lie, null until they do
     * @param repaintOver draws what moves over the charts
     * @param repaint draws everything
     * @param scroll moves the stack by rows, down for positive ones
     */
    ChartGestures(
            ChartsViewModel model,
            Supplier<@Nullable Frame> frame,
            Runnable repaintOver,
            Runnable repaint,
            DoubleConsumer scroll) {
        this.model = model;
        this.frame = frame;
        this.repaintOver = repaintOver;
        this.repaint = repaint;
        this.scroll = scroll;
    }

    void attach(Canvas charts) {
        charts.setOnMouseMoved(move -> hover(move.getX()));
        charts.setOnMouseExited(_ -> {
            crosshair = OptionalLong.empty();
            repaintOver.run();
        });
        charts.setOnMousePressed(press -> {
            charts.requestFocus();
            if (press.getButton() == MouseButton.PRIMARY) {
                pressedAt = press.getX();
                draggedTo = press.getX();
                selects = press.isShiftDown();
            }
        });
        charts.setOnMouseDragged(drag -> {
            draggedTo = drag.getX();
            hover(drag.getX());
        });
        charts.setOnMouseReleased(_ -> release());
        charts.setOnMouseClicked(this::click);
        charts.setOnScroll(this::wheel);
        charts.setOnKeyPressed(this::key);
        charts.focusedProperty().subscribe(focused -> {
            active = focused ? Math.max(0, active) : Selection.NONE;
            repaint.run();
        });
    }

    /** The row that the keyboard acts on, {@link Selection#NONE} without focus. */
    int active() {
        return active;
    }

    /** Where the crosshair stands. */
    OptionalLong moment() {
        return crosshair;
    }

    void draw(CrosshairPainter painter) {
        if (Math.abs(draggedTo - pressedAt) >= LEAST_DRAG) {
            painter.drag(pressedAt, draggedTo, selects);
        }
        crosshair.ifPresent(painter::crosshair);
    }

    void zoomMiddle(double factor) {
        ChartPicture picture = model.picture().get();
        if (picture != null) {
            Selection.Range window = picture.window();
            model.zoom(factor, crosshair.orElse(window.fromNanos() + (window.toNanos() - window.fromNanos()) / 2));
        }
    }

    private OptionalLong nanos(double x) {
        ChartPicture picture = model.picture().get();
        Frame now = frame.get();
        return picture == null || now == null || x < now.left() || x > now.left() + now.plotWidth()
                ? OptionalLong.empty()
                : OptionalLong.of(now.nanos(x, picture.window()));
    }

    private void hover(double x) {
        crosshair = nanos(x);
        repaintOver.run();
    }

    private void release() {
        ChartPicture picture = model.picture().get();
        Frame now = frame.get();
        if (picture != null && now != null && Math.abs(draggedTo - pressedAt) >= LEAST_DRAG) {
            long from = now.nanos(Math.min(pressedAt, draggedTo), picture.window());
            long to = now.nanos(Math.max(pressedAt, draggedTo), picture.window());
            if (selects) {
                model.selection().range(new Selection.Range(from, to));
            } else {
                model.window(from, to);
            }
        }
        pressedAt = Double.NaN;
        draggedTo = Double.NaN;
        repaintOver.run();
    }

    private void click(MouseEvent click) {
        ChartPicture picture = model.picture().get();
        Frame now = frame.get();
        if (picture == null || now == null || click.getButton() != MouseButton.PRIMARY || !click.isStillSincePress()) {
            return;
        }
        if (click.getClickCount() == 2) {
            model.all();
            return;
        }
        if (now.row(click.getY()) < picture.panels().size()) {
            active = now.row(click.getY());
        }
        int journey = NearestPacket.at(picture, now, click.getX(), click.getY());
        if (journey != Selection.NONE) {
            model.selection().journey(journey);
        }
        repaint.run();
    }

    private void wheel(ScrollEvent wheel) {
        double turned = wheel.getDeltaY() != 0 ? wheel.getDeltaY() : wheel.getDeltaX();
        OptionalLong around = nanos(wheel.getX());
        if (wheel.isShiftDown()) {
            model.pan(turned > 0 ? -PAN / 2 : PAN / 2);
        } else if (around.isPresent() && turned != 0) {
            model.zoom(turned > 0 ? STEP : 1 / STEP, around.getAsLong());
        } else {
            scroll.accept(turned > 0 ? -0.5 : 0.5);
        }
        wheel.consume();
    }

    private void key(KeyEvent key) {
        if (key.isControlDown() || key.isAltDown() || key.isMetaDown()) {
            return;
        }
        switch (key.getCode()) {
            case A -> model.pan(-PAN);
            case D -> model.pan(PAN);
            case W -> scroll.accept(-1);
            case S -> scroll.accept(1);
            case PAGE_UP -> scroll.accept(-3);
            case PAGE_DOWN -> scroll.accept(3);
            case PLUS, ADD, EQUALS -> zoomMiddle(STEP);
            case MINUS, SUBTRACT -> zoomMiddle(1 / STEP);
            case DIGIT0, NUMPAD0 -> model.all();
            case RIGHT, N, PERIOD -> step(true);
            case LEFT, P, COMMA -> step(false);
            case DOWN -> activate(1);
            case UP -> activate(-1);
            case ENTER -> model.enter();
            default -> {
                return;
            }
        }
        key.consume();
    }

    private void activate(int rows) {
        ChartPicture picture = model.picture().get();
        if (picture != null && !picture.panels().isEmpty()) {
            active = Math.clamp((long) active + rows, 0, picture.panels().size() - 1);
            repaint.run();
        }
    }

    /** Selects the next packet in the active chart, or, when that draws none, in the first one that does. */
    private void step(boolean forward) {
        ChartPicture picture = model.picture().get();
        if (picture != null && active >= 0 && active < picture.panels().size()) {
            Panel panel = Stream.concat(Stream.of(picture.panels().get(active)), picture.panels().stream())
                    .filter(Panel::drawsPackets)
                    .findFirst()
                    .orElse(picture.panels().get(active));
            double start = picture.seconds(model.packetNanos()
                    .orElse(
                            forward
                                    ? picture.window().fromNanos() - 1
                                    : picture.window().toNanos() + 1));
            int next = NearestPacket.beside(panel, model.selection().now().journey(), start, forward);
            if (next != Selection.NONE) {
                model.selection().journey(next);
            }
        }
    }
}
