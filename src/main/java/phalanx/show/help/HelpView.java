package phalanx.show.help;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import phalanx.show.Controls;
import phalanx.show.Focus;
import phalanx.show.Words;

/** The manual: contents or what a search found at the left, the page at the right. Screen thread. */
final class HelpView extends BorderPane {
    private static final Words WORDS = Words.of("help");
    private static final double WIDTH = 980, HEIGHT = 720, READABLE = 760, CONTENTS = 0.27;

    /** A line at the left. */
    private sealed interface Entry {
        record Title(String text) implements Entry {}

        record Page(HelpPage page, String excerpt) implements Entry {}
    }

    private final HelpViewModel model;
    private final TextField search = new TextField();
    private final Label count = new Label();
    private final ListView<Entry> list = new ListView<>();
    private final ScrollPane scroll = new ScrollPane();
    private boolean filling;

    HelpView(HelpViewModel model) {
        this.model = model;
        getStyleClass().add("help");
        getStylesheets().add(String.valueOf(HelpView.class.getResource("/show/help.css")));
        setPrefSize(WIDTH, HEIGHT);
        setTop(bar());
        list.setCellFactory(_ -> new EntryCell());
        list.setAccessibleText(WORDS.get("contents"));
        list.getSelectionModel().selectedItemProperty().subscribe(chosen -> {
            if (!filling && chosen instanceof Entry.Page(var page, var _)) {
                model.open(page.id());
            }
        });
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(true);
        scroll.getStyleClass().add("help-page");
        SplitPane split = new SplitPane(list, scroll);
        split.setDividerPositions(CONTENTS);
        SplitPane.setResizableWithParent(list, false);
        setCenter(split);
        model.hits().subscribe(this::fill);
        model.page().subscribe(this::turn);
        addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        sceneProperty().subscribe(scene -> Focus.afterLayout(scene, scroll::requestFocus));
    }

    private HBox bar() {
        Button back = Controls.icon("mdi2a-arrow-left", WORDS.get("back"), model::back);
        back.disableProperty().bind(model.canGoBack().not());
        Button forward = Controls.icon("mdi2a-arrow-right", WORDS.get("forward"), model::forward);
        forward.disableProperty().bind(model.canGoForward().not());
        search.setPromptText(WORDS.get("search"));
        search.setAccessibleText(WORDS.get("search"));
        search.textProperty().bindBidirectional(model.query());
        HBox.setHgrow(search, Priority.ALWAYS);
        count.getStyleClass().add("soft");
        HBox bar = new HBox(8, back, forward, search, count);
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().add("help-bar");
        return bar;
    }

    private void key(KeyEvent key) {
        if (key.isAltDown() && key.getCode() == KeyCode.LEFT) {
            model.back();
        } else if (key.isAltDown() && key.getCode() == KeyCode.RIGHT) {
            model.forward();
        } else if (key.isShortcutDown() && (key.getCode() == KeyCode.F || key.getCode() == KeyCode.L)) {
            search.requestFocus();
        } else if (key.getCode() == KeyCode.ESCAPE && !model.query().get().isEmpty()) {
            model.query().set("");
        } else if (key.getCode() == KeyCode.DOWN && search.isFocused()) {
            list.requestFocus();
        } else {
            return;
        }
        key.consume();
    }

    /** Contents when nothing is searched for, else what was found. */
    private void fill(List<HelpBook.Hit> hits) {
        filling = true;
        boolean searching = !model.query().get().isBlank();
        list.getItems().clear();
        if (searching) {
            hits.forEach(hit -> list.getItems().add(new Entry.Page(hit.page(), hit.excerpt())));
        } else {
            model.book().chapters().forEach(chapter -> {
                list.getItems().add(new Entry.Title(chapter.title()));
                chapter.pages().forEach(page -> list.getItems().add(new Entry.Page(page, "")));
            });
        }
        count.setText(searching ? WORDS.get("hits", hits.size()) : "");
        filling = false;
        if (searching
                && !hits.isEmpty()
                && hits.stream().noneMatch(hit -> hit.page().equals(model.page().get()))) {
            model.open(hits.getFirst().page().id());
        }
        turn(model.page().get());
    }

    private void turn(HelpPage page) {
        MarkdownView shown =
                new MarkdownView(page.document(), HelpBook.words(model.query().get()), model::open);
        shown.setMaxWidth(READABLE);
        StackPane middle = new StackPane(shown);
        middle.setAlignment(Pos.TOP_LEFT);
        scroll.setContent(middle);
        scroll.setAccessibleText(page.title());
        scrollToHit(shown);
        filling = true;
        list.getItems().stream()
                .filter(entry -> entry instanceof Entry.Page(var one, var _) && one.equals(page))
                .findFirst()
                .ifPresent(entry -> {
                    list.getSelectionModel().select(entry);
                    list.scrollTo(Math.max(0, list.getItems().indexOf(entry) - 3));
                });
        filling = false;
    }

    /** To the first word that was searched for, else to the top. */
    private void scrollToHit(MarkdownView shown) {
        scroll.setVvalue(0);
        if (model.query().get().isBlank()) {
            scroll.requestFocus();
        } else if (getScene() != null) {
            scroll.applyCss();
            scroll.layout();
            Node hit = shown.lookup(".help-hit");
            double room = shown.getHeight() - scroll.getViewportBounds().getHeight();
            if (hit != null && room > 0) {
                double at = shown.sceneToLocal(hit.localToScene(0, 0)).getY();
                scroll.setVvalue(Math.clamp((at - scroll.getViewportBounds().getHeight() / 3) / room, 0, 1));
            }
        }
    }

    private static final class EntryCell extends ListCell<Entry> {
        EntryCell() {
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable Entry entry, boolean empty) {
            super.updateItem(entry, empty);
            getStyleClass().removeAll("help-chapter", "help-entry");
            setGraphic(null);
            setText(null);
            setTooltip(null);
            setDisable(entry instanceof Entry.Title);
            switch (empty ? null : entry) {
                case Entry.Title(var text) -> {
                    setText(text);
                    getStyleClass().add("help-chapter");
                }
                case Entry.Page(var page, var excerpt) -> {
                    getStyleClass().add("help-entry");
                    if (excerpt.isEmpty()) {
                        setText(page.title());
                        setTooltip(new Tooltip(page.title()));
                    } else {
                        setGraphic(found(page, excerpt));
                    }
                }
                case null -> {}
            }
        }

        private VBox found(HelpPage page, String excerpt) {
            Label title = new Label(page.title());
            title.getStyleClass().add("strong");
            Label around = new Label(excerpt);
            around.getStyleClass().add("soft");
            VBox box = new VBox(2, title, around);
            box.setPrefWidth(0);
            setAccessibleText(page.title() + ": " + excerpt);
            return box;
        }
    }
}
