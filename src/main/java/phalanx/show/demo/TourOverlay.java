package phalanx.show.demo;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;
import javafx.util.Subscription;
import phalanx.casefile.DemoScript;
import phalanx.show.Controls;
import phalanx.show.Focus;
import phalanx.show.Words;

/**
 * The tour over the desk: everything is dimmed but the view of the step, and a bubble beside it says what to do. Lies on top of the
 * desk in a stack; the view itself takes mouse and keys as ever. Screen thread.
 */
public final class TourOverlay extends Pane {
    private static final Words WORDS = Words.of("demo");
    private static final double WIDTH = 340, GAP = 12, EDGE = 8;

    private final TourViewModel model;
    private final TourViews views;
    private final Rectangle[] dim = {new Rectangle(), new Rectangle(), new Rectangle(), new Rectangle()};
    private final Region ring = new Region();
    private final Label count = new Label();
    private final Label text = new Label();
    private final Button back = Controls.button(WORDS.get("tour.back"), this::back);
    private final Button next = Controls.button(WORDS.get("tour.next"), this::next);
    private final VBox bubble;
    private Subscription following = Subscription.EMPTY;

    public TourOverlay(TourViewModel model, TourViews views) {
        this.model = model;
        this.views = views;
        getStyleClass().add("tour");
        getStylesheets().add(String.valueOf(TourOverlay.class.getResource("/show/demo.css")));
        setPickOnBounds(false);
        for (Rectangle part : dim) {
            part.getStyleClass().add("tour-dim");
            part.setManaged(false);
        }
        ring.getStyleClass().add("tour-ring");
        ring.setMouseTransparent(true);
        ring.setManaged(false);
        bubble = bubble();
        getChildren().addAll(dim);
        getChildren().addAll(ring, bubble);
        visibleProperty().bind(model.over().not());
        managedProperty().bind(visibleProperty());
        model.at().subscribe(_ -> show());
        model.over().subscribe(over -> {
            if (over) { // what had the focus goes
                views.show(model.step().view());
            }
            follow();
        });
        sceneProperty().subscribe(this::follow);
    }

    private VBox bubble() {
        Label title = new Label(model.script().title());
        title.getStyleClass().add("tour-title");
        title.setWrapText(true);
        HBox.setHgrow(title, Priority.ALWAYS);
        title.setMaxWidth(Double.MAX_VALUE);
        count.getStyleClass().add("soft");
        count.setMinWidth(Region.USE_PREF_SIZE);
        text.setWrapText(true);
        text.setMinHeight(Region.USE_PREF_SIZE);
        Button leave = Controls.button(WORDS.get("tour.leave"), model::leave);
        leave.getStyleClass().add("flat");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        next.getStyleClass().add("accent");
        HBox buttons = new HBox(8, leave, space, back, next);
        buttons.setAlignment(Pos.CENTER_LEFT);
        VBox box = new VBox(10, new HBox(8, title, count), text, buttons);
        box.getStyleClass().add("tour-bubble");
        box.setPrefWidth(WIDTH);
        box.addEventHandler(KeyEvent.KEY_PRESSED, key -> {
            if (key.getCode() == KeyCode.ESCAPE) {
                model.leave();
                key.consume();
            }
        });
        return box;
    }

    private void next() {
        model.next();
    }

    private void back() {
        model.back();
    }

    /** Says the step, brings its view to the front and gives it the focus. */
    public void show() {
        DemoScript.Step step = model.step();
        String number = WORDS.get(
                "tour.count", model.at().get() + 1, model.script().steps().size());
        String said = model.at().get() == 0 ? model.script().story() + "\n\n" + step.text() : step.text();
        text.setText(model.isLast() ? said + "\n\n" + model.script().lesson() : said);
        count.setText(number);
        bubble.setAccessibleText(number + ": " + text.getText());
        back.setDisable(model.at().get() == 0);
        next.setText(
                model.isLast()
                        ? WORDS.get("tour.end")
                        : step.until() == DemoScript.Until.NOTHING ? WORDS.get("tour.next") : WORDS.get("tour.skip"));
        views.show(step.view());
        if (step.until() == DemoScript.Until.NOTHING) {
            Focus.afterLayout(getScene(), next::requestFocus);
        }
        follow();
    }

    /** Stays around the view of the step; a view may be there longer than the tour, and forgets it when the tour has gone. */
    private void follow() {
        following.unsubscribe();
        following = Optional.of(model.step().view())
                .filter(_ -> getScene() != null && !model.over().get())
                .flatMap(views::node)
                .map(view -> view.localToSceneTransformProperty()
                        .subscribe(this::requestLayout)
                        .and(view.layoutBoundsProperty().subscribe(this::requestLayout)))
                .orElse(Subscription.EMPTY);
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double height = getHeight();
        Optional<Bounds> lit = views.node(model.step().view())
                .filter(view -> getScene() != null && getScene().equals(view.getScene()))
                .map(view -> sceneToLocal(view.localToScene(view.getLayoutBounds())))
                .filter(bounds -> bounds.getWidth() > 1 && bounds.getHeight() > 1);
        double left = lit.map(Bounds::getMinX).orElse(0.0);
        double top = lit.map(Bounds::getMinY).orElse(0.0);
        double right = Math.min(width, lit.map(Bounds::getMaxX).orElse(0.0));
        double bottom = Math.min(height, lit.map(Bounds::getMaxY).orElse(0.0));
        place(dim[0], 0, 0, width, top);
        place(dim[1], 0, bottom, width, height - bottom);
        place(dim[2], 0, top, left, bottom - top);
        place(dim[3], right, top, width - right, bottom - top);
        ring.setVisible(lit.isPresent());
        ring.resizeRelocate(left, top, right - left, bottom - top);
        placeBubble(left, top, right, bottom, width, height);
    }

    private static void place(Rectangle part, double x, double y, double width, double height) {
        part.setX(x);
        part.setY(y);
        part.setWidth(Math.max(0, width));
        part.setHeight(Math.max(0, height));
    }

    /** Right of the view, left, below or above it: where it covers least of it. */
    private void placeBubble(double left, double top, double right, double bottom, double width, double height) {
        double w = Math.min(width - 2 * EDGE, bubble.prefWidth(-1));
        double h = Math.min(height - 2 * EDGE, bubble.prefHeight(w));
        Bounds lit = new BoundingBox(left, top, right - left, bottom - top);
        Bounds best = Stream.of(
                        new Point2D(right + GAP, top + GAP),
                        new Point2D(left - GAP - w, top + GAP),
                        new Point2D(right - w - GAP, bottom + GAP),
                        new Point2D(right - w - GAP, top - GAP - h))
                .<Bounds>map(at -> new BoundingBox(
                        Math.clamp(at.getX(), EDGE, Math.max(EDGE, width - w - EDGE)),
                        Math.clamp(at.getY(), EDGE, Math.max(EDGE, height - h - EDGE)),
                        w,
                        h))
                .min(Comparator.comparingDouble(bounds -> covered(bounds, lit)))
                .orElseThrow();
        bubble.resizeRelocate(best.getMinX(), best.getMinY(), w, h);
    }

    private static double covered(Bounds one, Bounds other) {
        double wide = Math.min(one.getMaxX(), other.getMaxX()) - Math.max(one.getMinX(), other.getMinX());
        double high = Math.min(one.getMaxY(), other.getMaxY()) - Math.max(one.getMinY(), other.getMinY());
        return Math.max(0, wide) * Math.max(0, high);
    }
}
