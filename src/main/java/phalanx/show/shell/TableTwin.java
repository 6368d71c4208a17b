package phalanx.show.shell;

import java.util.AbstractList;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import phalanx.show.Columns;
import phalanx.show.DataTable;
import phalanx.show.Words;

/** What a diagram shows, as a table: for who would rather read, or hear. Screen thread. */
final class TableTwin extends TableView<Integer> {
    private static final Words WORDS = Words.of("shell");
    private static final double LETTER = 7, INSETS = 24, LEAST = 60, MOST = 340;
    private static final int LOOKED_AT = 200;

    TableTwin(DataTable table) {
        getStyleClass().add("table-twin");
        setAccessibleText(table.title());
        setPlaceholder(new Label(WORDS.get("table.empty")));
        for (int c = 0; c < table.columns().size(); c++) {
            int at = c;
            TableColumn<Integer, String> column =
                    new TableColumn<>(table.columns().get(c));
            Columns.width(column, width(table, at));
            if (isFigures(table, at)) {
                column.getStyleClass().add("figure");
            }
            column.setSortable(false);
            column.setCellValueFactory(row -> new ReadOnlyStringWrapper(table.cell(row.getValue(), at)));
            getColumns().add(column);
        }
        setItems(FXCollections.observableList(new Numbers(table.rows())));
    }

    /** Room for the first cells, pixels. */
    private static double width(DataTable table, int column) {
        int longest = IntStream.range(0, Math.min(LOOKED_AT, table.rows()))
                .map(row -> table.cell(row, column).length())
                .max()
                .orElse(0);
        return Math.clamp(LETTER * Math.max(longest, table.columns().get(column).length() + 1) + INSETS, LEAST, MOST);
    }

    private static boolean isFigures(DataTable table, int column) {
        return table.rows() > 0
                && IntStream.range(0, Math.min(LOOKED_AT, table.rows()))
                        .mapToObj(row -> table.cell(row, column))
                        .allMatch(cell -> cell.isEmpty() || cell.matches("[-+\u2212]?\\d.*"));
    }

    /** 0, 1, 2, ... without keeping them. */
    private static final class Numbers extends AbstractList<Integer> {
        private final int size;

        Numbers(int size) {
            this.size = size;
        }

        @Override
        public Integer get(int index) {
            return index;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public int indexOf(Object one) {
            return one instanceof Integer number && number >= 0 && number < size ? number : -1;
        }
    }
}
