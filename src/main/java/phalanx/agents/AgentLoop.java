package phalanx.agents;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
    /** So long a message may take to come back; what was decided longer ago is not carried out. */
    static final Duration OLDEST = Duration.ofSeconds(30);
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
    /** The incident that was told of and has not come back from the bus yet. */
    private Message.@Nullable Signalled announced;

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
        this.fixer = new Fixer(crew.fixer(), workers, this::tell);
        this.trust = trust;
        this.bus = bus;
        this.trail = trail;
        this.shown = shown;
        this.pace = pace;
    }

    /** From now on messages are taken from the bus: after what the trail says was taken in, so that the bus brings nothing anew that is over. */
    void begin() {
        bus.deliver(this::on);
    }

    /** Sends a message. Where the bus has no room, what happened is taken at once, and nothing more is begun. */
    private synchronized void tell(Message message) {
        if (bus.publish(message)) {
            return;
        }
        if (message instanceof Message.Signalled || !leadsOn(message)) {
            on(message);
        }
        Incident incident = incidents.get(message.incident());
        if (leadsOn(message) && incident != null) {
            stop(incident, "The agents' bus takes no more messages.");
        }
    }

    /** Whether more is done because of a message; the others say what was done. */
    private static boolean leadsOn(Message message) {
        return switch (message) {
            case Message.Signalled _, Message.Proposed _, Message.Voted _, Message.Decided _, Message.Begun _ -> true;
            case Message.Diagnosed _,
                    Message.Acted _,
                    Message.Verified _,
                    Message.TakenBack _,
                    Message.Learned _,
                    Message.Reviewed _,
                    Message.Escalated _,
                    Message.Filed _,
                    Message.Closed _ -> false;
        };
    }

    /** Has a person go on, whatever the bus does. */
    private void stop(Incident incident, String why) {
        incident.to(Stage.WATCHING, now);
        on(new Message.Escalated(now, incident.id, why));
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
        restrain(steps);
        for (Resumption one : Resumption.of(steps)) {
            Incident incident = one.incident(at);
            incidents.put(incident.id, incident);
            one.check().ifPresent(why -> escalate(incident, why));
            Ballot ballot = incident.ballot;
            if (ballot == null) {
                continue;
            }
            Message.Verified measured = one.verified().orElse(null);
            if (measured != null) {
                if (one.learned()) {
                    measured(incident, ballot, measured.healed());
                } else {
                    verified(incident, measured);
                }
            } else if (incident.stage() == Stage.ACTING) {
                fixer.lookFor(ballot.proposal, at, ballot.wayBack);
            }
        }
    }

    /** What was done before counts for what may be done next. */
    private void restrain(List<Message> steps) {
        Map<String, String> targets = new HashMap<>();
        for (Message step : steps) {
            switch (step) {
                case Message.Proposed one ->
                    targets.put(one.proposal().id(), one.proposal().remedy().target());
                case Message.Begun one ->
                    restraint.begin(targets.getOrDefault(one.proposal(), ""), one.proposal(), one.at());
                case Message.Acted one
                when one.effect() != Effect.DONE -> ended(targets, one.proposal(), false, one.at());
                case Message.Verified one when one.healed() -> ended(targets, one.proposal(), true, one.at());
                case Message.TakenBack one -> ended(targets, one.proposal(), false, one.at());
                default -> {
                    // changes nothing outside
                }
            }
        }
    }

    private void ended(Map<String, String> targets, String proposal, boolean healed, Instant at) {
        restraint.end(targets.getOrDefault(proposal, ""), healed, at, environment());
    }

    /** A person's answer to a proposal that waits for one. @return whether one waited */
    synchronized boolean answer(String proposal, boolean yes, String who, String reason) {
        Optional<Incident> incident = waiting(proposal);
        incident.ifPresent(one -> {
            Vote.Choice choice = yes ? Vote.Choice.YES : Vote.Choice.NO;
            tell(new Message.Voted(now, one.id, new Vote(proposal, Role.HUMAN, choice, 1, who + ": " + reason)));
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
                .filter(one -> one.stage() == Stage.ASKING
                        && one.ballot(proposal)
                                .filter(ballot -> ballot.decided == null)
                                .isPresent())
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
            announced = new Message.Signalled(now, "INC-" + now.toEpochMilli(), signals);
            tell(announced);
        }
        Message.Signalled waits = announced;
        if (waits != null && !now.isBefore(waits.at().plus(OLDEST))) {
            on(waits);
            Optional.ofNullable(incidents.get(waits.incident()))
                    .ifPresent(one -> stop(one, "What the agents sent on their bus did not come back."));
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
            case TRYING -> {
                if (past(incident, OLDEST)) {
                    stop(incident, "What the dry run came to did not arrive.");
                }
            }
            case VOTING -> {
                if (past(incident, pace.vote())) {
                    count(incident);
                }
                late(incident);
            }
            case ASKING -> {
                if (calm(incident, seenNow, pace.calm())) {
                    close(incident, Message.Ending.PASSED, "It ended while a person was asked.");
                } else if (past(incident, pace.answer())) {
                    silence(incident);
                }
                late(incident);
            }
            case ACTING -> late(incident);
            case VERIFYING -> verify(incident, seenNow);
            case TAKING_BACK -> {
                if (incident.ballot != null && incident.ballot.verified != null && past(incident, OLDEST)) {
                    on(incident.ballot.verified); // taken back whether the bus is there or not
                }
            }
            case WATCHING -> {
                if (calm(incident, seenNow, pace.calm())) {
                    close(incident, Message.Ending.ESCALATED, "It ended without the agents.");
                }
            }
            case CLOSED -> {
                // it is over
            }
        }
    }

    private void silence(Incident incident) {
        Ballot ballot = incident.ballot;
        if (ballot != null && ballot.decided == null) {
            decide(
                    incident,
                    ballot.proposal.id(),
                    Role.HUMAN,
                    Message.Decision.REJECTED,
                    "Nobody answered, which is a no.",
                    null);
        }
    }

    /** What was decided long ago and is not begun yet is not begun any more. */
    private void late(Incident incident) {
        Ballot ballot = incident.ballot;
        if (incident.open()
                && ballot != null
                && !ballot.begun
                && ballot.decided != null
                && !now.isBefore(ballot.decided.plus(OLDEST))) {
            stop(incident, "What was decided did not arrive within " + OLDEST.toSeconds() + " s.");
        }
    }

    private void close(Incident incident, Message.Ending ending, String says) {
        incident.to(Stage.CLOSED, now);
        tell(new Message.Closed(now, incident.id, ending, says));
    }

    private void escalate(Incident incident, String says) {
        incident.to(Stage.WATCHING, now);
        tell(new Message.Escalated(now, incident.id, says));
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
        tell(new Message.Diagnosed(
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
        if (seen.contains(message.key()) || !fits(message)) {
            return;
        }
        seen.add(message.key());
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

    /** Whether a message still belongs to what goes on; a bus may bring those of an incident that is over. */
    private boolean fits(Message message) {
        Incident incident = incidents.get(message.incident());
        return switch (message) {
            case Message.Diagnosed _, Message.Voted _ -> incident != null;
            case Message.Proposed proposed ->
                incident != null
                        && incident.stage() == Stage.TRYING
                        && incident.proposals == proposed.proposal().attempt();
            case Message.Decided decided ->
                incident != null
                        && (incident.stage() == Stage.VOTING || incident.stage() == Stage.ASKING)
                        && incident.ballot(decided.proposal()).isPresent();
            case Message.Begun begun ->
                incident != null
                        && incident.stage() == Stage.ACTING
                        && incident.ballot(begun.proposal()).isPresent();
            default -> true;
        };
    }

    /** Puts a proposal to the vote. */
    private void put(Incident incident, Message.Proposed proposed) {
        Observation seenNow = observation;
        if (seenNow == null) {
            return;
        }
        Ballot ballot = poll.open(proposed, restraint, crew.scout().budgetSpent(), now);
        incident.ballot = ballot;
        incident.to(Stage.VOTING, now);
        poll.votes(ballot, incident.view(), seenNow).forEach(vote -> tell(new Message.Voted(now, incident.id, vote)));
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
        if (ballot == null || ballot.decided != null) {
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
            ballot.decided = now;
            tell(new Message.Decided(now, incident.id, proposal, by, decision, reason, tally));
        });
    }

    private void decided(Incident incident, Message.Decided decided) {
        Ballot ballot = incident.ballot(decided.proposal()).orElse(null);
        if (ballot == null) {
            return;
        }
        switch (decided.decision()) {
            case APPROVED -> {
                incident.to(Stage.ACTING, now);
                tell(new Message.Begun(now, incident.id, decided.proposal()));
            }
            case ASKED -> {
                ballot.decided = null; // it is the person's now
                incident.to(Stage.ASKING, now);
            }
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

    /** The next attempt, which knows what failed; the end of the program is no failure. */
    private void again(Incident incident, Ballot ballot, String why) {
        if (!ballot.cutOff) {
            incident.failed.add(new Incident.Failed(ballot.proposal.hypothesis(), ballot.proposal.remedy(), why));
        }
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
            tell(new Message.Acted(now, incident.id, id, Effect.FAILED, why, ""));
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
                ballot.cutOff = false;
                incident.to(Stage.VERIFYING, now);
            }
            case FAILED -> {
                restraint.end(remedy.target(), false, now, environment());
                again(incident, ballot, acted.says());
            }
            case UNKNOWN -> {
                restraint.end(remedy.target(), false, now, environment());
                escalate(incident, unknown(acted));
            }
        }
    }

    static String unknown(Message.Acted acted) {
        return acted.says() + " Check it. The way back: " + (acted.wayBack().isEmpty() ? "unknown." : acted.wayBack());
    }

    static String notTakenBack(Message.TakenBack back) {
        return "It did not help and could not be taken back: " + back.says();
    }

    private void verify(Incident incident, Observation seenNow) {
        Ballot ballot = incident.ballot;
        if (ballot == null || !past(incident, pace.settle())) {
            return;
        }
        boolean healed = calm(incident, seenNow, pace.calm());
        if (healed || worse(incident, ballot, seenNow) || past(incident, pace.verify())) {
            incident.to(Stage.TAKING_BACK, now); // or nothing, when it healed
            ballot.verified = new Message.Verified(
                    now, incident.id, ballot.proposal.id(), healed, crew.scout().figures(incident.signals, seenNow));
            tell(ballot.verified);
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
        crew.memory().outcome(incident.view(), ballot.proposal, verified.healed());
        learn(incident, ballot, verified.healed());
        measured(incident, ballot, verified.healed());
    }

    private void measured(Incident incident, Ballot ballot, boolean healed) {
        Proposal proposal = ballot.proposal;
        if (healed) {
            restraint.end(proposal.remedy().target(), true, now, environment());
            close(incident, Message.Ending.HEALED, "It ended by: " + ballot.dryRun.says());
            return;
        }
        fixer.takeBack(proposal, now, ballot.wayBack);
    }

    private void learn(Incident incident, Ballot ballot, boolean healed) {
        Map<Role, Double> changed = trust.outcome(ballot.votes.values(), healed);
        tell(new Message.Learned(now, incident.id, ballot.proposal.id(), changed));
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
            escalate(incident, notTakenBack(back));
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
