package phalanx.show.captures;

import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import phalanx.decode.DecodedCapture;
import phalanx.explain.Analysis;
import phalanx.run.Problem;
import phalanx.show.Told;
import phalanx.show.Words;
import phalanx.stitch.ClockAlignment;
import phalanx.stitch.Stitched;

/** A capture point in the list; dragged to another one it takes its place. Screen thread. */
final class CaptureCell extends ListCell<Integer> {
    private static final Words WORDS = Words.of("captures");

    /** Bytes that no packet of a network has; what captures say that cut none (0xFFFF and more). */
    private static final int WHOLE = 0xFFFF;

    private final Analysis analysis;
    private final CaptureEdits edits;
    private final CaptureChanges changes;

    CaptureCell(Analysis analysis, CaptureEdits edits, CaptureChanges changes) {
        this.analysis = analysis;
        this.edits = edits;
        this.changes = changes;
        setPrefWidth(0); // as wide as the list, so that texts wrap
        setOnDragDetected(drag -> {
            if (!isEmpty()) {
                Dragboard board = startDragAndDrop(TransferMode.MOVE);
                ClipboardContent content = new ClipboardContent();
                content.putString(String.valueOf(getIndex()));
                board.setContent(content);
                board.setDragView(snapshot(null, null));
                drag.consume();
            }
        });
        setOnDragOver(drag -> {
            if (drag.getGestureSource() instanceof CaptureCell && !isEmpty()) {
                drag.acceptTransferModes(TransferMode.MOVE);
                drag.consume();
            }
        });
        setOnDragDropped(drag -> {
            if (drag.getGestureSource() instanceof CaptureCell from && getItem() != null && from.getItem() != null) {
                changes.move(getListView().getItems().stream().toList(), from.getItem(), getIndex() - from.getIndex());
                drag.setDropCompleted(true);
                drag.consume();
            }
        });
    }

    /** A cell asks how high its content is without saying how wide it may be. */
    @Override
    protected double computePrefHeight(double width) {
        double insets = snappedTopInset() + snappedBottomInset();
        return getGraphic() == null || width <= 0
                ? super.computePrefHeight(width)
                : insets + getGraphic().prefHeight(width - snappedLeftInset() - snappedRightInset());
    }

    /** What is known of a clock, in words. */
    static String clock(Stitched stitched, CaptureChanges changes, int capture) {
        ClockAlignment clock = stitched.clocks().get(capture);
        if (clock.reference()) {
            return WORDS.get("clock.reference");
        }
        if (!clock.known()) {
            return WORDS.get("clock.unknown");
        }
        String sign = clock.offsetNanos() < 0 ? "\u2212" : "+";
        String offset = sign + Words.language().duration(Math.abs(clock.offsetNanos()));
        if (changes.isClockSet(capture)) {
            return WORDS.get("clock.set", offset);
        }
        return clock.boundNanos() == Long.MAX_VALUE
                ? WORDS.get("clock.one-way", offset)
                : WORDS.get("clock.found", offset, Words.language().duration(clock.boundNanos()));
    }

    @Override
    protected void updateItem(@Nullable Integer capture, boolean empty) {
        super.updateItem(capture, empty);
        if (empty || capture == null) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        DecodedCapture decoded = analysis.stitched().captures().get(capture).capture();
        Label name = new Label(analysis.stitched().hopName(capture));
        name.getStyleClass().add("strong");
        String role = edits.files().get(changes.fileOf(capture)).placement().role();
        Label what = new Label(role);
        what.getStyleClass().add("soft");
        boolean placed = edits.files().get(changes.fileOf(capture)).placement().place() > 0;
        FontIcon pin = new FontIcon("mdi2p-pin-outline");
        pin.setVisible(placed);
        name.setWrapText(true);
        what.setMinWidth(Region.USE_PREF_SIZE);
        HBox head = new HBox(6, name, what, pin);
        Label packets = soft(
                decoded.summary().snaplen() > 0 && decoded.summary().snaplen() < WHOLE
                        ? WORDS.get(
                                "packets.cut",
                                Words.language().count(decoded.summary().frames()),
                                Words.language().count(decoded.summary().snaplen()))
                        : WORDS.get(
                                "packets",
                                Words.language().count(decoded.summary().frames())));
        Label clock = soft(clock(analysis.stitched(), changes, capture));
        VBox box = new VBox(1, head, packets, clock);
        if (!decoded.summary().redaction().isEmpty()) {
            box.getChildren().add(soft(WORDS.get("redacted")));
        }
        for (Problem fault : decoded.problems()) {
            Problem problem = Told.problem(fault);
            Label warning = new Label(problem.what());
            warning.setWrapText(true);
            warning.setTooltip(new Tooltip(problem.what() + " " + problem.remedy()));
            warning.getStyleClass().add("severity-warning");
            box.getChildren().add(warning);
        }
        setGraphic(box);
        setTooltip(new Tooltip(decoded.file().toString() + (placed ? "\n" + WORDS.get("placed") : "")));
        setAccessibleText(name.getText() + ", " + role + ", " + packets.getText() + ", " + clock.getText());
    }

    private static Label soft(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.getStyleClass().add("soft");
        return label;
    }
}
