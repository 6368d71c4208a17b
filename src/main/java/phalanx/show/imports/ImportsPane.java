package phalanx.show.imports;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.WeakChangeListener;
import javafx.collections.ListChangeListener;
import javafx.collections.WeakListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import phalanx.explain.Joined;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.show.Controls;
import phalanx.show.Told;
import phalanx.show.ViewContext;
import phalanx.show.Words;

/** The files of other tools, each with what was read of it, how much of that joins the captures, and what was left out. Away without any. */
public final class ImportsPane extends VBox {
    private static final Words WORDS = Words.of("imports");
    private static final double MOST_HEIGHT = 220;

    private final ViewContext context;
    private final ImportsViewModel model;
    private final Consumer<Entry> remove;
    private final VBox rows = new VBox();
    private final Map<Entry, Long> joining = new HashMap<>();
    /** The model outlives this pane and is not to hold it. */
    private final ListChangeListener<Entry> listener = _ -> show();

    private final StringProperty receiving = new SimpleStringProperty("");
    private final ChangeListener<String> told = (_, _, now) -> receiving.set(now);

    private Jobs.Handle counting = () -> {};

    /** @param remove takes a file away, so that it can be undone */
    public ImportsPane(ViewContext context, ImportsViewModel model, Consumer<Entry> remove) {
        this.context = context;
        this.model = model;
        this.remove = remove;
        Label title = new Label(WORDS.get("title"));
        title.getStyleClass().addAll("soft", "imports-title");
        ScrollPane scroll = new ScrollPane(rows);
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(false);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setMaxHeight(MOST_HEIGHT);
        Label live = line("", "soft");
        live.getStyleClass().add("import");
        live.setMinHeight(Region.USE_PREF_SIZE); // the files below give way
        live.textProperty().bind(receiving);
        live.managedProperty().bind(receiving.isNotEmpty());
        live.visibleProperty().bind(receiving.isNotEmpty());
        getChildren().setAll(title, live, scroll);
        getStyleClass().add("imports");
        visibleProperty().bind(Bindings.isNotEmpty(model.entries()).or(receiving.isNotEmpty()));
        managedProperty().bind(visibleProperty());
        model.entries().addListener(new WeakListChangeListener<>(listener));
        model.receiving().addListener(new WeakChangeListener<>(told));
        receiving.set(model.receiving().get());
        show();
    }

    private void show() {
        List<Entry> entries = List.copyOf(model.entries());
        joining.keySet().retainAll(entries);
        draw(entries);
        counting.cancel();
        if (joining.keySet().containsAll(entries)) {
            return;
        }
        counting = context.jobs()
                .<Map<Entry, Long>>start(
                        "join imports",
                        progress -> {
                            Joined joined = new Joined(context.analysis().stitched());
                            Map<Entry, Long> counts = new HashMap<>();
                            for (Entry entry : entries) {
                                progress.stopIfCancelled();
                                counts.put(entry, joined.count(entry.read()));
                            }
                            return Outcome.ok(counts);
                        },
                        _ -> {},
                        outcome -> {
                            if (outcome instanceof Outcome.Ok<Map<Entry, Long>>(var counts)) {
                                joining.putAll(counts);
                                draw(List.copyOf(model.entries()));
                            }
                        });
    }

    private void draw(List<Entry> entries) {
        rows.getChildren().setAll(entries.stream().map(this::row).toList());
    }

    private HBox row(Entry entry) {
        Label name = new Label(entry.name());
        name.setTooltip(new Tooltip(entry.file().toAbsolutePath().toString()));
        name.setWrapText(true);
        name.getStyleClass().add("strong");
        VBox told = new VBox(1, name);
        told.setMinWidth(0);
        HBox.setHgrow(told, Priority.ALWAYS);
        Long joined = joining.get(entry);
        switch (entry.state()) {
            case READING -> told.getChildren().add(line(WORDS.get("reading"), "soft"));
            case READ ->
                told.getChildren()
                        .add(line(
                                joined == null
                                        ? WORDS.get("read", entry.format(), entry.records())
                                        : WORDS.get("read.joined", entry.format(), entry.records(), joined),
                                "soft"));
            case FAILED -> {}
        }
        for (Problem fault : entry.problems()) {
            Problem problem = Told.problem(fault);
            Label warning = line(problem.what().replace(entry.file() + ": ", ""), "severity-warning");
            warning.setTooltip(new Tooltip(problem.what() + " " + problem.remedy() + " (" + problem.code() + ")"));
            told.getChildren().add(warning);
        }
        Button away = Controls.icon("mdi2c-close", WORDS.get("remove", entry.name()), () -> remove.accept(entry));
        away.setMinWidth(Region.USE_PREF_SIZE);
        HBox row = new HBox(4, told, away);
        row.setAlignment(Pos.TOP_LEFT);
        row.getStyleClass().add("import");
        return row;
    }

    private static Label line(String text, String style) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.getStyleClass().add(style);
        return label;
    }
}
