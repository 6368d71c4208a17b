package phalanx.show.omnibox;

import atlantafx.base.controls.CustomTextField;
import java.util.List;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.stage.Popup;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import phalanx.show.Controls;
import phalanx.show.TextRuler;
import phalanx.show.Words;

/** The line at the top with its state beside it and what can be chosen below it. Screen thread. */
public final class Omnibox extends HBox {
    private static final Words WORDS = Words.of("omnibox");
    /** Height of a line, so many times the size of texts. */
    private static final double ROW = 2;
    /** What suggestions may take if there is room, the same. */
    private static final double WIDE = 48;
    /** What stands beside the text in the line, as wide as so many times the size of texts. */
    private static final double SIGNS = 6;

    private static final int MOST_ROWS = 12;
    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("invalid");
    private static final PseudoClass VALID = PseudoClass.getPseudoClass("valid");

    private Runnable leave = () -> {};
    private final OmniboxViewModel model;
    private final CustomTextField field = new CustomTextField();
    private final Label message = new Label();
    private final Tooltip told = new Tooltip();
    private final FontIcon sign = new FontIcon("mdi2f-filter-variant");
    private final Button cancel;
    private final ListView<Suggestion> list = new ListView<>();
    private final Popup popup = new Popup();

    /** @param dress gives a popup the look of the desk */
    public Omnibox(OmniboxViewModel model, Consumer<Region> dress) {
        this.model = model;
        getStyleClass().add("omnibox");
        setAlignment(Pos.CENTER_LEFT);
        field.setTooltip(new Tooltip(WORDS.get("prompt")));
        field.widthProperty().subscribe(_ -> prompt());
        field.fontProperty().subscribe(_ -> prompt());
        field.setAccessibleText(WORDS.get("name"));
        field.setLeft(sign);
        Button clear = Controls.icon("mdi2c-close", WORDS.get("clear"), () -> set(""));
        clear.setFocusTraversable(false);
        clear.visibleProperty().bind(field.textProperty().isNotEmpty());
        field.setRight(clear);
        HBox.setHgrow(field, Priority.ALWAYS);
        cancel = Controls.button(WORDS.get("cancel"), model::cancel);
        cancel.setVisible(false);
        cancel.managedProperty().bind(cancel.visibleProperty());
        message.getStyleClass().add("omnibox-message");
        message.setTooltip(told);
        message.visibleProperty().bind(message.textProperty().isNotEmpty()); // else it lies over the field's end
        message.managedProperty().bind(message.visibleProperty());
        getChildren().setAll(field, message, cancel);
        list.getStyleClass().add("suggestions");
        list.setCellFactory(_ -> new Cell());
        list.setAccessibleText(WORDS.get("suggestions"));
        list.setFocusTraversable(false); // its keys are the line's
        list.setOnMouseClicked(_ -> choose());
        dress.accept(list);
        popup.getContent().setAll(list);
        popup.setAutoHide(true);
        field.textProperty().subscribe((_, text) -> {
            model.typed(text);
            suggest();
        });
        field.focusedProperty().subscribe(focused -> {
            if (!focused) {
                popup.hide();
            }
        });
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        model.state().subscribe(this::show);
    }

    /** As much as there is room for. */
    private void prompt() {
        String whole = WORDS.get("prompt");
        double room = field.getWidth() - SIGNS * field.getFont().getSize();
        field.setPromptText(
                TextRuler.width(whole, field.getFont().getSize(), false) <= room ? whole : WORDS.get("prompt.brief"));
    }

    /** Puts the caret into the line with a text, all of it selected; its first letter chooses what it does. */
    public void focus(String begin) {
        field.requestFocus();
        if (begin.isEmpty()) {
            field.selectAll();
        } else {
            field.setText(begin);
            field.positionCaret(begin.length());
            suggest(); // the text was heard of before the caret moved
        }
    }

    /** Writes a filter and applies it. */
    public void set(String filter) {
        field.setText(filter);
        field.positionCaret(filter.length());
        popup.hide();
        model.enter(filter);
    }

    /** What gives the focus back to the views, by Escape. */
    public void onLeave(Runnable back) {
        leave = back;
    }

    /** What is written. */
    public String text() {
        return field.getText();
    }

    private void key(KeyEvent key) {
        boolean open = popup.isShowing();
        switch (key.getCode()) {
            case DOWN -> {
                if (open) {
                    move(1);
                } else {
                    suggest();
                }
            }
            case UP -> move(-1);
            case TAB -> {
                if (key.isControlDown()) {
                    field.requestFocusTraversal(
                            key.isShiftDown() ? TraversalDirection.PREVIOUS : TraversalDirection.NEXT);
                } else if (open && !key.isShiftDown() && chosen() instanceof Suggestion.Completion) {
                    choose(); // Tab completes; only Enter runs a command
                } else {
                    return;
                }
            }
            case ENTER -> {
                if (key.isControlDown()) {
                    model.keep(field.getText().strip());
                } else if (open && list.getSelectionModel().getSelectedItem() != null) {
                    choose();
                } else if (model.enter(field.getText())) {
                    popup.hide();
                    if (field.getText().startsWith(">") || field.getText().startsWith("?")) {
                        field.setText("");
                    }
                }
            }
            case ESCAPE -> {
                if (open) {
                    popup.hide();
                } else {
                    field.setText(model.shown().get().filter());
                    leave.run();
                }
            }
            default -> {
                return;
            }
        }
        key.consume();
    }

