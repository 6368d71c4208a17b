package phalanx.show.ladder;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.controlsfx.control.SegmentedButton;
import phalanx.show.Controls;
import phalanx.show.Selection;
import phalanx.show.Words;

/** The bar above a ladder: what it is about, its mode, its size. Screen thread. */
final class LadderBar extends HBox {
    private static final Words WORDS = Words.of("ladder");

    private final Label title = new Label();

    LadderBar(LadderViewModel model, LadderCanvas canvas) {
        super(8);
        title.getStyleClass().add("pane-title");
        title.setMinWidth(0);
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        SegmentedButton modes = new SegmentedButton(
                mode(model, WORDS.get("mode-folded"), WORDS.get("mode-folded-hint"), TimeScale.Mode.FOLDED),
                mode(model, WORDS.get("mode-time"), WORDS.get("mode-time-hint"), TimeScale.Mode.TIME),
                mode(model, WORDS.get("mode-even"), WORDS.get("mode-even-hint"), TimeScale.Mode.EVEN));
        modes.setMinWidth(Region.USE_PREF_SIZE);
        getChildren()
                .setAll(
                        title,
                        range(model),
                        busy(model),
                        modes,
                        zoom(
                                "\u2212",
                                WORDS.get("zoom-out"),
                                WORDS.get("zoom-out"),
                                () -> zoom(canvas, 1 / LadderInput.ZOOM_STEP)),
                        zoom(
                                "+",
                                WORDS.get("zoom-in"),
                                WORDS.get("zoom-in"),
                                () -> zoom(canvas, LadderInput.ZOOM_STEP)),
                        zoom(WORDS.get("fit"), WORDS.get("fit"), WORDS.get("fit-hint"), () -> whole(canvas)));
        setAlignment(Pos.CENTER_LEFT);
        getStyleClass().addAll("pane-bar", "ladder-bar");
    }

    void setTitle(String text) {
        title.setText(text);
        title.setTooltip(new Tooltip(text));
    }

    private static ToggleButton mode(LadderViewModel model, String text, String hint, TimeScale.Mode mode) {
        ToggleButton button = new ToggleButton(text);
        button.setTooltip(new Tooltip(hint));
        button.setAccessibleHelp(hint);
        button.setOnAction(_ -> {
            button.setSelected(true);
            model.mode().set(mode);
        });
        model.mode().subscribe(now -> button.setSelected(now == mode));
        return button;
    }

    private static Button zoom(String text, String name, String hint, Runnable action) {
        Button button = Controls.button(text, action);
        button.setTooltip(new Tooltip(hint));
        button.setAccessibleText(name);
        button.setAccessibleHelp(hint);
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    /** The stretch of time that everything is narrowed to; a press takes it away. */
    private static Button range(LadderViewModel model) {
        Button chip = Controls.button("", () -> model.selection().range(null));
        chip.getStyleClass().add("chip");
        chip.setMinWidth(Region.USE_PREF_SIZE);
        model.selection().state().subscribe(state -> {
            Selection.Range range = state.range();
            chip.setVisible(range != null);
            chip.setManaged(range != null);
            if (range != null) {
                String from = TimeWords.clock(range.fromNanos());
                chip.setText(WORDS.get("range", from, TimeWords.clock(range.toNanos())));
                chip.setAccessibleText(WORDS.get("range-clear", chip.getText()));
                chip.setTooltip(new Tooltip(WORDS.get("range-clear", chip.getText())));
            }
        });
        return chip;
    }

    private static ProgressIndicator busy(LadderViewModel model) {
        ProgressIndicator busy = new ProgressIndicator();
        busy.setAccessibleText(WORDS.get("busy"));
        busy.getStyleClass().add("ladder-busy");
        busy.visibleProperty().bind(model.late());
        busy.managedProperty().bind(model.late());
        return busy;
    }

    private static void zoom(LadderCanvas canvas, double factor) {
        Viewport view = canvas.view();
        if (view != null) {
            canvas.show(view.zoomed(factor, view.head() + view.bodyHeight() / 2));
        }
    }

    private static void whole(LadderCanvas canvas) {
        Viewport view = canvas.view();
        if (view != null) {
            canvas.show(view.whole());
        }
    }
}
