package phalanx.show.conversations;

import atlantafx.base.controls.Popover;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TextField;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import phalanx.show.Controls;
import phalanx.show.Focus;
import phalanx.show.Words;

/** All columns by what they are about, with a search; ticked ones are shown. */
final class ColumnMenu extends VBox {
    private static final Words WORDS = Words.of("conversations");
    private static final double WIDTH = 260, HEIGHT = 420;

    /** A section's title and its columns. */
    private record Part(Label title, List<CheckBox> boxes) {}

    private final List<Part> parts = new ArrayList<>();

    ColumnMenu(Map<ConversationColumn, TableColumn<Line, Line>> columns) {
        super(8);
        getStyleClass().add("column-menu");
        getStylesheets().add(ConversationsView.SHEET);
        setPrefSize(WIDTH, HEIGHT);
        VBox all = new VBox(4);
        for (ConversationColumn.Section section : ConversationColumn.Section.values()) {
            Label title = new Label(section.title());
            title.getStyleClass().add("section-title");
            Part part = new Part(title, new ArrayList<>());
            all.getChildren().add(title);
            columns.forEach((column, shown) -> {
                if (column.section() == section) {
                    CheckBox box = new CheckBox(column.title());
                    box.selectedProperty().bindBidirectional(shown.visibleProperty());
                    part.boxes.add(box);
                    all.getChildren().add(box);
                }
            });
            parts.add(part);
        }
        TextField search = new TextField();
        search.setPromptText(WORDS.get("columns.search"));
        search.setAccessibleText(WORDS.get("columns.search"));
        search.textProperty().subscribe(this::find);
        ScrollPane scroll = new ScrollPane(all);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setAccessibleText(WORDS.get("columns"));
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren()
                .setAll(
                        search,
                        scroll,
                        Controls.button(
                                WORDS.get("columns.default"),
                                () -> columns.forEach((column, shown) -> shown.setVisible(column.shownAtFirst()))));
    }

    private void find(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        for (Part part : parts) {
            boolean whole = part.title.getText().toLowerCase(Locale.ROOT).contains(wanted);
            boolean any = false;
            for (CheckBox box : part.boxes) {
                boolean found = whole || box.getText().toLowerCase(Locale.ROOT).contains(wanted);
                box.setVisible(found);
                box.setManaged(found);
                any |= found;
            }
            part.title.setVisible(any);
            part.title.setManaged(any);
        }
    }

    /** Opens below a button. */
    void open(Button below) {
        Popover popover = new Popover(this);
        popover.setTitle(WORDS.get("columns"));
        popover.setHeaderAlwaysVisible(true);
        popover.setDetachable(false);
        popover.setAnimated(false);
        popover.setArrowLocation(Popover.ArrowLocation.TOP_RIGHT);
        popover.show(below);
        Focus.afterLayout(getScene(), () -> Focus.first(this, _ -> true));
    }
}
