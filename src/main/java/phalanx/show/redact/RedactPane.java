package phalanx.show.redact;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.collections.FXCollections;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import phalanx.redact.Redaction;
import phalanx.redact.RedactionOptions;
import phalanx.redact.Replaced;
import phalanx.run.ForeignText;
import phalanx.run.Jobs;
import phalanx.run.Problem;
import phalanx.show.Controls;
import phalanx.show.Told;
import phalanx.show.Words;

/** What to leave in the captures; below, what would be replaced, and how far the work has come. Screen thread. */
final class RedactPane extends VBox {
    private static final Words WORDS = Words.of("redact");

    private final RedactViewModel model;
    private final Supplier<Optional<Path>> keyFile;
    private final ComboBox<Integer> payload =
            new ComboBox<>(FXCollections.observableArrayList(RedactViewModel.PAYLOADS));
    private final CheckBox blank = new CheckBox(WORDS.get("names.blank"));
    private final CheckBox vendor = new CheckBox(WORDS.get("vendor"));
    private final VBox replaced = new VBox(6);
    private final VBox below = new VBox(6);

    /** @param folder asks where to, empty when the user thinks better of it  @param keyFile asks for a key, likewise */
    RedactPane(RedactViewModel model, Supplier<Optional<Path>> folder, Supplier<Optional<Path>> keyFile) {
        super(12);
        this.model = model;
        this.keyFile = keyFile;
        getStyleClass().add("redact");
        getStylesheets().add(String.valueOf(RedactPane.class.getResource("/show/redact.css")));
        Node choices = choices();
        choices.disableProperty().bind(model.state().map(state -> state instanceof RedactViewModel.State.Writing));
        getChildren().addAll(Controls.sentence(WORDS.get("intro", model.captures()), "plain"), choices, replaced);
        Button save = Controls.button(WORDS.get("save"), () -> folder.get().ifPresent(model::write));
        save.setDefaultButton(true);
        save.getStyleClass().add("accent");
        save.disableProperty().bind(model.state().map(RedactPane::busy));
        below.getStyleClass().add("redact-below");
        getChildren().addAll(new HBox(save), below);
        model.state().subscribe(this::render);
    }

    private static boolean busy(RedactViewModel.State state) {
        return state instanceof RedactViewModel.State.Writing || state instanceof RedactViewModel.State.Previewing;
    }

    private Node choices() {
        payload.setValue(model.options().get().keepPayload());
        payload.setConverter(new StringConverter<>() {
            @Override
            public String toString(Integer bytes) {
                return bytes == null || bytes == 0 ? WORDS.get("payload.none") : WORDS.get("payload.bytes", bytes);
            }

            @Override
            public Integer fromString(String text) {
                return payload.getValue();
            }
        });
        Label kept = new Label(WORDS.get("payload"));
        kept.setLabelFor(payload);
        payload.setAccessibleText(WORDS.get("payload"));
        HBox line = new HBox(8, kept, payload);
        line.setAlignment(Pos.CENTER_LEFT);
        CheckBox rename = new CheckBox(WORDS.get("rename"));
        rename.setOnAction(_ -> model.renamed(rename.isSelected()));
        payload.setOnAction(_ -> choose());
        blank.setOnAction(_ -> choose());
        vendor.setOnAction(_ -> choose());
        Button key = Controls.button(WORDS.get("key"), () -> keyFile.get().ifPresent(model::useKey));
        Label why = Controls.sentence(WORDS.get("key.why"), "soft");
        HBox.setHgrow(why, Priority.ALWAYS);
        key.setMinWidth(USE_PREF_SIZE);
        HBox keys = new HBox(8, key, why);
        keys.setAlignment(Pos.CENTER_LEFT);
        return new VBox(6, line, blank, vendor, rename, keys);
    }

    private void choose() {
        model.choose(new RedactionOptions(payload.getValue(), blank.isSelected(), vendor.isSelected()));
    }