    private void move(int step) {
        int rows = list.getItems().size();
        if (rows > 0) {
            int at = list.getSelectionModel().getSelectedIndex();
            int to = at < 0 ? (step > 0 ? 0 : rows - 1) : Math.floorMod(at + step, rows);
            list.getSelectionModel().select(to);
            list.scrollTo(Math.max(0, to - MOST_ROWS / 2));
        }
    }

    /** The suggestion that is selected, or the first; null when there is none. */
    private @Nullable Suggestion chosen() {
        Suggestion selected = list.getSelectionModel().getSelectedItem();
        return selected == null && !list.getItems().isEmpty() ? list.getItems().getFirst() : selected;
    }

    private void choose() {
        switch (chosen()) {
            case Suggestion.Completion(var _, var _, var text, var caret) -> {
                field.setText(text);
                field.positionCaret(caret);
            }
            case Suggestion.Act(var _, var _, var action) -> {
                popup.hide();
                field.setText("");
                action.run();
            }
            case null -> {}
        }
    }

    private void suggest() {
        if (!field.isFocused() || getScene() == null) {
            return;
        }
        List<Suggestion> suggestions = model.suggestions(field.getText(), field.getCaretPosition());
        list.getItems().setAll(suggestions);
        list.getSelectionModel().clearSelection();
        if (suggestions.isEmpty()) {
            popup.hide();
            return;
        }
        boolean command = field.getText().startsWith(">");
        if (command) {
            list.getSelectionModel().select(0);
        }
        double row = ROW * field.getFont().getSize();
        list.setFixedCellSize(row);
        double left = field.localToScene(0, 0).getX();
        double wide = Math.max(
                field.getWidth(),
                Math.min(WIDE * field.getFont().getSize(), getScene().getWidth() - left));
        list.setPrefSize(wide, Math.min(MOST_ROWS, suggestions.size()) * row + 4);
        if (!popup.isShowing()) {
            Bounds at = field.localToScreen(field.getBoundsInLocal());
            popup.show(field, at.getMinX(), at.getMaxY() + 2);
        }
    }

    private void show(OmniboxViewModel.State state) {
        String told = switch (state) {
            case OmniboxViewModel.State.Empty() -> "";
            case OmniboxViewModel.State.Valid() -> "";
            case OmniboxViewModel.State.Invalid(var why, var _) -> why;
            case OmniboxViewModel.State.Checking(var what) -> what;
            case OmniboxViewModel.State.Applied(var what) -> what;
        };
        boolean invalid = state instanceof OmniboxViewModel.State.Invalid;
        message.setText(told);
        this.told.setText(told);
        message.pseudoClassStateChanged(INVALID, invalid);
        field.pseudoClassStateChanged(INVALID, invalid);
        field.pseudoClassStateChanged(VALID, !invalid && !field.getText().isBlank());
        field.setAccessibleHelp(told);
        cancel.setVisible(state instanceof OmniboxViewModel.State.Checking);
        sign.setIconLiteral(
                switch (state) {
                    case OmniboxViewModel.State.Empty() -> "mdi2f-filter-variant";
                    case OmniboxViewModel.State.Valid() -> "mdi2c-check";
                    case OmniboxViewModel.State.Invalid _ -> "mdi2a-alert-circle-outline";
                    case OmniboxViewModel.State.Checking _ -> "mdi2t-timer-sand";
                    case OmniboxViewModel.State.Applied _ -> "mdi2f-filter-check-outline";
                });
    }

    private static final class Cell extends ListCell<Suggestion> {
        private final Label title = new Label();
        private final Label detail = new Label();
        private final HBox row;

        Cell() {
            Region space = new Region();
            HBox.setHgrow(space, Priority.ALWAYS);
            detail.getStyleClass().add("soft");
            row = new HBox(12, title, space, detail);
            title.setMinWidth(USE_PREF_SIZE);
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable Suggestion suggestion, boolean empty) {
            super.updateItem(suggestion, empty);
            if (empty || suggestion == null) {
                setGraphic(null);
                setTooltip(null);
                setAccessibleText(null);
                return;
            }
            title.setText(suggestion.title());
            detail.setText(suggestion.detail());
            setGraphic(row);
            setTooltip(new Tooltip(suggestion.title() + "\n" + suggestion.detail()));
            setAccessibleText(suggestion.title() + ", " + suggestion.detail());
        }
    }
}
