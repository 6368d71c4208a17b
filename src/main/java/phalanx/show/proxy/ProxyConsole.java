package phalanx.show.proxy;

import java.util.function.Supplier;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import phalanx.proxy.ProxyServer;
import phalanx.show.Controls;
import phalanx.show.FileDialogs;
import phalanx.show.Palette;
import phalanx.show.Words;

/** The proxy on the desk: configuration and servers left, requests in the middle, the selected one right. Screen thread. */
public final class ProxyConsole extends BorderPane {
    private static final Words WORDS = Words.of("proxy");
    private static final Duration EVERY = Duration.millis(500);
    private static final KeyCombination APPLY = new KeyCodeCombination(KeyCode.S, KeyCombination.SHORTCUT_DOWN);

    private final ConsoleViewModel model;
    private final FileDialogs files;
    private final ConfigEditor editor;
    private final RequestsTable requests;
    private final RequestDetail detail;
    private final ToggleButton serve = new ToggleButton(WORDS.get("start"));
    private final FontIcon serving = new FontIcon("mdi2p-play");
    private final ToggleButton record = new ToggleButton(WORDS.get("record"));
    private final ToggleButton capture = new ToggleButton(WORDS.get("capture"));
    private final Button archive = new Button(WORDS.get("archive"));
    private final Button apply = new Button(WORDS.get("apply"));
    private final Label count = new Label();
    private final Timeline looking;

    /**
     * @param files asks for configurations and places of archives
     * @param palette the colours of what is painted
     */
    public ProxyConsole(ConsoleViewModel model, FileDialogs files, Supplier<Palette> palette) {
        this.model = model;
        this.files = files;
        editor = new ConfigEditor(model, palette);
        requests = new RequestsTable(model);
        detail = new RequestDetail(model, editor::text);
        looking = new Timeline(new KeyFrame(EVERY, _ -> model.look()));
        looking.setCycleCount(Animation.INDEFINITE);
        getStyleClass().add("proxy-console");
        setTop(toolbar());
        setBottom(Controls.message(model.message()));
        SplitPane middle = new SplitPane(requests(), titled(WORDS.get("servers"), new ServersTable(model)));
        middle.setOrientation(Orientation.VERTICAL);
        middle.setDividerPositions(0.7);
        showBans(middle);
        SplitPane whole = new SplitPane(
                titled(WORDS.get("configuration"), editor), middle, titled(WORDS.get("request"), detail.scrolled()));
        whole.setDividerPositions(0.28, 0.76);
        setCenter(whole);
        requests.getSelectionModel().selectedItemProperty().subscribe(record -> {
            if (!requests.taking()) {
                detail.show(record);
            }
        });
        model.running().subscribe(this::running);
        model.snapshot().subscribe(this::render);
        addEventFilter(KeyEvent.KEY_PRESSED, key -> {
            if (APPLY.match(key)) {
                model.apply(editor.text());
                key.consume();
            }
        });
        sceneProperty().subscribe(scene -> {
            if (scene == null) {
                looking.pause(); // nobody looks
            } else {
                looking.play();
            }
        });
    }

    private FlowPane toolbar() {
        serve.setGraphic(serving);
        record.setGraphic(new FontIcon("mdi2r-record-circle-outline"));
        capture.setGraphic(new FontIcon("mdi2e-ethernet"));
        Button open = new Button(WORDS.get("open"), new FontIcon("mdi2f-folder-open-outline"));
        open.setOnAction(_ -> choose());
        serve.setOnAction(_ -> {
            if (serve.isSelected()) {
                model.start();
            } else {
                model.stop();
            }
            running(model.running().get());
        });
        apply.setOnAction(_ -> model.apply(editor.text()));
        record.setOnAction(_ -> model.record(record.isSelected()));
        record.setAccessibleText(WORDS.get("record.hint"));
        capture.setOnAction(_ -> model.capture(capture.isSelected()));
        capture.setAccessibleText(WORDS.get("capture.hint"));
        archive.setOnAction(_ -> saveArchive());
        FlowPane bar = new FlowPane(8, 4, open, serve, apply, record, capture, archive);
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().add("pane-bar");
        return bar;
    }

    private VBox requests() {
        TextField filter = new TextField();
        filter.setPromptText(WORDS.get("requests.filter"));
        filter.setAccessibleText(WORDS.get("requests.filter.name"));
        filter.textProperty().bindBidirectional(model.filter());
        filter.textProperty().subscribe(model::look);
        HBox.setHgrow(filter, Priority.ALWAYS);
        HBox bar = new HBox(8, filter, count);
        count.setMinWidth(Region.USE_PREF_SIZE);
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().add("pane-bar");
        VBox.setVgrow(requests, Priority.ALWAYS);
        return new VBox(bar, new StoppedBox(model), requests);
    }

    /** Only while there are any. */
    private void showBans(SplitPane middle) {
        VBox bans = titled(WORDS.get("bans"), new BansTable(model));
        model.snapshot().subscribe(snapshot -> {
            boolean shown = middle.getItems().contains(bans);
            if (snapshot.bans().isEmpty()) {
                middle.getItems().remove(bans);
            } else if (!shown) {
                middle.getItems().add(bans);
                middle.setDividerPositions(0.55, 0.8);
            }
        });
    }

    private static VBox titled(String title, Region content) {
        Label label = new Label(title);
        label.getStyleClass().add("pane-title");
        VBox.setVgrow(content, Priority.ALWAYS);
        return new VBox(label, content);
    }

    private void running(@Nullable ProxyServer server) {
        boolean on = server != null;
        serve.setSelected(on);
        serve.setText(on ? WORDS.get("stop") : WORDS.get("start"));
        serving.setIconLiteral(on ? "mdi2s-stop" : "mdi2p-play");
        serve.disableProperty().unbind();
        serve.disableProperty().bind(model.document().file().isNull());
        apply.disableProperty().unbind();
        apply.disableProperty().bind(model.document().file().isNull());
        record.setDisable(!on);
        capture.setDisable(!on);
        archive.setDisable(!on);
    }

    private void render(ConsoleSnapshot now) {
        record.setSelected(now.recording());
        capture.setSelected(now.capturing().isPresent());
        capture.setText(now.capturing().isPresent() ? WORDS.get("capture.end") : WORDS.get("capture"));
        boolean filtered = !model.filter().get().isBlank();
        int shown = now.requests().size();
        count.setText(
                filtered
                        ? WORDS.get("requests.count.filtered", shown, now.searched())
                        : WORDS.get("requests.count", shown, now.total()));
        detail.show(requests.getSelectionModel().getSelectedItem());
    }

    private void choose() {
        files.openOne(
                        getScene().getWindow(),
                        WORDS.get("open.title"),
                        new ExtensionFilter(WORDS.get("open.kind"), "*.conf"),
                        new ExtensionFilter(WORDS.get("open.all"), "*"))
                .ifPresent(model.document()::open);
    }

    private void saveArchive() {
        files.save(getScene().getWindow(), WORDS.get("archive.title"), "requests.har")
                .ifPresent(model::saveArchive);
    }
}
