package phalanx.agents;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phalanx.act.Effect;
import phalanx.act.Remedy;
import phalanx.agents.Incident.Stage;
import phalanx.agents.govern.EnvironmentPolicy;
import phalanx.agents.govern.Guardrail;
import phalanx.agents.govern.Restraint;
import phalanx.agents.govern.Tally;
import phalanx.agents.govern.Trust;
import phalanx.agents.govern.TrustPolicy;
import phalanx.agents.govern.Vote;
import phalanx.agents.observe.Observation;
import phalanx.run.Outcome;

/**
 * The agents' loop: notice, diagnose, propose, vote, act, measure, take back or remember. What it decides follows from the observations
 * and messages it was given, in their order, and from nothing else. Any thread; one call at a time.
 */
final class AgentLoop {
    /** Attempts that may fail before a person goes on. */
    static final int ATTEMPTS = 3;
    /** Messages remembered so that those that arrive twice are known. */
    private static final int REMEMBERED = 10_000;

    private final Crew crew;
    private final Poll poll;
    private final Fixer fixer;
    private final Trust trust;
    private final Restraint restraint = new Restraint();
    private final Bus bus;
    private final Trail trail;
    private final Consumer<Message> shown;
    private final Pace pace;
    private final Map<String, Incident> incidents = new LinkedHashMap<>();
    private final Set<String> seen = new LinkedHashSet<>();
    private @Nullable Observation observation;
    /** Of the last observation. */
    private List<Signal> signals = List.of();

    private Instant now = Instant.EPOCH;
    private boolean paused;
    private volatile Asker asker = (_, _, _, _) -> false;
    /** The incident that was told of and has not come back from the bus yet. */
    private @Nullable String announced;

    /**
     * @param workers where the Fixer works
     * @param shown told of each step that happened, once, in order
     */
    AgentLoop(
            Crew crew,
            TrustPolicy policy,
            Guardrail guardrail,
            Trust trust,
            Bus bus,
            Trail trail,
            Executor workers,
            Consumer<Message> shown,
            Pace pace) {
        this.crew = crew;
        this.poll = new Poll(crew.voters(), policy, guardrail, trust);
        this.fixer = new Fixer(crew.fixer(), workers, bus);
        this.trust = trust;
        this.bus = bus;
        this.trail = trail;
        this.shown = shown;
        this.pace = pace;
        bus.deliver(this::on);
    }

    private EnvironmentPolicy environment() {
        return poll.guardrail().environment();
    }

    /** Begins nothing any more until told; what was carried out is still measured, and taken back if it does not help. */
    synchronized void pause(boolean on) {
        paused = on;
    }

    /**
     * Goes on where the program ended: what was about to be carried out is looked for and not carried out again, what was carried out is
     * measured, and taken back if it does not help. Before the first look.
     *
     * @param steps as the trail has them
     */
    synchronized void resume(List<Message> steps, Instant at) {
        now = at;
        steps.forEach(step -> seen.add(step.key()));
        for (Resumption one : Resumption.of(steps)) {
            Incident incident = one.incident(at);
            if (!one.open()) {
                close(
                        incident,
                        Message.Ending.ESCALATED,
                        "Phalanx ended in the middle of it; trouble that goes on is noticed anew.");
                continue;
            }
            incidents.put(incident.id, incident);
            Ballot ballot = Objects.requireNonNull(incident.ballot);
            Proposal proposal = ballot.proposal;
            restraint.begin(proposal.remedy().target(), proposal.id(), at);
            if (incident.stage() == Stage.ACTING) {
                fixer.lookFor(proposal, at, ballot.wayBack);
            } else if (incident.stage() == Stage.TAKING_BACK) {
                fixer.takeBack(proposal, at, ballot.wayBack);
            }
        }
    }

    /** Who has proposals of their own that wait for a person. */
    @FunctionalInterface
    interface Asker {
        /** @return whether one waited */
        boolean answer(String proposal, boolean yes, String who, String reason);
    }

    /** Names who else is answered. Before the first look. */
    void alsoAnswers(Asker other) {
        asker = other;
    }

    /** A person's answer to a proposal that waits for one. @return whether one waited */
    boolean answer(String proposal, boolean yes, String who, String reason) {
        return answered(proposal, yes, who, reason) || asker.answer(proposal, yes, who, reason);
    }

