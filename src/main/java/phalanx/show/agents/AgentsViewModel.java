package phalanx.show.agents;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import phalanx.agents.Steering;
import phalanx.agents.trail.IncidentRecord;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.MessageJson;
import phalanx.agents.trail.ReviewRecord;
import phalanx.agents.trail.StepLog;
import phalanx.agents.trail.StepText;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.WholeFile;
import phalanx.show.Told;
import phalanx.show.Words;

/** The agents that the desk watches: their steps, incidents and proposals, and a person's answers. Screen thread. */
public final class AgentsViewModel {
    private static final Words WORDS = Words.of("agents");
    private static final int AT_ONCE = 500;

    private final Jobs jobs;
    private final ReadOnlyObjectWrapper<@Nullable Steering> steering = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Steering.@Nullable Snapshot> snapshot = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Condition> condition = new ReadOnlyObjectWrapper<>(Condition.NONE);
    private final ObservableList<StepLog.Entry> steps = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable String> incident = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<@Nullable IncidentRecord> shown = new ReadOnlyObjectWrapper<>();
    private final ObjectProperty<@Nullable String> proposal = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<@Nullable ReviewRecord> proposalShown = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private long position;

    /** What they do at the moment. */
    public enum Condition {
        /** There are none. */
        NONE,
        /** All is well. */
        IDLE,
        /** They work on an incident. */
        WORKING,
        /** A proposal waits for a person. */
        WAITING,
        /** They handed an incident over to a person. */
        ESCALATED,
        PAUSED
    }

    public AgentsViewModel(Jobs jobs) {
        this.jobs = jobs;
        incident.subscribe(_ -> show());
        proposal.subscribe(_ -> show());
    }

    /** Names the agents to watch, null for none; what was seen of others stays until then. */
    public void watch(@Nullable Steering agents) {
        steering.set(agents);
        message.set("");
        if (agents != null) {
            steps.clear();
            position = 0;
            incident.set(null);
            proposal.set(null);
        }
        look();
    }

    /** The agents, null while there are none. */
    public ReadOnlyObjectProperty<@Nullable Steering> steering() {
        return steering.getReadOnlyProperty();
    }

