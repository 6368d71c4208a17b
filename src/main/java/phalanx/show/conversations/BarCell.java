package phalanx.show.conversations;

import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** A figure, and a bar of its size among all conversations at the left edge of the cell. */
final class BarCell extends LineCell {
    private static final double LONGEST = 44, THICK = 8, SHORTEST = 2, INSETS = 16;

    private final Region bar = new Region();
    private final Label figure = new Label();
    private final HBox both;

    BarCell(ConversationColumn column) {
        super(column);
        bar.getStyleClass().add("bar-" + column.key());
        Region track = new Region();
        HBox.setHgrow(track, Priority.ALWAYS);
        both = new HBox(bar, track, figure);
        both.setAlignment(Pos.CENTER_LEFT);
        both.prefWidthProperty().bind(widthProperty().subtract(INSETS));
        figure.setMinWidth(Region.USE_PREF_SIZE);
    }

    @Override
    void show(ConversationRow row) {
        double share = column().bar(row);
        double width = share <= 0 ? 0 : Math.max(SHORTEST, LONGEST * Math.min(1, share));
        bar.setMinSize(width, THICK);
        bar.setPrefSize(width, THICK);
        bar.setMaxSize(width, THICK);
        figure.setText(column().content().text(row));
        setGraphic(both);
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    }
}
