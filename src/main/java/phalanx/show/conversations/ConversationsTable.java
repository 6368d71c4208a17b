package phalanx.show.conversations;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ObservableListBase;
import javafx.css.PseudoClass;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.VirtualFlow;
import org.jspecify.annotations.Nullable;
import phalanx.show.Columns;
import phalanx.show.Selection;
import phalanx.show.Words;

/** The table itself: its columns, its lines, and the selection of the desk in both directions. */
final class ConversationsTable extends TableView<Line> {
    private static final Words WORDS = Words.of("conversations");
    private static final PseudoClass COMPARED = PseudoClass.getPseudoClass("compared");
    private static final PseudoClass GROUP = PseudoClass.getPseudoClass("group");

    private final ConversationsViewModel model;
    private final Map<ConversationColumn, TableColumn<Line, Line>> columns = new EnumMap<>(ConversationColumn.class);
    private boolean following;

    ConversationsTable(ConversationsViewModel model) {
        this.model = model;
        setAccessibleText(WORDS.get("title"));
        getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        for (ConversationColumn column : ConversationColumn.values()) {
            columns.put(column, tableColumn(column));
            getColumns().add(columns.get(column));
        }
        setRowFactory(_ -> new LineRow());
        setSortPolicy(_ -> {
            if (!following) {
                model.sort(sorts());
            }
            return true;
        });
        model.lines().subscribe(this::list);
        getSelectionModel().selectedItemProperty().subscribe(this::select);
        model.selection().state().subscribe(this::follow);
    }

    private static TableColumn<Line, Line> tableColumn(ConversationColumn column) {
        TableColumn<Line, Line> made = new TableColumn<>(column.title());
        made.setId(column.key());
        Columns.width(made, column.width());
        made.setVisible(column.shownAtFirst());
        made.setCellValueFactory(line -> new ReadOnlyObjectWrapper<>(line.getValue()));
        made.setCellFactory(_ -> cell(column));
        switch (column.look()) {
            case FIGURE, BAR -> made.getStyleClass().add("figure");
            case TEXT, FINDINGS, LIMITS -> {}
        }
        return made;
    }

    private static TableCell<Line, Line> cell(ConversationColumn column) {
        return switch (column.look()) {
            case BAR -> new BarCell(column);
            case LIMITS -> new FlowLimitsCell(column);
            case TEXT, FIGURE, FINDINGS -> new TextCell(column);
        };
    }

    /** By what they show, in the order of their declaration. */
    Map<ConversationColumn, TableColumn<Line, Line>> columns() {
        return columns;
    }

    /** Those shown, from left to right. */
    List<ConversationColumn> shownColumns() {
        return getVisibleLeafColumns().stream()
                .map(column -> ConversationColumn.of(column.getId()))
                .toList();
    }

    private List<Arrangement.Sort> sorts() {
        return getSortOrder().stream()
                .map(column -> new Arrangement.Sort(
                        ConversationColumn.of(column.getId()), column.getSortType() == TableColumn.SortType.DESCENDING))
                .toList();
    }

    ColumnLayout layoutOfColumns() {
        return new ColumnLayout(
                getColumns().stream()
                        .map(column -> new ColumnLayout.Column(column.getId(), column.getWidth(), column.isVisible()))
                        .toList(),
                sorts().stream()
                        .map(sort -> new ColumnLayout.Sort(sort.column().key(), sort.descending()))
                        .toList(),
                model.arrangement().grouping().key());
    }

    void restore(ColumnLayout layout) {
        Map<String, TableColumn<Line, ?>> left = new HashMap<>();
        columns.values().forEach(column -> left.put(column.getId(), column));
        List<TableColumn<Line, ?>> order = new ArrayList<>();
        for (ColumnLayout.Column wanted : layout.columns()) {
            TableColumn<Line, ?> column = left.remove(wanted.key());
            if (column != null) {
                column.setPrefWidth(wanted.width());
                column.setVisible(wanted.visible());
                order.add(column);
            }
        }
        columns.values().stream()
                .filter(column -> left.containsKey(column.getId()))
                .forEach(order::add);
        getColumns().setAll(order);
        List<TableColumn<Line, ?>> sorted = new ArrayList<>();
        for (ColumnLayout.Sort wanted : layout.sorts()) {
            columns.values().stream()
                    .filter(column -> column.getId().equals(wanted.key()))
                    .forEach(column -> {
                        column.setSortType(
                                wanted.descending() ? TableColumn.SortType.DESCENDING : TableColumn.SortType.ASCENDING);
                        sorted.add(column);
                    });
        }
        getSortOrder().setAll(sorted);
        model.sort(sorts());
        model.group(Grouping.of(layout.grouping()));
    }

