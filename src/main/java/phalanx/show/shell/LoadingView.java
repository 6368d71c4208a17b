package phalanx.show.shell;

import java.nio.file.Path;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.RowConstraints;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import phalanx.run.Jobs;
import phalanx.show.Controls;
import phalanx.show.Told;
import phalanx.show.Words;

/** The desk while captures are read: where its views will stand, and how far reading has come. Screen thread. */
final class LoadingView extends StackPane {
    private static final Words WORDS = Words.of("shell");
    /** How wide the lines of a view are that is not there yet, shares of its width. */
    private static final double[] LINES = {0.62, 0.9, 0.74, 0.46, 0.83, 0.58, 0.7, 0.38};

    private final Label title = new Label();
    private final ProgressBar bar = new ProgressBar(0);
    private final Label what = new Label();
    private final Label pace = new Label();
    private List<Path> files = List.of();
    private ReadingPace reading = new ReadingPace(List.of());

    /** @param cancel gives reading up */
    LoadingView(Runnable cancel) {
        getStyleClass().add("loading");
        title.getStyleClass().add("loading-title");
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.setAccessibleText(WORDS.get("progress"));
        what.setMinWidth(0);
        pace.getStyleClass().add("soft");
        for (Label label : List.of(title, pace)) {
            label.setWrapText(true);
            label.setMinHeight(Region.USE_PREF_SIZE);
        }
        Button stop = Controls.button(WORDS.get("cancel"), cancel);
        stop.setCancelButton(true);
        stop.setMinWidth(Region.USE_PREF_SIZE);
        VBox words = new VBox(2, what, pace);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox below = new HBox(16, words, stop);
        below.setAlignment(Pos.CENTER_LEFT);
        VBox card = new VBox(12, title, bar, below);
        card.getStyleClass().add("loading-card");
        card.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        getChildren().setAll(docks(), card);
    }

    /** Shows how far it has come. */
    void show(List<Path> now, Jobs.Step step) {
        if (!now.equals(files)
                || step.what().isEmpty()) { // with a step of no name reading begins, also of the same files
            files = List.copyOf(now);
            reading = new ReadingPace(files);
            title.setText(WORDS.get("loading", files.size()));
        }
        reading.at(step);
        bar.setProgress(reading.progress(step));
        what.setText(Told.step(step.what()));
        pace.setText(reading.words());
    }

    private static GridPane docks() {
        GridPane docks = new GridPane(4, 4);
        for (double width : new double[] {16.5, 55.5, 28}) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(width);
            docks.getColumnConstraints().add(column);
        }
        for (double height : new double[] {24, 30, 20, 26}) {
            RowConstraints row = new RowConstraints();
            row.setPercentHeight(height);
            docks.getRowConstraints().add(row);
        }
        docks.add(dock(8), 0, 0, 1, 4);
        docks.add(dock(3), 1, 0);
        docks.add(dock(8), 1, 1, 1, 2);
        docks.add(dock(4), 1, 3);
        docks.add(dock(7), 2, 0, 1, 2);
        docks.add(dock(6), 2, 2, 1, 2);
        docks.setMouseTransparent(true);
        return docks;
    }

    private static Node dock(int lines) {
        Region tab = new Region();
        tab.getStyleClass().addAll("skeleton-line", "skeleton-tab");
        VBox dock = new VBox(14, tab);
        dock.getStyleClass().add("skeleton");
        dock.setMinSize(0, 0);
        for (int i = 0; i < lines; i++) {
            Region line = new Region();
            line.getStyleClass().add("skeleton-line");
            line.maxWidthProperty().bind(dock.widthProperty().multiply(LINES[i % LINES.length] * 0.9));
            dock.getChildren().add(line);
        }
        return dock;
    }
}
