package phalanx.show.help;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.text.TextFlow;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Node;

/** A table of a page; long cells wrap, short ones do not. Screen thread. */
final class MarkdownTable extends GridPane {
    /** Up to so many characters a column is as wide as what is in it; wider ones share the rest and wrap. */
    private static final int NARROW = 24;

    private static final double LEAST = 60, MOST = 260, A_CHARACTER = 3;

    MarkdownTable(TableBlock table, Function<Node, TextFlow> text) {
        getStyleClass().add("help-table");
        List<List<TableCell>> rows = rows(table);
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] longest = new int[columns];
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < rows.get(row).size(); column++) {
                TableCell cell = rows.get(row).get(column);
                boolean head = cell.getParent().getParent() instanceof TableHead;
                StackPane box = new StackPane(text.apply(cell));
                box.getStyleClass().add(head ? "help-table-head" : "help-table-cell");
                add(box, column, row);
                longest[column] = Math.max(longest[column], Markdown.text(cell).length());
            }
        }
        for (int column = 0; column < columns; column++) {
            boolean narrow = longest[column] <= NARROW && column < columns - 1;
            ColumnConstraints width = new ColumnConstraints();
            width.setMinWidth(narrow ? USE_PREF_SIZE : LEAST);
            if (!narrow) {
                width.setPrefWidth(Math.clamp(A_CHARACTER * longest[column], LEAST, MOST));
                width.setHgrow(Priority.ALWAYS);
            }
            getColumnConstraints().add(width);
        }
    }

    private static List<List<TableCell>> rows(TableBlock table) {
        List<List<TableCell>> rows = new ArrayList<>();
        table.accept(new AbstractVisitor() {
            @Override
            public void visit(CustomNode node) {
                if (node instanceof TableRow) {
                    rows.add(new ArrayList<>());
                } else if (node instanceof TableCell cell) {
                    rows.getLast().add(cell);
                    return;
                }
                visitChildren(node);
            }
        });
        return rows;
    }
}
