package phalanx.show.agents;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import phalanx.agents.Steering;
import phalanx.agents.observe.Proof;
import phalanx.agents.trail.IncidentRecord;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.ReviewRecord;
import phalanx.agents.trail.StepLog;
import phalanx.agents.trail.StepText;
import phalanx.show.Columns;
import phalanx.show.FileDialogs;
import phalanx.show.Palette;
import phalanx.show.Words;

/** The agents on the desk: incidents left, lanes and steps in the middle, evidence, vote and proposal right. Screen thread. */
public final class AgentConsole extends BorderPane {
    private static final Words WORDS = Words.of("agents");
    private static final Duration EVERY = Duration.millis(250);
    private static final double REVIEWS_HEIGHT = 220;

    private final AgentsViewModel model;
    private final FileDialogs files;
    private final Consumer<Proof> packets;
    private final Label condition = new Label();
    private final Label policy = new Label();
    private final ToggleButton pause = new ToggleButton(WORDS.get("pause"), new FontIcon("mdi2p-pause"));
    private final ListView<IncidentRecord> incidents = new ListView<>();
    private final ListView<ReviewRecord> reviews = new ListView<>();
    private final Lanes lanes;
    private final TableView<StepLog.Entry> steps = new TableView<>();
    private final Label whole = new Label();
    private final VBox detail = new VBox(10);
    private final AnswerForm answer;
    private @Nullable Object rendered;
    private boolean taking;

    /** @param palette the colours of what is painted  @param packets opens a capture at the packets that prove something */
    public AgentConsole(
            AgentsViewModel model, FileDialogs files, ObservableValue<Palette> palette, Consumer<Proof> packets) {
        this.packets = packets;
        this.model = model;
        this.files = files;
        lanes = new Lanes(palette, this::select);
        answer = new AnswerForm(model);
        getStyleClass().add("agent-console");
        Label message = new Label();
        message.textProperty().bind(model.message());
        message.setMaxWidth(Double.MAX_VALUE);
        message.setWrapText(true);
        message.getStyleClass().add("details");
        setTop(toolbar());
        ScrollPane right = new ScrollPane(new VBox(10, answer, detail));
        right.setFitToWidth(true);
        right.setAccessibleText(WORDS.get("detail"));
        right.setFocusTraversable(
                true); // there may be nothing inside that takes the focus, and so no other way to scroll
        right.getStyleClass().add("agent-detail");
        right.getContent().getStyleClass().add("detail");
        SplitPane split = new SplitPane(list(), middle(), right);
        split.setDividerPositions(0.18, 0.62);
        setCenter(split);
        setBottom(message);
        model.condition().subscribe(this::condition);
        model.snapshot().subscribe(this::render);
        model.shown().subscribe(_ -> show());
        model.proposalShown().subscribe(_ -> show());
        model.steps().addListener((ListChangeListener<StepLog.Entry>) _ -> takeSteps());
        Timeline looking = new Timeline(new KeyFrame(EVERY, _ -> model.look()));
        looking.setCycleCount(Animation.INDEFINITE);
        sceneProperty().subscribe(scene -> {
            if (scene == null) {
                looking.pause(); // the desk looks for the badge, less often
            } else {
                looking.play();
            }
        });
    }

    private FlowPane toolbar() {
        pause.setOnAction(_ -> {
            model.pause(pause.isSelected());
            condition(model.condition().get());
        });
        pause.setAccessibleHelp(WORDS.get("pause.hint"));
        Button export = new Button(WORDS.get("export"), new FontIcon("mdi2e-export"));
        export.setOnAction(_ -> files.save(getScene().getWindow(), WORDS.get("export.title"), "agents.txt")
                .ifPresent(model::export));
        export.disableProperty().bind(model.snapshot().isNull());
        condition.getStyleClass().add("badge");
        policy.getStyleClass().add("soft");
        FlowPane bar = new FlowPane(10, 4, pause, export, condition, policy);
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().add("pane-bar");
        return bar;
    }

    private VBox list() {
        incidents.setAccessibleText(WORDS.get("incidents"));
        incidents.setPlaceholder(placeholder(WORDS.get("incidents.none")));
        incidents.setCellFactory(_ -> new IncidentCell());
        incidents.getSelectionModel().selectedItemProperty().subscribe(chosen -> {
            if (!taking && chosen != null) {
                model.proposal().set(null);
                model.incident().set(chosen.id());
            }
        });
        reviews.setAccessibleText(WORDS.get("reviews"));
        reviews.setCellFactory(_ -> new ReviewCell());
        reviews.getSelectionModel().selectedItemProperty().subscribe(chosen -> {
            if (!taking && chosen != null) {
                model.proposal().set(chosen.advice().id());
            }
        });
        Label title = new Label(WORDS.get("incidents"));
        title.getStyleClass().add("pane-title");
        Label proposed = new Label(WORDS.get("reviews"));
        proposed.setWrapText(true);
        proposed.getStyleClass().add("pane-title");
        VBox below = new VBox(proposed, reviews);
        below.visibleProperty().bind(Bindings.isNotEmpty(reviews.getItems()));
        below.managedProperty().bind(below.visibleProperty());
        reviews.setPrefHeight(REVIEWS_HEIGHT);
        VBox.setVgrow(incidents, Priority.ALWAYS);
        return new VBox(title, incidents, below);
    }

