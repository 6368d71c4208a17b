package phalanx.show.map;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.animation.PauseTransition;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.Cursor;
import javafx.scene.canvas.Canvas;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import phalanx.show.CanvasPen;
import phalanx.show.DeskView;
import phalanx.show.Palette;
import phalanx.show.Spoken;
import phalanx.show.TextSize;
import phalanx.show.Words;
import phalanx.topology.Layout;

/**
 * The drawn map, by mouse and keyboard: dragging moves a node or the whole, the wheel and + - zoom, 0 shows all, W A S D move the
 * whole, arrows the selection, L goes to the links of a place, Enter opens, Shift and arrows move the selected node. Painted once a
 * frame at most; a map of many edges is drawn simply while it moves. Screen thread.
 */
final class MapCanvas extends Region {
    private static final Words WORDS = Words.of("map");
    private static final double ZOOM_STEP = 1.25, WHEEL_STEP = 1.1, PAN_STEP = 60, MOVE_STEP = 12;
    /** More edges are drawn pixel by pixel, and simply while the map moves. */
    static final int MANY_EDGES = 120;

    private static final PseudoClass FOCUSED = PseudoClass.getPseudoClass("focused-inside");
    private static final Duration STILL = Duration.millis(140);

    private final MapViewModel model;
    private final ObservableValue<Palette> palette;
    private final Canvas canvas = new Canvas();
    private final TextSize texts = new TextSize();
    private final PauseTransition still = new PauseTransition(STILL);
    private Consumer<Optional<Hover>> hovering = _ -> {};
    private @Nullable Viewport view;
    private boolean fitted = true;
    private boolean moving;
    private @Nullable EdgeRaster raster;
    private @Nullable String hovered;
    private @Nullable String dragged;
    private double lastX;
    private double lastY;

    /** A place or link under the mouse, at these pixels of the canvas. */
    record Hover(MapPicture picture, int node, int edge, double x, double y) {}

    MapCanvas(MapViewModel model, ObservableValue<Palette> palette) {
        this.model = model;
        this.palette = palette;
        getChildren().addAll(canvas, texts);
        getStyleClass().add("map-canvas");
        Spoken.diagram(canvas, WORDS.get("title"));
        canvas.focusedProperty().subscribe(focused -> {
            pseudoClassStateChanged(FOCUSED, focused);
            requestLayout();
        });
        canvas.setOnMousePressed(this::pressed);
        canvas.setOnMouseDragged(this::dragged);
        canvas.setOnMouseReleased(_ -> dragged = null);
        canvas.setOnMouseClicked(this::clicked);
        canvas.setOnMouseMoved(mouse -> hover(mouse.getX(), mouse.getY()));
        canvas.setOnMouseExited(_ -> leave());
        canvas.setOnScroll(wheel -> {
            if (wheel.getDeltaY() != 0) {
                zoom(wheel.getDeltaY() > 0 ? WHEEL_STEP : 1 / WHEEL_STEP, wheel.getX(), wheel.getY());
            }
            wheel.consume();
        });
        canvas.setOnKeyPressed(this::key);
        still.setOnFinished(_ -> {
            moving = false;
            requestLayout();
        });
        model.picture().subscribe((before, now) -> {
            fitted |= before == null || now == null || !before.layout().equals(now.layout());
            requestLayout();
        });
        model.selection().state().subscribe(_ -> requestLayout());
        palette.subscribe(_ -> requestLayout());
        texts.times().subscribe(_ -> fit());
    }

    /** Told of what is under the mouse, and when there is nothing any more. */
    void onHover(Consumer<Optional<Hover>> told) {
        hovering = told;
    }

    /** Says in a sentence what is drawn. */
    void describe(String summary) {
        Spoken.tell(canvas, summary);
    }

    @Override
    protected void layoutChildren() {
        if (canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight()) {
            canvas.setWidth(getWidth());
            canvas.setHeight(getHeight());
        }
        paint();
    }

    private void paint() {
        MapPicture picture = model.picture().get();
        if (picture == null || canvas.getWidth() < 60 || canvas.getHeight() < 40) {
            canvas.getGraphicsContext2D().clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
            return;
        }
        MapPainter painter = painter(picture);
        if (picture.edges().size() <= MANY_EDGES) {
            painter.paint(canvas.getWidth(), canvas.getHeight());
        } else if (moving) {
            painter.sketch(raster((int) canvas.getWidth(), (int) canvas.getHeight()));
        } else {
            painter.paint(raster((int) canvas.getWidth(), (int) canvas.getHeight()));
        }
    }

    private EdgeRaster raster(int width, int height) {
        if (raster == null || !raster.fits(width, height)) {
            raster = new EdgeRaster(width, height);
        }
        return raster;
    }

    private MapPainter painter(MapPicture picture) {
        return new MapPainter(
                new CanvasPen(canvas.getGraphicsContext2D()),
                picture,
                palette.getValue(),
                viewport(picture),
                model.light(picture, hovered));
    }

    private Viewport viewport(MapPicture picture) {
        if (view == null || fitted) {
            view = Viewport.fit(
                    picture.nodes().stream().map(MapPicture.NodeMark::at).toList(),
                    canvas.getWidth(),
                    canvas.getHeight(),
                    texts.now());
        }
        return view;
    }