    private synchronized boolean answered(String proposal, boolean yes, String who, String reason) {
        Optional<Incident> incident = waiting(proposal);
        incident.ifPresent(one -> {
            Vote.Choice choice = yes ? Vote.Choice.YES : Vote.Choice.NO;
            bus.publish(new Message.Voted(now, one.id, new Vote(proposal, Role.HUMAN, choice, 1, who + ": " + reason)));
            decide(
                    one,
                    proposal,
                    Role.HUMAN,
                    yes ? Message.Decision.APPROVED : Message.Decision.REJECTED,
                    who + ": " + reason,
                    null);
        });
        return incident.isPresent();
    }

    private Optional<Incident> waiting(String proposal) {
        return incidents.values().stream()
                .filter(one ->
                        one.stage() == Stage.ASKING && one.ballot(proposal).isPresent())
                .findFirst();
    }

    /** The next observation; their times only grow. */
    synchronized void tick(Observation next) {
        observation = next;
        now = next.at();
        List.copyOf(incidents.values()).forEach(incident -> advance(incident, next));
        incidents.values().removeIf(incident -> !incident.open());
        signals = crew.scout().signals(next);
        if (!paused && announced == null && !signals.isEmpty() && incidents.isEmpty()) {
            announced = "INC-" + now.toEpochMilli();
            bus.publish(new Message.Signalled(now, announced, signals));
        }
    }

    private boolean past(Incident incident, Duration time) {
        return !now.isBefore(incident.staged().plus(time));
    }

    /** Whether all has been well for long enough. */
    private boolean calm(Incident incident, Observation seenNow, Duration time) {
        if (!crew.scout().calm(incident.signals, seenNow)) {
            incident.calmSince = null;
            return false;
        }
        if (incident.calmSince == null) {
            incident.calmSince = now;
        }
        return !now.isBefore(incident.calmSince.plus(time));
    }

    private void advance(Incident incident, Observation seenNow) {
        switch (incident.stage()) {
            case DIAGNOSING -> {
                if (calm(incident, seenNow, pace.calm())) {
                    close(incident, Message.Ending.PASSED, "It ended by itself.");
                } else if (!paused) {
                    diagnose(incident, seenNow);
                }
            }
            case VOTING -> {
                if (past(incident, pace.vote())) {
                    count(incident);
                }
            }
            case ASKING -> {
                String proposal = incident.ballot == null ? "" : incident.ballot.proposal.id();
                if (calm(incident, seenNow, pace.calm())) {
                    close(incident, Message.Ending.PASSED, "It ended while a person was asked.");
                } else if (past(incident, pace.answer())) {
                    decide(
                            incident,
                            proposal,
                            Role.HUMAN,
                            Message.Decision.REJECTED,
                            "Nobody answered, which is a no.",
                            null);
                }
            }
            case VERIFYING -> verify(incident, seenNow);
            case WATCHING -> {
                if (calm(incident, seenNow, pace.calm())) {
                    close(incident, Message.Ending.ESCALATED, "It ended without the agents.");
                }
            }
            default -> {
                // a message ends it
            }
        }
    }

    private void close(Incident incident, Message.Ending ending, String says) {
        incident.to(Stage.CLOSED, now);
        bus.publish(new Message.Closed(now, incident.id, ending, says));
    }

    private void escalate(Incident incident, String says) {
        incident.to(Stage.WATCHING, now);
        bus.publish(new Message.Escalated(now, incident.id, says));
    }

    private void diagnose(Incident incident, Observation seenNow) {
        if (incident.failed.size() >= ATTEMPTS) {
            escalate(
                    incident,
                    incident.failed.size() + " attempts failed. The last: "
                            + incident.failed.getLast().why());
            return;
        }
        Optional<Diagnosis> found = Diagnosis.of(
                crew.investigators(), incident.view(), seenNow, environment().actAt());
        if (found.isEmpty()) {
            return;
        }
        Diagnosis diagnosis = found.get();
        boolean sure = diagnosis.confidence() > environment().actAt();
        if (!sure && !past(incident, pace.patience())) {
            return;
        }
        Optional<String> pause = diagnosis
                .target()
                .flatMap(target -> restraint.refusal(target, now, environment()))
                .filter(_ -> !past(incident, pace.verify()));
        if (pause.isPresent()) {
            return; // it will be over, or the vote tells why nothing is done
        }
        if (diagnosis.suggests() && diagnosis.confidence() >= environment().askAt()) {
            propose(incident, diagnosis);
        } else {
            told(incident, incident.proposals + 1, diagnosis);
            escalate(incident, diagnosis.uncertain());
        }
    }

    private void told(Incident incident, int attempt, Diagnosis diagnosis) {
        bus.publish(new Message.Diagnosed(
                now, incident.id, attempt, diagnosis.by(), diagnosis.look().hypotheses()));
    }

