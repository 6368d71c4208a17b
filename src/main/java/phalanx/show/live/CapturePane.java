package phalanx.show.live;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.beans.property.StringProperty;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import phalanx.run.Problem;
import phalanx.show.Controls;
import phalanx.show.Told;
import phalanx.show.Words;

/** Where to capture, what, and into which files. Screen thread. */
final class CapturePane extends VBox {
    /** Looks that a line of traffic shows. */
    static final int LOOKS = 30;

    private static final Words WORDS = Words.of("live");
    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("invalid");
    private static final double GAP = 8, SECTION = 12;
    private static final double LIST_HEIGHT = 160;
    private static final int NUMBER_COLUMNS = 6;

    private final CaptureViewModel model;
    private final GridPane list = new GridPane();
    private final Label message = new Label();

    /**
     * @param begin parts of a filter that are offered first
     * @param choose asks for a folder
     * @param token asks for a file with a token
     * @param grown told when there is more or less to see
     */
    CapturePane(
            CaptureViewModel model,
            FilterParts begin,
            Supplier<Optional<Path>> choose,
            Supplier<Optional<Path>> token,
            Runnable grown) {
        super(SECTION);
        this.model = model;
        getStyleClass().addAll("capture-pane", "dialog-content");
        message.setWrapText(true);
        message.getStyleClass().add("severity-critical");
        message.managedProperty().bind(message.visibleProperty());
        ProgressBar beginning = new ProgressBar();
        beginning.setAccessibleText(WORDS.get("beginning"));
        beginning.setMaxWidth(Double.MAX_VALUE);
        beginning.visibleProperty().bind(model.beginning());
        getChildren()
                .setAll(
                        title("where"),
                        interfaces(),
                        new ElsewherePane(model, token),
                        title("what"),
                        filter(begin, grown),
                        title("into"),
                        files(choose),
                        beginning,
                        message);
        model.points().addListener((ListChangeListener<CaptureViewModel.Point>) _ -> fill());
        model.elsewhere.addListener((ListChangeListener<CaptureViewModel.Elsewhere>) _ -> grown.run());
        message.visibleProperty().subscribe((_, _) -> grown.run());
        model.notListed().subscribe(this::tell);
        model.notBegun().subscribe(this::tell);
        fill();
    }

    private static Label title(String key) {
        Label label = new Label(WORDS.get(key));
        label.getStyleClass().add("strong");
        return label;
    }

    private ScrollPane interfaces() {
        list.setHgap(SECTION);
        list.setVgap(2);
        ScrollPane scroll = new ScrollPane(list);
        scroll.setFitToWidth(true);
        scroll.setPrefViewportHeight(LIST_HEIGHT);
        scroll.setMinHeight(LIST_HEIGHT);
        scroll.setAccessibleText(WORDS.get("where"));
        scroll.getStyleClass().add("capture-points");
        return scroll;
    }

    private void fill() {
        list.getChildren().clear();
        int row = 0;
        list.addRow(
                row++, soft("column.interface"), soft("column.traffic"), soft("column.addresses"), soft("column.name"));
        for (CaptureViewModel.Point point : model.points()) {
            CheckBox chosen = new CheckBox(point.device.name());
            chosen.selectedProperty().bindBidirectional(point.chosen);
            chosen.setMinWidth(Region.USE_PREF_SIZE);
            chosen.setAccessibleText(WORDS.get("capture-on", point.device.name()));
            if (!point.device.description().isEmpty()) {
                chosen.setTooltip(new Tooltip(point.device.description()));
            }
            Label addresses = new Label(
                    point.device.up()
                            ? point.device.addresses().stream().collect(Collectors.joining(", "))
                            : WORDS.get("down"));
            addresses.getStyleClass().add("soft");
            addresses.setTooltip(new Tooltip(String.join("\n", point.device.addresses())));
            GridPane.setHgrow(addresses, Priority.ALWAYS);
            TextField name = new TextField();
            name.textProperty().bindBidirectional(point.name);
            name.disableProperty().bind(point.chosen.not());
            name.setAccessibleText(WORDS.get("name-of", point.device.name()));
            list.addRow(row++, chosen, new Sparkline(point.traffic, LOOKS), addresses, name);
        }
    }

