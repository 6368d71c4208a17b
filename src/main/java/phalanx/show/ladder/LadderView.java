package phalanx.show.ladder;

import java.util.function.Supplier;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.controlsfx.control.SegmentedButton;
import org.jspecify.annotations.Nullable;
import phalanx.show.Palette;
import phalanx.show.Selection;

/** The ladder with its tool bar, by mouse and keyboard: wheel and W, S scroll, Ctrl and wheel or + and - zoom, T, E, G change the scale. */
public final class LadderView extends BorderPane {
    private static final double ZOOM_STEP = 1.25, MOST_ZOOM = 80, USUAL_ZOOM = 18;

    private final LadderViewModel model;
    private final Supplier<Palette> palette;
    private final Canvas canvas = new Canvas();
    private final Label title = new Label();
    private double scroll;
    private double zoom = USUAL_ZOOM;
    private boolean fitted;

    public LadderView(LadderViewModel model, Supplier<Palette> palette) {
        this.model = model;
        this.palette = palette;
        getStyleClass().add("ladder");
        setTop(toolBar());
        Pane pane = new Pane(canvas);
        pane.setMinSize(200, 120);
        canvas.widthProperty().bind(pane.widthProperty());
        canvas.heightProperty().bind(pane.heightProperty());
        canvas.widthProperty().subscribe(_ -> paint());
        canvas.heightProperty()
                .subscribe(_ -> reveal(model.selection().journey().get()));
        setCenter(pane);
        Label details = new Label();
        details.getStyleClass().add("details");
        details.setWrapText(true);
        details.textProperty().bind(model.details());
        details.visibleProperty().bind(details.textProperty().isNotEmpty());
        details.managedProperty().bind(details.visibleProperty());
        setBottom(details);
        canvas.setFocusTraversable(true);
        canvas.setOnMouseClicked(click -> {
            canvas.requestFocus();
            LadderPainter painter = painter();
            int rung = painter == null ? -1 : painter.rungAt(click.getX(), click.getY());
            LadderPicture shown = model.picture().get();
            model.selection().journey().set(rung < 0 || shown == null ? Selection.NONE : shown.journeys()[rung]);
        });
        canvas.setOnScroll(wheel -> {
            if (wheel.isControlDown()) {
                zoom(wheel.getDeltaY() > 0 ? ZOOM_STEP : 1 / ZOOM_STEP, wheel.getY());
            } else {
                scrollBy(-wheel.getDeltaY() / zoom);
            }
        });
        canvas.setOnKeyPressed(this::key);
        model.picture().subscribe(this::fit);
        model.selection().journey().subscribe(journey -> reveal(journey.intValue()));
    }

    private HBox toolBar() {
        ToggleButton folded = mode("Folded", "Silences folded (G)", TimeScale.Mode.FOLDED);
        ToggleButton time = mode("Time", "Time to scale (T)", TimeScale.Mode.TIME);
        ToggleButton even = mode("Even", "A row for every packet (E)", TimeScale.Mode.EVEN);
        SegmentedButton modes = new SegmentedButton(folded, time, even);
        Button out = button("\u2212", "Zoom out (-)", () -> zoom(1 / ZOOM_STEP, canvas.getHeight() / 2));
        Button in = button("+", "Zoom in (+)", () -> zoom(ZOOM_STEP, canvas.getHeight() / 2));
        Button all = button("Fit", "Show all packets (0)", this::showAll);
        title.getStyleClass().add("pane-title");
        title.setMinWidth(60);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox bar = new HBox(8, title, space, modes, out, in, all);
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.setPadding(new Insets(4, 8, 4, 10));
        bar.getStyleClass().add("pane-bar");
        return bar;
    }

    private ToggleButton mode(String text, String hint, TimeScale.Mode mode) {
        ToggleButton button = new ToggleButton(text);
        button.setTooltip(new Tooltip(hint));
        button.setAccessibleText(hint);
        button.setSelected(model.mode().get() == mode);
        button.setOnAction(_ -> {
            button.setSelected(true);
            model.mode().set(mode);
        });
        model.mode().subscribe(now -> button.setSelected(now == mode));
        return button;
    }

    private static Button button(String text, String hint, Runnable action) {
        Button button = new Button(text);
        button.setTooltip(new Tooltip(hint));
        button.setAccessibleText(hint);
        button.setOnAction(_ -> action.run());
        return button;
    }