    private void propose(Incident incident, Diagnosis diagnosis) {
        Investigator.Suggestion suggestion = diagnosis.look().suggestion().orElseThrow();
        int number = ++incident.proposals;
        Proposal proposal = new Proposal(
                incident.id + "/" + number,
                incident.id,
                number,
                diagnosis.by(),
                suggestion.hypothesis(),
                suggestion.remedy(),
                suggestion.precedent());
        told(incident, number, diagnosis);
        incident.to(Stage.TRYING, now);
        fixer.tryOut(proposal, now);
    }

    /** A message came, perhaps not for the first time. */
    synchronized void on(Message message) {
        if (!seen.add(message.key())) {
            return;
        }
        if (seen.size() > REMEMBERED) {
            seen.remove(seen.iterator().next());
        }
        Outcome<Boolean> kept = trail.keep(message);
        shown.accept(message);
        if (message instanceof Message.Signalled(Instant at, String id, List<Signal> noticed)) {
            announced = null;
            notice(new Incident(id, at, noticed));
            return;
        }
        Incident incident = incidents.get(message.incident());
        if (incident == null) {
            return;
        }
        switch (message) {
            case Message.Proposed proposed -> put(incident, proposed);
            case Message.Voted voted -> voted(incident, voted.vote());
            case Message.Decided decided -> decided(incident, decided);
            case Message.Begun begun -> begin(incident, begun.proposal(), kept instanceof Outcome.Ok);
            case Message.Acted acted -> acted(incident, acted);
            case Message.Verified verified -> verified(incident, verified);
            case Message.TakenBack back -> takenBack(incident, back);
            default -> {
                // told, and nothing to do
            }
        }
    }

    /** Begins to work on trouble, with the look at which it was noticed. */
    private void notice(Incident incident) {
        if (incidents.putIfAbsent(incident.id, incident) == null && observation != null) {
            advance(incident, observation);
        }
    }

    /** Puts a proposal to the vote. */
    private void put(Incident incident, Message.Proposed proposed) {
        Observation seenNow = observation;
        if (incident.stage() != Stage.TRYING || seenNow == null) {
            return;
        }
        Ballot ballot = poll.open(proposed, restraint, crew.scout().budgetSpent(), now);
        incident.ballot = ballot;
        incident.to(Stage.VOTING, now);
        poll.votes(ballot, incident.view(), seenNow)
                .forEach(vote -> bus.publish(new Message.Voted(now, incident.id, vote)));
    }

    private void voted(Incident incident, Vote vote) {
        incident.ballot(vote.proposal()).ifPresent(ballot -> {
            if (incident.stage() == Stage.VOTING && vote.voter() != Role.HUMAN) {
                ballot.votes.putIfAbsent(vote.voter(), vote);
                if (ballot.complete()) {
                    count(incident);
                }
            }
        });
    }

    private void count(Incident incident) {
        Ballot ballot = incident.ballot;
        if (ballot == null || ballot.decided) {
            return;
        }
        Poll.Verdict verdict = poll.count(ballot);
        decide(incident, ballot.proposal.id(), verdict.by(), verdict.decision(), verdict.reason(), verdict.tally());
    }

    private void decide(
            Incident incident,
            String proposal,
            Role by,
            Message.Decision decision,
            String reason,
            @Nullable Tally tally) {
        incident.ballot(proposal).ifPresent(ballot -> {
            ballot.decided = true;
            bus.publish(new Message.Decided(now, incident.id, proposal, by, decision, reason, tally));
        });
    }

    private void decided(Incident incident, Message.Decided decided) {
        Ballot ballot = incident.ballot(decided.proposal()).orElse(null);
        if (ballot == null || incident.stage() != Stage.VOTING && incident.stage() != Stage.ASKING) {
            return;
        }
        switch (decided.decision()) {
            case APPROVED -> {
                incident.to(Stage.ACTING, now);
                bus.publish(new Message.Begun(now, incident.id, decided.proposal()));
            }
            case ASKED -> incident.to(Stage.ASKING, now);
            case DRY_RUN -> incident.to(Stage.WATCHING, now);
            case REJECTED -> {
                if (incident.stage() == Stage.ASKING) {
                    escalate(incident, "The proposal was refused: " + decided.reason());
                } else {
                    again(incident, ballot, decided.reason());
                }
            }
        }
    }