    private void list(Lines lines) {
        following = true;
        int topBefore = firstShown();
        List<TableColumn<Line, ?>> sorted = List.copyOf(getSortOrder()); // which new items would clear
        setItems(new LineList(lines));
        getSortOrder().setAll(sorted);
        following = false;
        follow(model.selection().now());
        if (topBefore > 0 && getSelectionModel().isEmpty()) {
            scrollTo(Math.min(topBefore, lines.size() - 1));
        }
    }

    private void select(@Nullable Line line) {
        if (!following
                && line instanceof ConversationRow row
                && getSelectionModel().getSelectedIndices().size() == 1) {
            model.everySelected().set(false);
            model.selection().conversation(row.conversation().id());
        }
    }

    private void follow(Selection.State state) {
        if (following) {
            return;
        }
        following = true;
        int line = state.conversation() == Selection.NONE
                ? -1
                : model.lines().get().lineOf(state.conversation());
        if (line < 0) {
            getSelectionModel().clearSelection();
        } else if (!getSelectionModel().isSelected(line)
                || getSelectionModel().getSelectedIndices().size() > 1) {
            getSelectionModel().clearAndSelect(line);
            if (line < firstShown() || line > lastShown()) {
                scrollTo(Math.max(0, line - 2));
            }
        }
        following = false;
    }

    private int firstShown() {
        return lookup(".virtual-flow") instanceof VirtualFlow<?> flow && flow.getFirstVisibleCell() != null
                ? flow.getFirstVisibleCell().getIndex()
                : -1;
    }

    private int lastShown() {
        return lookup(".virtual-flow") instanceof VirtualFlow<?> flow && flow.getLastVisibleCell() != null
                ? flow.getLastVisibleCell().getIndex()
                : -1;
    }

    /** The conversations that are selected line by line; those of a selected group's head are its own lines' business. */
    int[] selectedConversations() {
        return getSelectionModel().getSelectedIndices().stream()
                .mapToInt(line -> model.lines().get().lines()[line])
                .filter(conversation -> conversation >= 0)
                .toArray();
    }

    /** Tells groups and the compared conversation from the others. */
    private final class LineRow extends TableRow<Line> {
        LineRow() {
            model.selection().state().subscribe(_ -> mark(getItem()));
        }

        @Override
        protected void updateItem(@Nullable Line line, boolean empty) {
            super.updateItem(line, empty);
            mark(empty ? null : line);
            if (line instanceof GroupLine group) {
                setAccessibleText(group.key() + ", " + DetailWords.group(group));
            } else if (line instanceof ConversationRow row) {
                setAccessibleText(row.ends());
            } else {
                setAccessibleText(null);
            }
        }

        private void mark(@Nullable Line line) {
            pseudoClassStateChanged(GROUP, line instanceof GroupLine);
            pseudoClassStateChanged(
                    COMPARED,
                    line instanceof ConversationRow row
                            && row.conversation().id()
                                    == model.selection().now().compared());
        }
    }

    /** Lines for the table, which asks for those in sight. */
    private static final class LineList extends ObservableListBase<Line> {
        private final Lines lines;

        LineList(Lines lines) {
            this.lines = lines;
        }

        @Override
        public Line get(int line) {
            return lines.get(line);
        }

        @Override
        public int size() {
            return lines.size();
        }

        @Override
        public int indexOf(@Nullable Object line) {
            return line instanceof ConversationRow row
                    ? lines.lineOf(row.conversation().id())
                    : super.indexOf(line);
        }

        @Override
        public boolean contains(@Nullable Object line) {
            return indexOf(line) >= 0;
        }
    }
}
