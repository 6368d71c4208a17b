package phalanx.show.conversations;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import phalanx.run.Outcome;
import phalanx.show.Controls;
import phalanx.show.DataTable;
import phalanx.show.DeskView;
import phalanx.show.Selection;
import phalanx.show.ViewContext;
import phalanx.show.Words;

/** All conversations, those with findings first; a selected one is what the other views are about. */
public final class ConversationsView extends VBox implements DeskView {
    private static final Words WORDS = Words.of("conversations");
    /** Address of the style sheet, for popups as well, which have a scene of their own. */
    static final String SHEET = Objects.requireNonNull(ConversationsView.class.getResource("/show/conversations.css"))
            .toExternalForm();

    private static final Duration BEFORE_BUSY = Duration.millis(150);

    private final ViewContext context;
    private final ConversationsViewModel model;
    private final ConversationsTable table;
    private final ChoiceBox<Grouping> grouping = new ChoiceBox<>();

    public ConversationsView(ViewContext context) {
        this.context = context;
        model = new ConversationsViewModel(context);
        table = new ConversationsTable(model);
        getStyleClass().add("conversations");
        getStylesheets().add(SHEET);
        VBox.setVgrow(table, Priority.ALWAYS);
        getChildren().setAll(bar(), table);
        model.lines().subscribe(lines -> table.setPlaceholder(placeholder(lines)));
        table.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        table.addEventFilter(MouseEvent.MOUSE_PRESSED, this::press);
        table.setOnContextMenuRequested(this::menu);
        sceneProperty().subscribe((_, scene) -> model.see(scene != null));
    }

    @Override
    public VBox node() {
        return this;
    }

    /** The columns as the user has laid them out, to be kept. */
    public ColumnLayout columnLayout() {
        return table.layoutOfColumns();
    }

    /** Lays the columns out as they were. */
    public void restore(ColumnLayout layout) {
        table.restore(layout);
        grouping.setValue(model.arrangement().grouping());
    }

    @Override
    public Optional<DataTable> table() {
        return Optional.of(new ShownTable(model.lines().get(), table.shownColumns()));
    }

    private HBox bar() {
        Label count = new Label();
        count.getStyleClass().add("soft");
        count.setMinWidth(Region.USE_PREF_SIZE);
        model.lines()
                .subscribe(lines -> count.setText(WORDS.get(
                        "shown",
                        Words.language().count(lines.conversations().length),
                        Words.language().count(model.total()))));
        Label every = new Label(WORDS.get("every-selected"));
        every.getStyleClass().add("chip");
        every.visibleProperty().bind(model.everySelected());
        every.managedProperty().bind(every.visibleProperty());
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button columns = new Button(WORDS.get("columns"));
        columns.setOnAction(_ -> new ColumnMenu(table.columns()).open(columns));
        columns.setMinWidth(Region.USE_PREF_SIZE);
        HBox bar = new HBox(8, count, busy(), every, compared(), space);
        bar.getChildren().addAll(groups());
        bar.getChildren().add(columns);
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().addAll("pane-bar", "conversations-bar");
        return bar;
    }

    /** Shown when arranging takes longer than a glance. */
    private Node busy() {
        ProgressIndicator mark = new ProgressIndicator();
        mark.setAccessibleText(WORDS.get("busy"));
        mark.setPrefSize(16, 16);
        mark.setVisible(false);
        PauseTransition wait = new PauseTransition(BEFORE_BUSY);
        wait.setOnFinished(_ -> mark.setVisible(model.busy().get()));
        model.busy().subscribe(now -> {
            if (now) {
                wait.playFromStart();
            } else {
                wait.stop();
                mark.setVisible(false);
            }
        });
        return mark;
    }

    /** Which conversation lies beside the selected one. */
    private Node compared() {
        Label chip = new Label();
        chip.getStyleClass().add("chip");
        Button away = Controls.icon(
                "mdi2c-close",
                WORDS.get("menu.no-compare"),
                () -> model.selection().compare(Selection.NONE));
        HBox both = new HBox(2, chip, away);
        both.setAlignment(Pos.CENTER_LEFT);
        both.managedProperty().bind(both.visibleProperty());
        model.selection().state().subscribe(state -> {
            both.setVisible(state.compared() != Selection.NONE);
            if (state.compared() != Selection.NONE) {
                String ends = model.source().row(state.compared()).ends();
                chip.setText(WORDS.get("compared", ends));
                chip.setTooltip(new Tooltip(chip.getText()));
            }
        });
        return both;
    }

    private List<Node> groups() {
        grouping.getItems().setAll(Grouping.values());
        grouping.setValue(Grouping.NONE);
        grouping.setAccessibleText(WORDS.get("group-by"));
        grouping.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable Grouping value) {
                return value == null ? "" : value.title();
            }

