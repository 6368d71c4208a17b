package phalanx.show.lab;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.function.ToDoubleFunction;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import phalanx.lab.LabStatus;
import phalanx.lab.chaos.Chaos;
import phalanx.lab.chaos.Fault;
import phalanx.lab.chaos.FaultBook;
import phalanx.lab.load.LoadWindow;
import phalanx.lab.load.Objective;
import phalanx.show.Columns;
import phalanx.show.Controls;
import phalanx.show.Palette;
import phalanx.show.Words;

/** The lab on the desk: what customers feel, what runs, what is broken on purpose. Screen thread. */
public final class LabPage extends BorderPane {
    private static final Words WORDS = Words.of("lab");
    private static final Duration EVERY = Duration.seconds(1);

    private final LabViewModel model;
    private final ToggleButton serve = new ToggleButton(WORDS.get("start"), new FontIcon("mdi2p-play"));
    private final ToggleButton watched = new ToggleButton(WORDS.get("agents"), new FontIcon("mdi2r-robot-outline"));
    private final ChoiceBox<String> faults = new ChoiceBox<>();
    private final Label says = new Label();
    private final Button inject;
    private final Button clear;
    private final Label promise = new Label();
    private final Label deployed = new Label();
    private final VBox broken = new VBox(4);
    private final LoadChart rate;
    private final LoadChart p99;
    private final LoadChart errors;
    private final TableView<LabStatus.Instance> instances = new TableView<>();
    private List<LabStatus.Instance> shown = List.of();

    /** @param palette the colours of what is painted */
    public LabPage(LabViewModel model, ObservableValue<Palette> palette) {
        this.model = model;
        rate = new LoadChart(WORDS.get("chart.rate"), Double.NaN, palette);
        p99 = new LoadChart(WORDS.get("chart.p99"), Objective.USUAL.p99Millis(), palette);
        errors = new LoadChart(WORDS.get("chart.errors"), 100 * Objective.USUAL.errorShare(), palette);
        inject = Controls.button(WORDS.get("inject"), () -> model.inject(faults.getValue()));
        clear = Controls.button(WORDS.get("clear"), model::clear);
        getStyleClass().add("lab-page");
        setTop(toolbar());
        SplitPane whole = new SplitPane(charts(), parts());
        whole.setDividerPositions(0.58);
        setCenter(whole);
        setBottom(Controls.message(model.message()));
        model.running().subscribe(this::switches);
        model.agents().subscribe(this::switches);
        model.busy().subscribe(this::switches);
        model.picture().subscribe(this::render);
        Timeline looking = new Timeline(new KeyFrame(EVERY, _ -> model.look()));
        looking.setCycleCount(Animation.INDEFINITE);
        model.running()
                .subscribe(
                        lab -> { // also while another page is in front: the charts know no gaps
                            if (lab == null) {
                                looking.stop();
                            } else {
                                looking.play();
                            }
                        });
    }

    private FlowPane toolbar() {
        serve.setOnAction(_ -> {
            if (serve.isSelected()) {
                model.start(watched.isSelected());
            } else {
                model.stop();
            }
            switches();
        });
        watched.setAccessibleText(WORDS.get("agents.hint"));
        watched.setOnAction(_ -> {
            model.watch(watched.isSelected());
            switches();
        });
        faults.getItems().setAll(FaultBook.ALL.stream().map(Fault::name).toList());
        faults.setValue(faults.getItems().getFirst());
        faults.setAccessibleText(WORDS.get("fault"));
        faults.valueProperty()
                .subscribe(name -> says.setText(FaultBook.ALL.stream()
                        .filter(one -> one.name().equals(name))
                        .map(one -> Words.language().notice(one.says()))
                        .findFirst()
                        .orElse("")));
        says.getStyleClass().add("soft");
        HBox chosen = new HBox(8, faults, inject, clear);
        chosen.setAlignment(Pos.CENTER_LEFT);
        FlowPane bar = new FlowPane(8, 4, serve, watched, chosen, says);
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().add("pane-bar");
        return bar;
    }

    private VBox charts() {
        promise.getStyleClass().add("verdict");
        promise.setWrapText(true);
        promise.setMinHeight(Region.USE_PREF_SIZE);
        VBox box = new VBox(10, promise, rate, p99, errors);
        for (LoadChart chart : List.of(rate, p99, errors)) {
            VBox.setVgrow(chart, Priority.ALWAYS);
        }
        box.getStyleClass().add("detail");
        return box;
    }

