package phalanx.show.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Window;
import javafx.util.StringConverter;
import phalanx.casefile.Settings;
import phalanx.show.Controls;
import phalanx.show.FileDialogs;
import phalanx.show.Words;

/** Preferences: a line for each, the key map, the profile; the search box leaves over what has its words. Screen thread. */
public final class SettingsView extends BorderPane {
    private static final Words WORDS = Words.of("settings");
    private static final int TEXT_STEP = 10;

    /** A part of the window, and the words that it is found by. */
    private record Part(Node node, String words) {}

    private final SettingsViewModel model;
    private final FileDialogs files;
    private final List<Part> parts = new ArrayList<>();
    private final VBox content = new VBox(14);

    /** @param files asks where profiles are */
    public SettingsView(SettingsViewModel model, FileDialogs files) {
        this.model = model;
        this.files = files;
        getStyleClass().add("settings");
        getStylesheets().add(String.valueOf(SettingsView.class.getResource("/show/settings.css")));
        TextField search = new TextField();
        search.setPromptText(WORDS.get("search"));
        search.setAccessibleText(WORDS.get("search"));
        HBox bar = new HBox(search);
        HBox.setHgrow(search, Priority.ALWAYS);
        bar.getStyleClass().add("settings-bar");
        setTop(bar);
        appearance();
        language();
        KeysEditor keys = new KeysEditor(model);
        parts.add(new Part(keys, keys.words()));
        profile();
        parts.forEach(part -> content.getChildren().add(part.node()));
        content.getStyleClass().add("settings-content");
        ScrollPane scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setAccessibleText(WORDS.get("title"));
        setCenter(scroll);
        Label none = new Label(WORDS.get("none"));
        none.getStyleClass().add("soft");
        none.setVisible(false);
        none.managedProperty().bind(none.visibleProperty());
        content.getChildren().add(none);
        search.textProperty().subscribe(text -> {
            keys.find(text);
            none.setVisible(!find(text));
        });
    }

    /** Leaves over what has these words. @return whether anything has */
    private boolean find(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        boolean any = false;
        for (Part part : parts) {
            boolean fits = part.words().toLowerCase(Locale.ROOT).contains(wanted);
            part.node().setVisible(fits);
            part.node().setManaged(fits);
            any |= fits;
        }
        return any;
    }

    private void appearance() {
        ComboBox<String> look = choice(List.of("system", "light", "dark", "high-contrast"), SettingsView::lookWord);
        look.setOnAction(_ -> model.change(settings -> settings.withAppearance(look.getValue())));
        row(Preference.APPEARANCE, WORDS.get("appearance"), WORDS.get("appearance.hint"), look);
        Slider size = new Slider(
                Settings.LEAST_TEXT, Settings.MOST_TEXT, model.value().get().textPercent());
        size.setBlockIncrement(TEXT_STEP);
        size.setMajorTickUnit(20);
        size.setSnapToTicks(true);
        size.setMinorTickCount(1);
        size.setShowTickMarks(true);
        // The toolkit fails for a thumb that is dragged without having been pressed, as when the press only closed a
        // menu.
        size.addEventFilter(MouseEvent.MOUSE_DRAGGED, drag -> {
            if (drag.getTarget() instanceof Node part
                    && part.getStyleClass().contains("thumb")
                    && !size.isValueChanging()) {
                drag.consume();
            }
        });
        Label percent = new Label();
        percent.getStyleClass().add("settings-percent");
        HBox sized = new HBox(10, size, percent);
        sized.setAlignment(Pos.CENTER_LEFT);
        size.valueChangingProperty().subscribe(changing -> {
            if (!changing) {
                resize(size.getValue());
            }
        });
        size.valueProperty().subscribe(wanted -> {
            percent.setText(WORDS.get("percent", Math.round(wanted.doubleValue())));
            if (!size.isValueChanging()) {
                resize(wanted.doubleValue());
            }
        });
        row(Preference.TEXT_SIZE, WORDS.get("text-size"), WORDS.get("text-size.hint"), sized);
        size.setAccessibleText(WORDS.get("text-size"));
        CheckBox still = new CheckBox();
        still.setOnAction(_ -> model.change(settings -> settings.withReduceMotion(still.isSelected())));
        row(Preference.REDUCE_MOTION, WORDS.get("reduce-motion"), WORDS.get("reduce-motion.hint"), still);
        model.value().subscribe(now -> {
            look.setValue(now.appearance());
            size.setValue(now.textPercent());
            still.setSelected(now.reduceMotion());
        });
    }

