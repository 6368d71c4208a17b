package phalanx.show;

import java.util.Comparator;
import java.util.function.Function;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/** Columns of tables whose cells are texts of a whole row. Screen thread. */
public final class Columns {
    /** Size of texts in tables, so many times the usual one; desk.css sets it. */
    private static final double TEXTS = 0.94;

    private Columns() {}

    /**
     * Adds a column.
     *
     * @param width in pixels
     * @param order what it is sorted by
     */
    public static <R, T extends Comparable<? super T>> TableColumn<R, R> text(
            TableView<R> table, String title, double width, Function<R, String> text, Function<R, T> order) {
        TableColumn<R, R> column = new TableColumn<>(title);
        width(column, width);
        column.setCellValueFactory(row -> new SimpleObjectProperty<>(row.getValue()));
        column.setComparator(Comparator.comparing(order));
        column.setCellFactory(_ -> new TableCell<>() {
            @Override
            protected void updateItem(@Nullable R row, boolean empty) {
                super.updateItem(row, empty);
                setText(empty || row == null ? null : text.apply(row));
            }
        });
        table.getColumns().add(column);
        return column;
    }

    /** Makes a column so wide, and wider with larger texts. @param width in pixels where texts are of their usual size */
    public static void width(TableColumn<?, ?> column, double width) {
        column.setPrefWidth(width);
        TextSize texts = new TextSize();
        texts.setManaged(true); // a heading leaves other graphics out
        double[] before = {TEXTS};
        texts.times().subscribe((_, now) -> {
            column.setPrefWidth(column.getWidth() * now / before[0]);
            before[0] = now;
        });
        column.setGraphic(texts);
    }

    /** Adds a column of figures, aligned on the right. */
    public static <R, T extends Comparable<? super T>> void figure(
            TableView<R> table, String title, double width, Function<R, String> text, Function<R, T> order) {
        text(table, title, width, text, order).getStyleClass().add("figure");
    }
}