    private void key(KeyEvent key) {
        switch (key.getCode()) {
            case T -> model.mode().set(TimeScale.Mode.TIME);
            case E -> model.mode().set(TimeScale.Mode.EVEN);
            case G -> model.mode().set(TimeScale.Mode.FOLDED);
            case N, DOWN -> model.step(1);
            case P, UP -> model.step(-1);
            case HOME -> model.step(Integer.MIN_VALUE / 2);
            case END -> model.step(Integer.MAX_VALUE / 2);
            case W -> scrollBy(-60 / zoom);
            case S -> scrollBy(60 / zoom);
            case PAGE_UP -> scrollBy(-canvas.getHeight() / zoom);
            case PAGE_DOWN -> scrollBy(canvas.getHeight() / zoom);
            case PLUS, ADD, EQUALS -> zoom(ZOOM_STEP, canvas.getHeight() / 2);
            case MINUS, SUBTRACT -> zoom(1 / ZOOM_STEP, canvas.getHeight() / 2);
            case DIGIT0, NUMPAD0 -> showAll();
            default -> {
                return;
            }
        }
        key.consume();
    }

    /** A new picture starts legible, at the selected packet or at the top. */
    private void fit(@Nullable LadderPicture picture) {
        title.setText(picture == null ? "Ladder" : "Ladder: " + picture.title());
        canvas.setAccessibleText(
                picture == null
                        ? "Ladder, no packets"
                        : "Ladder: " + picture.columns().size() + " capture points, " + picture.title());
        fitted = false;
        reveal(model.selection().journey().get());
    }

    /** The first look at a picture: as large as is legible, but the selected packet's whole way in view. */
    private void firstLook(LadderPicture picture, int rung) {
        fitted = true;
        zoom = USUAL_ZOOM;
        scroll = 0;
        if (rung >= 0) {
            double rows =
                    picture.scale().height(end(picture, rung)) - picture.scale().height(start(picture, rung)) + 2;
            zoom = Math.clamp(0.7 * (canvas.getHeight() - LadderPainter.HEAD) / rows, 2, USUAL_ZOOM);
        }
    }

    private static long end(LadderPicture picture, int rung) {
        long end = LadderPicture.NOT_SEEN;
        for (int column = 0; column < picture.columns().size(); column++) {
            end = Math.max(end, picture.time(rung, column));
        }
        return end;
    }

    private void reveal(int journey) {
        LadderPicture picture = model.picture().get();
        int rung = picture == null ? -1 : picture.rungOf(journey);
        if (picture != null && !fitted && canvas.getHeight() > LadderPainter.HEAD) {
            firstLook(picture, rung);
        }
        if (picture != null && rung >= 0 && canvas.getHeight() > 0) {
            double at = picture.scale().height(start(picture, rung));
            double rows = (canvas.getHeight() - LadderPainter.HEAD) / zoom;
            double until = picture.scale().height(end(picture, rung));
            if (at < scroll + 1 || until > scroll + rows - 2) {
                scroll = Math.max(0, at - rows / 6);
            }
        }
        paint();
    }

    private static long start(LadderPicture picture, int rung) {
        long start = Long.MAX_VALUE;
        for (int column = 0; column < picture.columns().size(); column++) {
            long time = picture.time(rung, column);
            start = time == LadderPicture.NOT_SEEN ? start : Math.min(start, time);
        }
        return start;
    }

    private void showAll() {
        LadderPicture picture = model.picture().get();
        if (picture != null) {
            zoom = Math.min(
                    18,
                    (canvas.getHeight() - LadderPainter.HEAD - 30)
                            / (picture.scale().end() + 1));
            scroll = 0;
            paint();
        }
    }

    private void zoom(double factor, double around) {
        LadderPicture picture = model.picture().get();
        if (picture != null) {
            double least = Math.min(
                    18,
                    (canvas.getHeight() - LadderPainter.HEAD - 30)
                            / (picture.scale().end() + 1));
            double row = scroll + (around - LadderPainter.HEAD) / zoom;
            zoom = Math.clamp(zoom * factor, least, MOST_ZOOM);
            scroll = row - (around - LadderPainter.HEAD) / zoom;
            scrollBy(0);
        }
    }

    private void scrollBy(double rows) {
        LadderPicture picture = model.picture().get();
        if (picture != null) {
            double most = Math.max(0, picture.scale().end() + 2 - (canvas.getHeight() - LadderPainter.HEAD) / zoom);
            scroll = Math.clamp(scroll + rows, 0, most);
            paint();
        }
    }

    private @Nullable LadderPainter painter() {
        LadderPicture picture = model.picture().get();
        boolean room = canvas.getWidth() > 40 && canvas.getHeight() > 40;
        return picture == null || !room
                ? null
                : new LadderPainter(
                        canvas.getGraphicsContext2D(),
                        picture,
                        palette.get(),
                        canvas.getWidth(),
                        canvas.getHeight(),
                        scroll,
                        zoom);
    }

    /** Draws anew, as after a change of theme. */
    public void paint() {
        LadderPainter painter = painter();
        if (painter == null) {
            canvas.getGraphicsContext2D().clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        } else {
            painter.paint(model.selection().journey().get());
        }
    }
}