    private static Label soft(String key) {
        Label label = new Label(WORDS.get(key));
        label.getStyleClass().add("soft");
        return label;
    }

    private Node filter(FilterParts begin, Runnable grown) {
        TextField field = new TextField();
        field.textProperty().bindBidirectional(model.filter);
        field.setPromptText(WORDS.get("filter.prompt"));
        field.setAccessibleText(WORDS.get("filter"));
        HBox.setHgrow(field, Priority.ALWAYS);
        FontIcon mark = new FontIcon("mdi2c-check");
        Label said = new Label();
        said.setWrapText(true);
        said.managedProperty().bind(said.visibleProperty());
        model.wrongFilter().subscribe(wrong -> {
            mark.setIconLiteral(wrong == null ? "mdi2c-check" : "mdi2a-alert-octagon");
            mark.getStyleClass()
                    .setAll("ikonli-font-icon", wrong == null ? "severity-icon-ok" : "severity-icon-critical");
            Problem told = wrong == null ? null : Told.problem(wrong);
            said.setText(told == null ? "" : told.what());
            said.setVisible(told != null);
            field.pseudoClassStateChanged(INVALID, wrong != null);
        });
        said.getStyleClass().add("severity-critical");
        HBox line = new HBox(GAP, field, mark);
        line.setAlignment(Pos.CENTER_LEFT);
        TitledPane build = new TitledPane(WORDS.get("build"), new FilterForm(begin, model.filter::set));
        build.setAnimated(false);
        build.setExpanded(!begin.equals(FilterParts.ANY));
        build.expandedProperty().subscribe((_, _) -> grown.run());
        if (!begin.equals(FilterParts.ANY)) {
            model.filter.set(begin.filter());
        }
        return new VBox(GAP, line, said, build);
    }

    private Node files(Supplier<Optional<Path>> choose) {
        GridPane grid = new GridPane(GAP, GAP);
        TextField folder = new TextField();
        folder.textProperty().bindBidirectional(model.folder);
        GridPane.setHgrow(folder, Priority.ALWAYS);
        Button other = Controls.button(
                WORDS.get("choose"), () -> choose.get().ifPresent(chosen -> model.folder.set(chosen.toString())));
        row(grid, 0, "folder", folder);
        grid.add(other, 2, 0);
        HBox rotation = new HBox(
                GAP,
                number(model.fileSize, WORDS.get("file-size"), WORDS.get("file-size.prompt")),
                new Label(WORDS.get("file-size.unit")),
                number(model.files, WORDS.get("files"), WORDS.get("files.prompt")),
                new Label(WORDS.get("files.unit")));
        rotation.setAlignment(Pos.CENTER_LEFT);
        row(grid, 1, "rotation", rotation);
        CheckBox promiscuous = new CheckBox(WORDS.get("promiscuous"));
        promiscuous.selectedProperty().bindBidirectional(model.promiscuous);
        HBox frames = new HBox(
                GAP,
                number(model.snaplen, WORDS.get("snaplen"), WORDS.get("snaplen.prompt")),
                new Label(WORDS.get("snaplen.unit")),
                promiscuous);
        frames.setAlignment(Pos.CENTER_LEFT);
        row(grid, 2, "frames", frames);
        return grid;
    }

    private static void row(GridPane grid, int row, String key, Node field) {
        Label label = new Label(WORDS.get(key));
        label.setMinWidth(Region.USE_PREF_SIZE);
        if (field instanceof TextField) {
            label.setLabelFor(field);
        }
        grid.add(label, 0, row);
        grid.add(field, 1, row);
    }

    private static TextField number(StringProperty value, String what, String prompt) {
        TextField field = new TextField();
        field.textProperty().bindBidirectional(value);
        field.setPrefColumnCount(NUMBER_COLUMNS);
        field.setPromptText(prompt);
        field.setAccessibleText(what);
        return field;
    }

    private void tell(@Nullable Problem fault) {
        Problem problem = fault == null ? null : Told.problem(fault);
        message.setVisible(problem != null);
        message.setText(problem == null ? "" : problem.what() + " " + problem.remedy());
    }
}