    private void render(RedactViewModel.State state) {
        below.getChildren()
                .setAll(
                        switch (state) {
                            case RedactViewModel.State.Previewing(var step) -> working(WORDS.get("looking"), step);
                            case RedactViewModel.State.Previewed(var answer) -> {
                                replaced.getChildren().setAll(table(answer));
                                yield problems(answer);
                            }
                            case RedactViewModel.State.Writing(var folder, var step) ->
                                working(WORDS.get("writing", folder), step);
                            case RedactViewModel.State.Written(var folder, var answer) ->
                                new VBox(6, written(folder, answer), problems(answer));
                            case RedactViewModel.State.Exists(var folder, var problem) ->
                                new VBox(
                                        6,
                                        Controls.sentence(
                                                problem.what() + " (" + problem.code() + ")", "redact-failed"),
                                        Controls.button(WORDS.get("replace"), () -> model.replace(folder)));
                            case RedactViewModel.State.Failed(var problem) ->
                                Controls.sentence(sentence(problem), "redact-failed");
                            case RedactViewModel.State.GivenUp() -> Controls.sentence(WORDS.get("given-up"), "soft");
                        });
    }

    private static String sentence(Problem problem) {
        return problem.what() + " " + problem.remedy() + " (" + problem.code() + ")";
    }

    private static Node problems(Redaction.Answer answer) {
        VBox all = new VBox(4);
        answer.problems()
                .forEach(problem ->
                        all.getChildren().add(Controls.sentence(sentence(Told.problem(problem)), "redact-failed")));
        return all;
    }

    private static Node table(Redaction.Answer answer) {
        GridPane table = new GridPane();
        table.getStyleClass().add("redact-table");
        ColumnConstraints what = new ColumnConstraints();
        what.setMinWidth(USE_PREF_SIZE);
        ColumnConstraints count = new ColumnConstraints();
        count.setHalignment(HPos.RIGHT);
        count.setMinWidth(USE_PREF_SIZE);
        ColumnConstraints examples = new ColumnConstraints();
        examples.setHgrow(Priority.ALWAYS);
        table.getColumnConstraints().setAll(what, count, examples);
        int row = 0;
        table.addRow(
                row++,
                head(WORDS.get("column.what")),
                head(WORDS.get("column.count")),
                head(WORDS.get("column.examples")));
        for (Replaced kind : Replaced.values()) {
            if (answer.tally().count(kind) > 0) {
                String shown = answer.tally().examples(kind).stream()
                        .map(example -> ForeignText.line(example.before() + " \u2192 " + example.after()))
                        .collect(Collectors.joining("\n"));
                Label example = Controls.sentence(shown, "redact-example");
                Label name = new Label(word(kind));
                Label number = new Label(Words.language().count(answer.tally().count(kind)));
                table.addRow(row++, name, number, example);
                GridPane.setValignment(name, VPos.TOP);
                GridPane.setValignment(number, VPos.TOP);
            }
        }
        return table;
    }

    private static Label head(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("redact-head");
        return label;
    }

    private Node working(String what, Jobs.Step step) {
        Label label = Controls.sentence(step.what().isEmpty() ? what : Told.step(step.what()), "plain");
        ProgressBar bar = new ProgressBar(
                step.total() > 0 ? (double) step.done() / step.total() : ProgressBar.INDETERMINATE_PROGRESS);
        bar.setAccessibleText(label.getText());
        bar.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(bar, Priority.ALWAYS);
        HBox line = new HBox(8, bar, Controls.button(WORDS.get("cancel"), model::cancel));
        line.setAlignment(Pos.CENTER_LEFT);
        return new VBox(6, label, line);
    }

    private static Node written(Path folder, Redaction.Answer answer) {
        return Controls.written(
                WORDS.get("written", answer.written().size(), folder),
                "redact-written",
                folder,
                WORDS.get("copy-path"));
    }

    private static String word(Replaced kind) {
        return switch (kind) {
            case IPV4 -> WORDS.get("kind.ipv4");
            case IPV6 -> WORDS.get("kind.ipv6");
            case MAC -> WORDS.get("kind.mac");
            case PAYLOAD -> WORDS.get("kind.payload");
            case NAME -> WORDS.get("kind.name");
            case HTTP -> WORDS.get("kind.http");
            case OPTION -> WORDS.get("kind.option");
            case NOT_UNDERSTOOD -> WORDS.get("kind.not-understood");
            case CHECKSUM -> WORDS.get("kind.checksum");
            case COMMENT -> WORDS.get("kind.comment");
            case INTERFACE -> WORDS.get("kind.interface");
            case BLOCK -> WORDS.get("kind.block");
        };
    }
}