    /** How they are, null before there were any. */
    public ReadOnlyObjectProperty<Steering.@Nullable Snapshot> snapshot() {
        return snapshot.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Condition> condition() {
        return condition.getReadOnlyProperty();
    }

    /** Their newest steps, oldest first. */
    public ObservableList<StepLog.Entry> steps() {
        return steps;
    }

    /** The incident that the user chose by its id, null to follow the newest. */
    public ObjectProperty<@Nullable String> incident() {
        return incident;
    }

    /** The incident that is shown, null while there is none. */
    public ReadOnlyObjectProperty<@Nullable IncidentRecord> shown() {
        return shown.getReadOnlyProperty();
    }

    /** The proposal of a review that the user chose by its id, null to look at incidents. */
    public ObjectProperty<@Nullable String> proposal() {
        return proposal;
    }

    /** The proposal of a review that is shown, null while there is none. */
    public ReadOnlyObjectProperty<@Nullable ReviewRecord> proposalShown() {
        return proposalShown.getReadOnlyProperty();
    }

    /** The steps of the incident or review that is shown, and the pauses until the next; oldest first. */
    public List<StepLog.Entry> stepsShown() {
        ReviewRecord review = proposalShown.get();
        IncidentRecord one = shown.get();
        String wanted = review != null ? review.review() : one == null ? "" : one.id();
        List<StepLog.Entry> found = new ArrayList<>();
        String newest = "";
        for (StepLog.Entry entry : steps) {
            if (entry.step() instanceof Message.Signalled first) {
                newest = first.incident();
            }
            String of = entry.step() instanceof Message.Paused paused
                            && paused.incident().isEmpty()
                    ? newest
                    : entry.step().incident();
            if (of.equals(wanted)) {
                found.add(entry);
            }
        }
        return found;
    }

    /** What happened last, in one line. */
    public ReadOnlyStringProperty message() {
        return message.getReadOnlyProperty();
    }

    /** Takes what is new. */
    public void look() {
        Steering agents = steering.get();
        if (agents == null) {
            condition.set(Condition.NONE);
            return;
        }
        StepLog.Read read = agents.log().after(position, AT_ONCE);
        if (!read.entries().isEmpty()) {
            position = read.entries().getLast().id();
            steps.addAll(read.entries());
            if (steps.size() > StepLog.MOST) {
                steps.remove(0, steps.size() - StepLog.MOST);
            }
        }
        Steering.Snapshot now = agents.snapshot();
        if (!now.equals(snapshot.get())) {
            snapshot.set(now);
            condition.set(condition(now));
            show();
        } else {
            condition.set(condition(now));
        }
    }

    private static Condition condition(Steering.Snapshot now) {
        Optional<IncidentRecord> open = now.open();
        if (open.flatMap(IncidentRecord::waiting).isPresent()) {
            return Condition.WAITING;
        }
        if (now.paused()) {
            return Condition.PAUSED;
        }
        return open.map(one -> one.stage() == IncidentRecord.Stage.ESCALATED ? Condition.ESCALATED : Condition.WORKING)
                .orElse(Condition.IDLE);
    }

    private void show() {
        Steering.Snapshot now = snapshot.get();
        List<IncidentRecord> all = now == null ? List.of() : now.incidents();
        IncidentRecord next = all.stream()
                .filter(one -> one.id().equals(incident.get()))
                .findFirst()
                .orElse(all.isEmpty() ? null : all.getFirst());
        shown.set(next);
        List<ReviewRecord> proposed = now == null ? List.of() : now.reviews();
        proposalShown.set(proposed.stream()
                .filter(one -> one.advice().id().equals(proposal.get()))
                .findFirst()
                .orElse(null));
    }

    /** Has them begin nothing any more, or go on. */
    public void pause(boolean on) {
        Steering agents = steering.get();
        if (agents != null) {
            work("pause the agents", () -> {
                agents.pause(on, user());
                return Outcome.ok(on ? WORDS.get("paused.said") : WORDS.get("resumed.said"));
            });
        }
    }

    private static String user() {
        return System.getProperty("user.name", "");
    }

    /** Answers what waits. @param reason why, not blank */
    public void answer(String proposal, boolean yes, String reason) {
        Steering agents = steering.get();
        if (agents != null && !reason.isBlank()) {
            work(
                    "answer the agents",
                    () -> Outcome.ok(
                            !agents.answer(proposal, yes, user(), reason.strip())
                                    ? WORDS.get("late.said", proposal)
                                    : yes
                                            ? WORDS.get("approved.said", proposal)
                                            : WORDS.get("rejected.said", proposal)));
        }
    }

    /** Writes all steps that are shown: as JSON where the name ends so, else as text. */
    public void export(Path to) {
        List<StepLog.Entry> all = List.copyOf(steps);
        boolean json = to.toString().endsWith(".json") || to.toString().endsWith(".jsonl");
        work("export what the agents did", () -> {
            String text = all.stream()
                    .map(entry -> json
                            ? MessageJson.write(entry.step())
                            : entry.step().at() + "  " + entry.step().by().word() + "  " + StepText.of(entry.step()))
                    .collect(Collectors.joining("\n", "", "\n"));
            try {
                Files.writeString(to, text, StandardCharsets.UTF_8);
                return Outcome.ok(WORDS.get("exported", all.size(), to));
            } catch (IOException e) {
                return Outcome.failed(WholeFile.notWritten(to, e));
            }
        });
    }

    private void work(String name, Supplier<Outcome<String>> work) {
        jobs.<String>start(name, _ -> work.get(), _ -> {}, outcome -> {
            message.set(
                    switch (outcome) {
                        case Outcome.Ok<String>(String said) -> said;
                        case Outcome.Failed<String>(Problem problem) ->
                            Told.problem(problem).toString();
                    });
            look();
        });
    }
}