    private static Label placeholder(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setPadding(new Insets(0, 10, 0, 10));
        label.getStyleClass().add("soft");
        return label;
    }

    private VBox middle() {
        steps.setAccessibleText(WORDS.get("steps"));
        steps.getStyleClass().add(Styles.DENSE);
        steps.setPlaceholder(placeholder(WORDS.get("steps.none")));
        steps.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_LAST_COLUMN);
        Columns.text(
                        steps,
                        WORDS.get("steps.time"),
                        80,
                        entry -> AgentWords.time(entry.step().at()),
                        StepLog.Entry::id)
                .setMinWidth(80);
        Columns.text(
                        steps,
                        WORDS.get("steps.agent"),
                        92,
                        entry -> AgentWords.role(entry.step().by()),
                        entry -> entry.step().by())
                .setMinWidth(92);
        Columns.text(
                steps,
                WORDS.get("steps.what"),
                400,
                entry -> AgentWords.said(StepText.of(entry.step())),
                StepLog.Entry::id);
        steps.getSelectionModel().selectedItemProperty().subscribe(entry -> {
            if (!taking) {
                lanes.show(steps.getItems(), entry);
                whole.setText(entry == null ? "" : AgentWords.said(StepText.of(entry.step())));
            }
        });
        whole.setWrapText(true);
        whole.setMaxWidth(Double.MAX_VALUE);
        whole.setMinHeight(Region.USE_PREF_SIZE);
        whole.getStyleClass().add("details");
        whole.visibleProperty().bind(whole.textProperty().isNotEmpty());
        whole.managedProperty().bind(whole.visibleProperty());
        VBox.setVgrow(steps, Priority.ALWAYS);
        return new VBox(lanes, steps, whole);
    }

    private void select(StepLog.Entry entry) {
        steps.getSelectionModel().select(entry);
        steps.scrollTo(entry);
    }

    private void condition(AgentsViewModel.Condition now) {
        boolean none = now == AgentsViewModel.Condition.NONE;
        Steering.Snapshot snapshot = model.snapshot().get();
        boolean paused = !none && snapshot != null && snapshot.paused();
        pause.setDisable(none);
        pause.setSelected(paused);
        pause.setText(paused ? WORDS.get("resume") : WORDS.get("pause"));
        ((FontIcon) pause.getGraphic()).setIconLiteral(paused ? "mdi2p-play" : "mdi2p-pause");
        condition.setText(AgentWords.condition(now));
        condition.getStyleClass().removeAll("severity-ok", "severity-info", "severity-warning", "severity-critical");
        switch (now) {
            case NONE -> {}
            case IDLE -> condition.getStyleClass().add("severity-ok");
            case WORKING -> condition.getStyleClass().add("severity-info");
            case WAITING, PAUSED -> condition.getStyleClass().add("severity-warning");
            case ESCALATED -> condition.getStyleClass().add("severity-critical");
        }
    }

    private void render(Steering.@Nullable Snapshot now) {
        if (now == null) {
            return;
        }
        policy.setText(WORDS.get(
                "policy",
                now.environment(),
                AgentWords.mode(now.mode()),
                String.join(
                        ", ",
                        now.trust().entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(one -> AgentWords.role(one.getKey())
                                        + String.format(Words.language().locale(), " %.2f", one.getValue()))
                                .toList())));
        condition(model.condition().get());
        if (!now.incidents().equals(incidents.getItems())) {
            taking = true;
            incidents.getItems().setAll(now.incidents());
            taking = false;
            selectShown();
        }
        if (!now.reviews().equals(reviews.getItems())) {
            taking = true;
            reviews.getItems().setAll(now.reviews());
            taking = false;
            selectShown();
        }
    }

    private void selectShown() {
        IncidentRecord shown = model.shown().get();
        ReviewRecord proposed = model.proposalShown().get();
        taking = true;
        if (proposed != null) {
            incidents.getSelectionModel().clearSelection();
            reviews.getSelectionModel().select(proposed);
            taking = false;
            return;
        }
        reviews.getSelectionModel().clearSelection();
        incidents.getItems().stream()
                .filter(one -> shown != null && one.id().equals(shown.id()))
                .findFirst()
                .ifPresent(incidents.getSelectionModel()::select);
        taking = false;
    }

    private void show() {
        Steering.Snapshot now = model.snapshot().get();
        IncidentRecord incident = model.shown().get();
        ReviewRecord proposed = model.proposalShown().get();
        answer.ask(
                proposed != null
                        ? proposed.waits()
                                ? new AnswerForm.Question(proposed.advice().id(), "")
                                : null
                        : incident == null
                                ? null
                                : incident.waiting()
                                        .map(AnswerForm.Question::of)
                                        .orElse(null));
        if (proposed != null) {
            if (!proposed.equals(rendered)) {
                rendered = proposed;
                detail.getChildren().setAll(new AdviceCard(proposed));
            }
        } else if (incident == null || now == null) {
            detail.getChildren().setAll(placeholder(WORDS.get("detail.none")));
            rendered = null;
        } else if (!incident.equals(rendered)) {
            rendered = incident;
            detail.getChildren().clear();
            if (!incident.says().isEmpty()) {
                Label says = new Label(AgentWords.said(incident.says()));
                says.setWrapText(true);
                says.getStyleClass().add("strong");
                detail.getChildren().add(says);
            }
            List<IncidentRecord.Attempt> attempts = incident.attempts().reversed();
            for (IncidentRecord.Attempt attempt : attempts) {
                detail.getChildren().addAll(new ProposalCard(attempt, now.cooldown()), new VoteBox(attempt));
            }
            detail.getChildren().add(new EvidenceBox(incident, packets));
        }
        selectShown();
        takeSteps();
    }

    private void takeSteps() {
        StepLog.Entry before = steps.getSelectionModel().getSelectedItem();
        boolean last = before == null
                || !steps.getItems().isEmpty() && before.equals(steps.getItems().getLast());
        List<StepLog.Entry> mine = model.stepsShown();
        if (!mine.equals(steps.getItems())) {
            taking = true;
            steps.getItems().setAll(mine);
            taking = false;
            if (mine.isEmpty()) {
                lanes.show(List.of(), null);
                whole.setText("");
            } else {
                select(last || !mine.contains(before) ? mine.getLast() : before);
            }
        }
    }

    /** When, what, and whether it waits. */
    private static final class ReviewCell extends ListCell<ReviewRecord> {
        @Override
        protected void updateItem(@Nullable ReviewRecord one, boolean empty) {
            super.updateItem(one, empty);
            if (empty || one == null) {
                setText(null);
                setGraphic(null);
                return;
            }
            Message.Decided decided = one.decided();
            String state = WORDS.get(
                    decided == null || one.waits()
                            ? "review.waits"
                            : decided.decision() == Message.Decision.APPROVED ? "review.approved" : "review.rejected");
            Label title = new Label(AgentWords.time(one.at()) + "  " + state);
            title.setWrapText(true);
            title.getStyleClass().addAll("strong", one.waits() ? "severity-warning" : "severity-ok");
            Label what = new Label(one.advice().title());
            what.setWrapText(true);
            what.getStyleClass().add("soft");
            VBox box = new VBox(2, title, what);
            box.prefWidthProperty().bind(getListView().widthProperty().subtract(28));
            setGraphic(box);
        }
    }

    /** Since when, what, how far. */
    private static final class IncidentCell extends ListCell<IncidentRecord> {
        @Override
        protected void updateItem(@Nullable IncidentRecord one, boolean empty) {
            super.updateItem(one, empty);
            if (empty || one == null) {
                setText(null);
                setGraphic(null);
                return;
            }
            Label title = new Label(AgentWords.time(one.since()) + "  " + AgentWords.stage(one.stage()));
            title.setWrapText(true);
            title.getStyleClass().add("strong");
            title.getStyleClass()
                    .add(
                            switch (one.stage()) {
                                case LOOKING, VOTING, ACTING, MEASURING, TAKING_BACK -> "severity-info";
                                case WAITING -> "severity-warning";
                                case ESCALATED -> "severity-critical";
                                case CLOSED -> "severity-ok";
                            });
            Label what = new Label(
                    one.hypotheses().isEmpty()
                            ? one.id()
                            : WORDS.get(
                                    "evidence.cause",
                                    one.hypotheses().getFirst().cause().word(),
                                    one.hypotheses().getFirst().place().toString()));
            what.setWrapText(true);
            what.getStyleClass().add("soft");
            VBox box = new VBox(2, title, what);
            box.prefWidthProperty().bind(getListView().widthProperty().subtract(28));
            setGraphic(box);
        }
    }
}