            @Override
            public Grouping fromString(String title) {
                return Grouping.NONE;
            }
        });
        Label label = new Label(WORDS.get("group-by"));
        label.setLabelFor(grouping);
        label.setMinWidth(Region.USE_PREF_SIZE);
        Button open = Controls.icon("mdi2u-unfold-more-horizontal", WORDS.get("open-all"), () -> model.openAll(true));
        Button close =
                Controls.icon("mdi2u-unfold-less-horizontal", WORDS.get("close-all"), () -> model.openAll(false));
        for (Button button : List.of(open, close)) {
            button.visibleProperty().bind(grouping.valueProperty().isNotEqualTo(Grouping.NONE));
            button.managedProperty().bind(button.visibleProperty());
        }
        grouping.valueProperty().subscribe(model::group);
        return List.of(label, grouping, open, close);
    }

    private Node placeholder(Lines lines) {
        if (model.total() == 0) {
            return new Label(WORDS.get("none"));
        }
        if (lines.conversations().length > 0 || context.shown().getValue().isAll()) {
            return new Label(WORDS.get("busy"));
        }
        VBox box = new VBox(
                8,
                new Label(WORDS.get("no-match", Words.language().count(model.total()))),
                Controls.button(WORDS.get("clear-filter"), () -> model.filter("")));
        box.setAlignment(Pos.CENTER);
        return box;
    }

    private void key(KeyEvent key) {
        Line line = table.getFocusModel().getFocusedItem();
        boolean plain = !key.isShortcutDown() && !key.isAltDown() && !key.isShiftDown();
        boolean done = true;
        if (key.isShortcutDown() && key.getCode() == KeyCode.A) {
            table.getSelectionModel().clearSelection();
            model.everySelected().set(model.lines().get().conversations().length > 0);
        } else if (key.isShortcutDown() && key.getCode() == KeyCode.C) {
            copy(RowText.TABS);
        } else if (plain && key.getCode() == KeyCode.C && line instanceof ConversationRow row) {
            model.compare(row.conversation().id());
        } else if (plain && line instanceof GroupLine group && toggles(key.getCode(), group)) {
            toggle(group);
        } else {
            done = false;
        }
        if (done) {
            key.consume();
        }
    }

    private static boolean toggles(KeyCode code, GroupLine group) {
        return switch (code) {
            case ENTER, SPACE -> true;
            case LEFT -> group.open();
            case RIGHT -> !group.open();
            default -> false;
        };
    }

    private void toggle(GroupLine group) {
        int line = table.getFocusModel().getFocusedIndex();
        model.toggle(group);
        table.getFocusModel().focus(line);
    }

    private void press(MouseEvent mouse) {
        TableCell<?, ?> cell = cellAt(mouse.getPickResult().getIntersectedNode());
        if (cell == null || mouse.getButton() != MouseButton.PRIMARY) {
            return;
        }
        if (cell.getItem() instanceof GroupLine group) {
            table.requestFocus();
            table.getFocusModel().focus(cell.getIndex());
            toggle(group);
            mouse.consume();
        } else if (cell.getItem() instanceof ConversationRow row && mouse.isShortcutDown()) {
            model.compare(row.conversation().id());
            mouse.consume();
        }
    }

    private static @Nullable TableCell<?, ?> cellAt(@Nullable Node node) {
        Node at = node;
        while (at != null && !(at instanceof TableCell<?, ?>)) {
            at = at.getParent();
        }
        return (TableCell<?, ?>) at;
    }

    private void menu(ContextMenuEvent asked) {
        TableCell<?, ?> cell =
                asked.isKeyboardTrigger() ? null : cellAt(asked.getPickResult().getIntersectedNode());
        Object line = cell == null ? table.getFocusModel().getFocusedItem() : cell.getItem();
        if (line instanceof ConversationRow row) {
            new RowMenu(
                            model,
                            row,
                            cell == null
                                    ? null
                                    : ConversationColumn.of(
                                            cell.getTableColumn().getId()),
                            this::copy)
                    .show(table, asked.getScreenX(), asked.getScreenY());
            asked.consume();
        }
    }

    /** Copies the selected rows, or everything that the filter leaves over when all of it is selected. */
    private void copy(RowText as) {
        Lines lines = model.lines().get();
        int[] rows = model.everySelected().get() ? lines.conversations() : table.selectedConversations();
        int[] some = rows.length > ConversationsViewModel.MOST_COPIED
                ? Arrays.copyOf(rows, ConversationsViewModel.MOST_COPIED)
                : rows;
        List<ConversationColumn> columns = table.shownColumns();
        context.jobs()
                .start(
                        "copy conversations",
                        progress -> Outcome.ok(as.of(lines.source(), some, columns, progress)),
                        _ -> {},
                        outcome -> {
                            if (outcome instanceof Outcome.Ok<String>(var text)) {
                                Controls.copy(text);
                            }
                        });
    }

    /** What is listed, without the heads of groups, in the columns that are shown. */
    private record ShownTable(Lines lines, List<ConversationColumn> shown) implements DataTable {
        @Override
        public String title() {
            return WORDS.get("title");
        }

        @Override
        public List<String> columns() {
            return shown.stream().map(ConversationColumn::title).toList();
        }

        @Override
        public int rows() {
            return lines.conversations().length;
        }

        @Override
        public String cell(int row, int column) {
            return shown.get(column).content().text(lines.source().row(lines.conversations()[row]));
        }
    }
}