    /** What is drawn now, to be drawn again elsewhere. */
    Optional<DeskView.Drawing> drawing() {
        MapPicture picture = model.picture().get();
        if (picture == null || picture.nodes().isEmpty()) {
            return Optional.empty();
        }
        Viewport now = viewport(picture);
        MapLight light = model.light(picture, null);
        Palette colours = palette.getValue();
        double width = canvas.getWidth();
        double height = canvas.getHeight();
        return Optional.of(new DeskView.Drawing(
                width, height, pen -> new MapPainter(pen, picture, colours, now, light).paint(width, height)));
    }

    void zoomIn() {
        zoom(ZOOM_STEP, canvas.getWidth() / 2, canvas.getHeight() / 2);
    }

    void zoomOut() {
        zoom(1 / ZOOM_STEP, canvas.getWidth() / 2, canvas.getHeight() / 2);
    }

    /** Everything in view, also when the window changes. */
    void fit() {
        fitted = true;
        requestLayout();
    }

    private void zoom(double factor, double x, double y) {
        change(now -> now.zoomed(factor, x, y));
    }

    private void pan(double right, double down) {
        change(now -> now.moved(right, down));
    }

    private void change(UnaryOperator<Viewport> change) {
        MapPicture picture = model.picture().get();
        if (picture != null) {
            view = change.apply(viewport(picture));
            fitted = false;
            move();
        }
    }

    private void move() {
        moving = true;
        still.playFromStart();
        requestLayout();
    }

    private void pressed(MouseEvent mouse) {
        canvas.requestFocus();
        lastX = mouse.getX();
        lastY = mouse.getY();
        MapPicture picture = model.picture().get();
        int node = picture == null ? -1 : painter(picture).nodeAt(lastX, lastY);
        dragged = picture == null || node < 0
                ? null
                : picture.nodes().get(node).node().id();
    }

    private void dragged(MouseEvent mouse) {
        MapPicture picture = model.picture().get();
        if (picture == null || mouse.isStillSincePress()) {
            return;
        }
        leave();
        int node = dragged == null ? -1 : picture.node(dragged);
        if (node >= 0 && dragged != null) {
            Viewport now = viewport(picture);
            fitted = false;
            Layout.Point at = picture.nodes().get(node).at();
            model.move(dragged, now.at(now.x(at) + mouse.getX() - lastX, now.y(at) + mouse.getY() - lastY));
            move();
        } else {
            pan(mouse.getX() - lastX, mouse.getY() - lastY);
        }
        lastX = mouse.getX();
        lastY = mouse.getY();
    }

    private void clicked(MouseEvent mouse) {
        MapPicture picture = model.picture().get();
        if (picture == null || mouse.getButton() != MouseButton.PRIMARY || !mouse.isStillSincePress()) {
            return;
        }
        canvas.requestFocus();
        MapPainter painter = painter(picture);
        int node = painter.nodeAt(mouse.getX(), mouse.getY());
        int edge = node >= 0 ? -1 : painter.edgeAt(mouse.getX(), mouse.getY());
        model.selection()
                .place(
                        node >= 0
                                ? picture.nodes().get(node).node().id()
                                : edge >= 0 ? picture.edges().get(edge).edge().id() : null);
        if (mouse.getClickCount() == 2) {
            model.openSelected();
        }
    }

    private void hover(double x, double y) {
        MapPicture picture = model.picture().get();
        if (picture == null) {
            return;
        }
        MapPainter painter = painter(picture);
        int node = painter.nodeAt(x, y);
        int edge = node >= 0 ? -1 : painter.edgeAt(x, y);
        String now = node >= 0
                ? picture.nodes().get(node).node().id()
                : edge >= 0 ? picture.edges().get(edge).edge().id() : null;
        canvas.setCursor(now == null ? Cursor.DEFAULT : Cursor.HAND);
        if (!Objects.equals(now, hovered)) {
            hovered = now;
            requestLayout();
            hovering.accept(now == null ? Optional.empty() : Optional.of(new Hover(picture, node, edge, x, y)));
        }
    }

    private void leave() {
        if (hovered != null) {
            hovered = null;
            hovering.accept(Optional.empty());
            requestLayout();
        }
    }

    private void key(KeyEvent key) {
        if (key.isShortcutDown() || key.isAltDown() || !(key.isShiftDown() ? moveNode(key) : act(key))) {
            return;
        }
        key.consume();
    }

    private boolean moveNode(KeyEvent key) {
        return switch (key.getCode()) {
            case LEFT -> model.moveSelected(-MOVE_STEP, 0);
            case RIGHT -> model.moveSelected(MOVE_STEP, 0);
            case UP -> model.moveSelected(0, -MOVE_STEP);
            case DOWN -> model.moveSelected(0, MOVE_STEP);
            default -> false;
        };
    }

    private boolean act(KeyEvent key) {
        switch (key.getCode()) {
            case LEFT -> model.step(-1, 0);
            case RIGHT -> model.step(1, 0);
            case UP -> model.step(0, -1);
            case DOWN -> model.step(0, 1);
            case L -> model.stepEdge();
            case ENTER -> model.openSelected();
            case W -> pan(0, PAN_STEP);
            case S -> pan(0, -PAN_STEP);
            case A -> pan(PAN_STEP, 0);
            case D -> pan(-PAN_STEP, 0);
            case PLUS, ADD, EQUALS -> zoomIn();
            case MINUS, SUBTRACT -> zoomOut();
            case DIGIT0, NUMPAD0 -> fit();
            default -> {
                return false;
            }
        }
        return true;
    }
}
