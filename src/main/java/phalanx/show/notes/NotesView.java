package phalanx.show.notes;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import phalanx.casefile.CaseFile;
import phalanx.show.Controls;
import phalanx.show.DeskView;
import phalanx.show.Words;

/** The notes and bookmarks of a case; a chosen one shows what it is on. */
public final class NotesView extends VBox implements DeskView {
    private static final Words WORDS = Words.of("notes");

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    /** Of the list beside the texts: its scroll bar and the padding of cells. */
    private static final double BESIDE = 30;

    private final Notes notes;
    private final ListView<CaseFile.Mark> list = new ListView<>();
    private final Label message = new Label();

    /**
     * @param write asks for the text of a note on what is selected
     * @param bookmark sets a bookmark on what is selected, or takes it away
     * @param remove takes a note or bookmark away
     */
    public NotesView(Notes notes, Runnable write, Runnable bookmark, Consumer<CaseFile.Mark> remove) {
        this.notes = notes;
        getStyleClass().add("dock");
        Label empty = new Label(WORDS.get("empty"));
        empty.setWrapText(true);
        empty.getStyleClass().add("soft");
        empty.setPadding(new Insets(12));
        list.setPlaceholder(empty);
        list.setItems(notes.marks());
        list.setAccessibleText(WORDS.get("name"));
        list.setCellFactory(_ -> new Cell());
        list.setOnMouseClicked(_ -> show());
        list.setOnKeyPressed(key -> {
            CaseFile.Mark chosen = list.getSelectionModel().getSelectedItem();
            if (key.getCode() == KeyCode.ENTER) {
                show();
            } else if (key.getCode() == KeyCode.DELETE && chosen != null) {
                remove.accept(chosen);
            }
        });
        Button add = Controls.button(WORDS.get("add"), write);
        Button mark = Controls.button(WORDS.get("bookmark"), bookmark);
        Button away = Controls.button(
                WORDS.get("remove"),
                () -> remove.accept(list.getSelectionModel().getSelectedItem()));
        away.disableProperty()
                .bind(list.getSelectionModel().selectedItemProperty().isNull());
        message.setWrapText(true);
        message.getStyleClass().add("severity-warning");
        message.managedProperty().bind(message.textProperty().isNotEmpty());
        FlowPane buttons = new FlowPane(8, 6, add, mark, away);
        buttons.setPadding(new Insets(6, 8, 6, 8));
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().setAll(list, message, buttons);
    }

    @Override
    public VBox node() {
        return this;
    }

    private void show() {
        CaseFile.Mark chosen = list.getSelectionModel().getSelectedItem();
        if (chosen != null) {
            message.setText(notes.show(chosen) ? "" : WORDS.get("gone"));
        }
    }

    /** Local time, to the minute; as it is written where it is none. */
    private static String when(String written) {
        try {
            return STAMP.format(Instant.parse(written).atZone(ZoneId.systemDefault()));
        } catch (DateTimeParseException _) {
            return written;
        }
    }

    private final class Cell extends ListCell<CaseFile.Mark> {
        private final Label title = new Label();
        private final Label text = new Label();
        private final Label time = new Label();
        private final VBox box = new VBox(2, title, text, time);

        Cell() {
            setPrefWidth(0);
            box.maxWidthProperty().bind(list.widthProperty().subtract(BESIDE)); // else the text keeps to one line
            title.getStyleClass().add("soft");
            title.setWrapText(true);
            time.getStyleClass().add("soft");
            text.setWrapText(true);
        }

        /** As high as its texts are at the width of the list: a long title would be cut. */
        @Override
        protected double computePrefHeight(double width) {
            return getGraphic() == null
                    ? super.computePrefHeight(width)
                    : snappedTopInset() + box.prefHeight(Math.max(0, list.getWidth() - BESIDE)) + snappedBottomInset();
        }

        @Override
        protected void updateItem(CaseFile.@Nullable Mark mark, boolean empty) {
            super.updateItem(mark, empty);
            if (empty || mark == null) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            String about = notes.title(mark.about());
            title.setText(about);
            time.setText(when(mark.written()));
            text.setText(
                    switch (mark) {
                        case CaseFile.Note note -> note.text();
                        case CaseFile.Bookmark _ -> WORDS.get("bookmarked");
                    });
            setGraphic(box);
            setAccessibleText(about + ": " + text.getText() + ", " + time.getText());
        }
    }
}
