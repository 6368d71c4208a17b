package phalanx.show.conversations;

import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.layout.HBox;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import phalanx.show.SeverityMark;

/** A cell of a column. On the head of a group the first one speaks for the whole line and the others are empty. */
abstract class LineCell extends TableCell<Line, Line> {
    private final ConversationColumn column;
    private final Rectangle edge = new Rectangle();
    private boolean spans;

    LineCell(ConversationColumn column) {
        this.column = column;
        edge.widthProperty().bind(widthProperty());
        edge.heightProperty().bind(heightProperty());
        switch (column.look()) {
            case FIGURE, BAR -> getStyleClass().add("figure");
            case TEXT, FINDINGS, LIMITS -> {}
        }
    }

    /** Shows a conversation; text, graphic and tooltip are empty before. */
    abstract void show(ConversationRow row);

    ConversationColumn column() {
        return column;
    }

    @Override
    protected void updateItem(@Nullable Line line, boolean empty) {
        super.updateItem(line, empty);
        setText(null);
        setGraphic(null);
        setTooltip(null);
        setAlignment(column.look() == ConversationColumn.Look.FIGURE ? Pos.CENTER_RIGHT : Pos.CENTER_LEFT);
        setContentDisplay(ContentDisplay.LEFT);
        spans = false;
        requestLayout();
        if (empty || line == null) {
            return;
        }
        switch (line) {
            case ConversationRow row -> show(row);
            case GroupLine group -> {
                if (getTableView().getVisibleLeafIndex(getTableColumn()) == 0) {
                    setAlignment(Pos.CENTER_LEFT);
                    setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
                    setGraphic(head(group));
                    spans = true;
                }
            }
        }
    }

    /** The skin cuts every cell at the edge of its column; the head of a group is not to be cut. */
    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        setClip(spans ? null : edge);
    }

    /** Wider than the cell: it lies over the empty ones beside it. */
    private static HBox head(GroupLine group) {
        Label key = new Label(group.key());
        key.getStyleClass().add("strong");
        Label figures = new Label(DetailWords.group(group));
        figures.getStyleClass().add("soft");
        HBox head = new HBox(8, new FontIcon(group.open() ? "mdi2c-chevron-down" : "mdi2c-chevron-right"));
        if (group.worst() != null) {
            head.getChildren().add(SeverityMark.icon(group.worst()));
        }
        head.getChildren().addAll(key, figures);
        head.setAlignment(Pos.CENTER_LEFT);
        head.setMinWidth(HBox.USE_PREF_SIZE);
        return head;
    }
}
