package phalanx.show.captures;

import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import phalanx.explain.Analysis;
import phalanx.explain.FactFormat;
import phalanx.show.Selection;
import phalanx.stitch.ClockAlignment;

/** The capture points in the order of the path: packets, clock against the reference, what is wrong with the file. */
public final class CapturesView extends VBox {
    public CapturesView(Analysis analysis, Selection selection) {
        Label title = new Label("Capture points");
        title.getStyleClass().add("pane-title");
        ListView<Integer> list = new ListView<>();
        list.getItems().setAll(analysis.stitched().clientFirst());
        list.setCellFactory(_ -> new Cell(analysis));
        list.setAccessibleText("Capture points, nearest to the client first");
        list.getSelectionModel().selectedItemProperty().subscribe(capture -> {
            if (capture != null) {
                selection.capture().set(capture);
            }
        });
        selection.capture().subscribe(capture -> {
            if (capture.intValue() == Selection.NONE) {
                list.getSelectionModel().clearSelection();
            } else {
                list.getSelectionModel().select((Integer) capture.intValue());
            }
        });
        VBox.setVgrow(list, Priority.ALWAYS);
        getStyleClass().add("dock");
        getChildren().setAll(title, list);
    }

    /** What is known of a clock, in words. */
    static String clock(ClockAlignment clock) {
        if (clock.reference()) {
            return "reference clock";
        }
        if (!clock.known()) {
            return "clock unknown: no common packet";
        }
        String sign = clock.offsetNanos() < 0 ? "\u2212" : "+";
        String offset = "clock " + sign + FactFormat.duration(Math.abs(clock.offsetNanos()));
        return clock.boundNanos() == Long.MAX_VALUE
                ? offset + ", unbounded (one way only)"
                : offset + " \u00b1 " + FactFormat.duration(clock.boundNanos());
    }

    private static final class Cell extends ListCell<Integer> {
        private final Analysis analysis;

        Cell(Analysis analysis) {
            this.analysis = analysis;
            setPrefWidth(0); // as wide as the list, so that texts wrap
        }

        @Override
        protected void updateItem(@Nullable Integer capture, boolean empty) {
            super.updateItem(capture, empty);
            if (empty || capture == null) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            var decoded = analysis.stitched().captures().get(capture).capture();
            Label name = new Label(analysis.stitched().hopName(capture));
            name.getStyleClass().add("strong");
            Label packets = new Label(FactFormat.count(decoded.summary().frames()) + " packets"
                    + (decoded.summary().snaplen() > 0
                            ? ", snaplen " + decoded.summary().snaplen()
                            : ""));
            Label clock = new Label(clock(analysis.stitched().clocks().get(capture)));
            clock.setWrapText(true);
            packets.getStyleClass().add("soft");
            clock.getStyleClass().add("soft");
            VBox box = new VBox(1, name, packets, clock);
            decoded.problems().forEach(problem -> {
                Label warning = new Label(problem.what());
                warning.setTooltip(new Tooltip(problem.what() + " " + problem.remedy()));
                warning.getStyleClass().add("severity-warning");
                box.getChildren().add(warning);
            });
            setGraphic(box);
            setAccessibleText(name.getText() + ", " + packets.getText() + ", " + clock.getText());
        }
    }
}