    private void resize(double percent) {
        int wanted = (int) Math.round(percent);
        if (wanted != model.value().get().textPercent()) {
            model.change(settings -> settings.withTextPercent(wanted));
        }
    }

    private void language() {
        ComboBox<String> language = choice(List.of("", "en", "de"), SettingsView::languageWord);
        language.setOnAction(_ -> model.change(settings -> settings.withLanguage(language.getValue())));
        row(Preference.LANGUAGE, WORDS.get("language"), WORDS.get("language.hint"), language);
        model.value().subscribe(now -> language.setValue(now.language()));
    }

    private static String lookWord(String look) {
        return switch (look) {
            case "light" -> WORDS.get("look.light");
            case "dark" -> WORDS.get("look.dark");
            case "high-contrast" -> WORDS.get("look.contrast");
            default -> WORDS.get("look.system");
        };
    }

    private static String languageWord(String language) {
        return switch (language) {
            case "en" -> WORDS.get("language.english");
            case "de" -> WORDS.get("language.german");
            default -> WORDS.get("language.system");
        };
    }

    private static ComboBox<String> choice(List<String> values, UnaryOperator<String> word) {
        ComboBox<String> box = new ComboBox<>();
        box.getItems().setAll(values);
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(String value) {
                return value == null ? "" : word.apply(value);
            }

            @Override
            public String fromString(String text) {
                return text;
            }
        });
        return box;
    }

    /** A line: what it is, its control, whether it is modified and the way back. */
    private void row(Preference preference, String title, String hint, Node control) {
        Label name = new Label(title);
        name.getStyleClass().add("strong");
        name.setLabelFor(control);
        control.setAccessibleText(title);
        Label about = new Label(hint);
        about.getStyleClass().add("soft");
        about.setWrapText(true);
        about.setMinHeight(Region.USE_PREF_SIZE);
        VBox words = new VBox(2, name, about);
        words.getStyleClass().add("settings-words");
        HBox.setHgrow(words, Priority.ALWAYS);
        Label modified = new Label(WORDS.get("modified"));
        modified.getStyleClass().add("settings-modified");
        modified.setMinWidth(Region.USE_PREF_SIZE);
        Button reset = Controls.icon("mdi2u-undo", WORDS.get("reset", title), () -> model.reset(preference));
        HBox line = new HBox(12, words, modified, reset, control);
        line.setAlignment(Pos.CENTER_LEFT);
        line.getStyleClass().add("settings-row");
        model.value().subscribe(_ -> {
            modified.setVisible(model.isModified(preference));
            reset.setVisible(model.isModified(preference));
            modified.setManaged(modified.isVisible());
            reset.setManaged(reset.isVisible());
        });
        parts.add(new Part(line, title + " " + hint));
    }

    private void profile() {
        Label title = new Label(WORDS.get("profile"));
        title.getStyleClass().add("settings-title");
        Label hint = new Label(WORDS.get("profile.hint"));
        hint.getStyleClass().add("soft");
        hint.setWrapText(true);
        hint.setMinHeight(Region.USE_PREF_SIZE);
        Label notice = new Label();
        notice.setWrapText(true);
        notice.setMinHeight(Region.USE_PREF_SIZE);
        notice.textProperty().bind(model.notice());
        notice.managedProperty().bind(notice.textProperty().isNotEmpty());
        HBox buttons = new HBox(
                8,
                Controls.button(WORDS.get("profile.export"), this::exportProfile),
                Controls.button(WORDS.get("profile.import"), this::importProfile));
        parts.add(new Part(
                new VBox(6, title, hint, buttons, notice), WORDS.get("profile") + " " + WORDS.get("profile.hint")));
    }

    private void exportProfile() {
        files.save(window(), WORDS.get("profile.export"), "phalanx-profile.json", kind())
                .ifPresent(model::exportProfile);
    }

    private void importProfile() {
        files.openOne(window(), WORDS.get("profile.import"), kind()).ifPresent(model::importProfile);
    }

    private Window window() {
        return Objects.requireNonNull(getScene()).getWindow();
    }

    private static ExtensionFilter kind() {
        return new ExtensionFilter(WORDS.get("profile.kind"), "*.json");
    }
}
