package phalanx.show.shell;

import java.util.AbstractList;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import phalanx.show.DataTable;
import phalanx.show.Words;

/** What a diagram shows, as a table: for who would rather read, or hear. Screen thread. */
final class TableTwin extends TableView<Integer> {
    private static final Words WORDS = Words.of("shell");
    private static final double COLUMN = 130;

    TableTwin(DataTable table) {
        setAccessibleText(table.title());
        setPlaceholder(new Label(WORDS.get("table.empty")));
        for (int c = 0; c < table.columns().size(); c++) {
            int at = c;
            TableColumn<Integer, String> column =
                    new TableColumn<>(table.columns().get(c));
            column.setPrefWidth(COLUMN);
            column.setSortable(false);
            column.setCellValueFactory(row -> new ReadOnlyStringWrapper(table.cell(row.getValue(), at)));
            getColumns().add(column);
        }
        setItems(FXCollections.observableList(new Numbers(table.rows())));
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
