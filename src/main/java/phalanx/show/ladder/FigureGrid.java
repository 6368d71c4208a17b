package phalanx.show.ladder;

import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import phalanx.show.DataTable;

/** A small table as labels in rows and columns, under its title. Screen thread. */
final class FigureGrid extends VBox {
    private static final int MOST_ROWS = 8;

    private final Label title = new Label();
    private final GridPane grid = new GridPane();

    FigureGrid() {
        getStyleClass().add("figure-grid");
        title.getStyleClass().add("strong");
        grid.setHgap(14);
        grid.setVgap(1);
        getChildren().setAll(title, grid);
    }

    /** Leaves the title alone, where there is little room. */
    void setCompact(boolean compact) {
        grid.setVisible(!compact);
        grid.setManaged(!compact);
    }

    /** Shows the first rows of a table. */
    void show(DataTable table) {
        title.setText(table.title());
        grid.getChildren().clear();
        for (int column = 0; column < table.columns().size(); column++) {
            Label head = new Label(table.columns().get(column));
            head.getStyleClass().add("soft");
            grid.add(head, column, 0);
            for (int row = 0; row < Math.min(MOST_ROWS, table.rows()); row++) {
                grid.add(new Label(table.cell(row, column)), column, row + 1);
            }
        }
        if (table.rows() > MOST_ROWS) {
            grid.add(new Label("\u2026"), 0, MOST_ROWS + 1);
        }
    }
}