    private SplitPane parts() {
        instances.setAccessibleText(WORDS.get("instances.name"));
        instances.setPlaceholder(new Label(WORDS.get("instances.none")));
        instances.getStyleClass().add(Styles.DENSE);
        Columns.text(instances, WORDS.get("instance"), 110, LabStatus.Instance::name, LabStatus.Instance::name);
        Columns.text(instances, WORDS.get("instance.state"), 100, one -> "", LabStatus.Instance::alive)
                .setCellFactory(_ -> new StateCell());
        Columns.figure(
                instances, WORDS.get("instance.process"), 90, one -> Long.toString(one.pid()), LabStatus.Instance::pid);
        Columns.text(
                instances,
                WORDS.get("instance.at"),
                140,
                one -> one.at().toString(),
                one -> one.at().toString());
        deployed.setWrapText(true);
        deployed.getStyleClass().add("detail");
        VBox below = new VBox(titled(WORDS.get("deployed"), deployed), titled(WORDS.get("broken"), broken));
        broken.getStyleClass().add("detail");
        SplitPane parts = new SplitPane(titled(WORDS.get("instances"), instances), below);
        parts.setOrientation(Orientation.VERTICAL);
        parts.setDividerPositions(0.56);
        return parts;
    }

    private static VBox titled(String title, Region content) {
        Label label = new Label(title);
        label.getStyleClass().add("pane-title");
        VBox.setVgrow(content, Priority.ALWAYS);
        return new VBox(label, content);
    }

    /** What can be pressed now. */
    private void switches() {
        boolean on = model.running().get() != null;
        boolean busy = model.busy().get();
        serve.setSelected(on);
        serve.setText(on ? WORDS.get("stop") : WORDS.get("start"));
        ((FontIcon) serve.getGraphic()).setIconLiteral(on ? "mdi2s-stop" : "mdi2p-play");
        serve.setDisable(busy);
        if (on) {
            watched.setSelected(model.agents().get() != null);
        }
        watched.setDisable(busy);
        inject.setDisable(!on || busy);
        clear.setDisable(!on || busy);
    }

    private void render(LabViewModel.Picture now) {
        LabStatus status = now.status();
        LoadWindow last = now.seconds().isEmpty() ? null : now.seconds().getLast();
        promise.getStyleClass().removeAll("severity-ok", "severity-critical");
        if (status == null || last == null) {
            promise.setText(WORDS.get("promise"));
        } else {
            promise.getStyleClass().add(status.kept() ? "severity-ok" : "severity-critical");
            promise.setText(status.kept() ? "\u2714 " + WORDS.get("kept") : "\u25b2 " + WORDS.get("not-kept"));
        }
        rate.show(series(now, LoadWindow::requests), last == null ? "" : WORDS.get("per-second", last.requests()));
        p99.show(
                series(now, LoadWindow::p99Millis),
                last == null ? "" : WORDS.get("millis", Math.round(last.p99Millis())));
        errors.show(
                series(now, second -> 100 * second.errorShare()),
                last == null ? "" : String.format(Words.language().locale(), "%.1f %%", 100 * last.errorShare()));
        deployed.setText(status == null ? WORDS.get("deployed.none") : deployed(status));
        List<LabStatus.Instance> rows = status == null ? List.of() : status.instances();
        if (!rows.equals(shown)) {
            shown = rows;
            instances.getItems().setAll(rows);
            instances.sort();
        }
        broken.getChildren()
                .setAll(
                        now.broken().isEmpty()
                                ? List.of(new Label(WORDS.get("broken.none")))
                                : now.broken().stream().map(LabPage::broken).toList());
    }

    private static List<Double> series(LabViewModel.Picture now, ToDoubleFunction<LoadWindow> figure) {
        return now.seconds().stream().map(figure::applyAsDouble).toList();
    }

    private static String deployed(LabStatus status) {
        String commit = status.deployment().applied();
        String line = WORDS.get("commit", commit.substring(0, Math.min(12, commit.length())));
        return status.deployment()
                .refused()
                .map(why -> line + "\n" + WORDS.get("refused", why.toString()))
                .orElse(line);
    }

    private static Label broken(Chaos.Injection one) {
        Label label = new Label(WORDS.get("broken.one", one.fault(), one.made().where(), Long.toString(one.seed())));
        label.setGraphic(new FontIcon("mdi2f-flash-outline"));
        label.setWrapText(true);
        return label;
    }

    /** A sign and a word. */
    private static final class StateCell extends TableCell<LabStatus.Instance, LabStatus.Instance> {
        @Override
        protected void updateItem(LabStatus.@Nullable Instance one, boolean empty) {
            super.updateItem(one, empty);
            getStyleClass().removeAll("severity-ok", "severity-critical");
            if (empty || one == null) {
                setText(null);
                return;
            }
            getStyleClass().add(one.alive() ? "severity-ok" : "severity-critical");
            setText(one.alive() ? "\u2714 " + WORDS.get("runs") : "\u2716 " + WORDS.get("down"));
        }
    }
}