    /** The next attempt, which knows what failed. */
    private void again(Incident incident, Ballot ballot, String why) {
        incident.failed.add(new Incident.Failed(ballot.proposal.hypothesis(), ballot.proposal.remedy(), why));
        incident.ballot = null;
        incident.to(Stage.DIAGNOSING, now);
    }

    private void begin(Incident incident, String id, boolean kept) {
        Ballot ballot = incident.ballot(id).orElse(null);
        if (ballot == null || ballot.begun) {
            return;
        }
        ballot.begun = true;
        Proposal proposal = ballot.proposal;
        if (paused || !kept) {
            String why = paused
                    ? "The agents were paused before it was carried out."
                    : "The step could not be kept, so it was not taken.";
            bus.publish(new Message.Acted(now, incident.id, id, Effect.FAILED, why, ""));
            return;
        }
        restraint.begin(proposal.remedy().target(), id, now);
        fixer.carryOut(proposal, now);
    }

    private void acted(Incident incident, Message.Acted acted) {
        Ballot ballot = incident.ballot(acted.proposal()).orElse(null);
        if (ballot == null || ballot.acted || incident.stage() != Stage.ACTING) {
            return;
        }
        ballot.acted = true;
        ballot.wayBack = acted.wayBack();
        Remedy remedy = ballot.proposal.remedy();
        switch (acted.effect()) {
            case DONE -> {
                ballot.before = signals;
                incident.to(Stage.VERIFYING, now);
            }
            case FAILED -> {
                restraint.end(remedy.target(), false, now, environment());
                again(incident, ballot, acted.says());
            }
            case UNKNOWN -> {
                restraint.end(remedy.target(), false, now, environment());
                escalate(
                        incident,
                        acted.says() + " Check it. The way back: "
                                + (acted.wayBack().isEmpty() ? "unknown." : acted.wayBack()));
            }
        }
    }

    private void verify(Incident incident, Observation seenNow) {
        Ballot ballot = incident.ballot;
        if (ballot == null || !past(incident, pace.settle())) {
            return;
        }
        boolean healed = calm(incident, seenNow, pace.calm());
        if (healed || worse(incident, ballot, seenNow) || past(incident, pace.verify())) {
            incident.to(Stage.TAKING_BACK, now); // or nothing, when it healed
            bus.publish(new Message.Verified(
                    now, incident.id, ballot.proposal.id(), healed, crew.scout().figures(incident.signals, seenNow)));
        }
    }

    /** Whether it became much worse since the remedy was carried out; what was under way then is not held against it. */
    private boolean worse(Incident incident, Ballot ballot, Observation seenNow) {
        return past(incident, pace.harm())
                && crew.scout()
                        .worse(
                                Stream.concat(incident.signals.stream(), ballot.before.stream())
                                        .toList(),
                                seenNow);
    }

    private void verified(Incident incident, Message.Verified verified) {
        Ballot ballot = incident.ballot(verified.proposal()).orElse(null);
        if (ballot == null) {
            return;
        }
        Proposal proposal = ballot.proposal;
        crew.memory().outcome(incident.view(), proposal, verified.healed());
        learn(incident, ballot, verified.healed());
        if (verified.healed()) {
            restraint.end(proposal.remedy().target(), true, now, environment());
            close(incident, Message.Ending.HEALED, "It ended by: " + ballot.dryRun.says());
            return;
        }
        fixer.takeBack(proposal, now, ballot.wayBack);
    }

    private void learn(Incident incident, Ballot ballot, boolean healed) {
        Map<Role, Double> changed = trust.outcome(ballot.votes.values(), healed);
        bus.publish(new Message.Learned(now, incident.id, ballot.proposal.id(), changed));
    }

    private void takenBack(Incident incident, Message.TakenBack back) {
        Ballot ballot = incident.ballot(back.proposal()).orElse(null);
        if (ballot == null || incident.stage() != Stage.TAKING_BACK) {
            return;
        }
        restraint.end(ballot.proposal.remedy().target(), false, now, environment());
        if (back.done()) {
            again(incident, ballot, "It was carried out and did not help.");
        } else {
            escalate(incident, "It did not help and could not be taken back: " + back.says());
        }
    }

    /** Whether nothing that users were promised is broken at a moment. */
    boolean wellAt(Observation moment) {
        return crew.scout().calm(List.of(), moment);
    }

    /** The incidents that are open, the oldest first. */
    synchronized Collection<Incident.View> open() {
        List<Incident> open = new ArrayList<>(incidents.values());
        open.sort(Comparator.comparing(one -> one.opened));
        return open.stream().map(Incident::view).toList();
    }
}
