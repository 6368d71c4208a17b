package phalanx.agents;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phalanx.agents.govern.Guardrail;
import phalanx.agents.govern.Trust;
import phalanx.agents.govern.TrustPolicy;
import phalanx.agents.memory.Signature;
import phalanx.agents.observe.Observation;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.Trail;
import phalanx.run.Outcome;

/**
 * The agents' loop: notice, diagnose ({@link Inquiry}), vote ({@link Approval}), act, measure, take back or remember ({@link Execution}).
 * What it decides follows from the observations and messages it was given, in their order, and from nothing else. Any thread; one call at
 * a time.
 */
final class AgentLoop {
    private final Watch scout;
    private final Bus bus;
    private final Trail trail;
    private final Consumer<Message> shown;
    private final Pace pace;
    private final Docket docket;
    private final Inquiry inquiry;
    private final Approval approval;
    private final Execution execution;
    private final Recent recent = new Recent();
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
        this.scout = crew.scout();
        this.bus = bus;
        this.trail = trail;
        this.shown = shown;
        this.pace = pace;
        Fixer fixer = new Fixer(crew.fixer(), workers, this::tell);
        this.docket = new Docket(guardrail.environment(), this::tell, this::on);
        this.inquiry = new Inquiry(docket, crew, fixer, pace);
        this.approval = new Approval(docket, new Poll(crew.voters(), policy, guardrail, trust), scout, pace);
        this.execution = new Execution(docket, crew, fixer, guardrail, trust, pace);
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
        if (message instanceof Message.Signalled || !message.leadsOn()) {
            on(message);
        }
        if (message.leadsOn()) {
            docket.incident(message.incident())
                    .ifPresent(incident -> docket.stop(incident, "The agents' bus takes no more messages."));
        }
    }

    /**
     * Begins nothing any more until told; what was carried out is still measured, and taken back if it does not help. A step of the trail,
     * whatever the bus does, where it changes anything.
     */
    synchronized void pause(boolean on, String who, Instant at) {
        if (docket.paused != on) {
            docket.paused = on;
            String incident =
                    docket.incidents().stream().findFirst().map(one -> one.id).orElse("");
            keep(new Message.Paused(at, incident, on, who));
        }
    }

    /**
     * Goes on where the program ended: what was about to be carried out is looked for and not carried out again, what was carried out is
     * measured, and taken back if it does not help. Before the first look.
     *
     * @param steps as the trail has them
     */
    synchronized void resume(List<Message> steps, Instant at) {
        docket.now = at;
        steps.forEach(recent::add);
        Resumption.restrain(steps, docket.restraint, docket.environment);
        docket.paused = Resumption.paused(steps);
        for (Resumption one : Resumption.of(steps)) {
            Incident incident = one.incident(at);
            docket.add(incident);
            one.check().ifPresent(why -> docket.escalate(incident, why));
            execution.resume(incident, one);
        }
    }

    /** A person's answer to a proposal that waits for one. @return whether one waited */
    synchronized boolean answer(String proposal, boolean yes, String who, String reason) {
        return approval.answer(proposal, yes, who + ": " + reason);
    }

    /** The next observation; their times only grow. */
    synchronized void tick(Observation next) {
        docket.observation = next;
        docket.now = next.at();
        docket.incidents().forEach(incident -> goOn(incident, next));
        docket.forgetClosed();
        docket.signals = scout.signals(next);
        if (!docket.paused
                && announced == null
                && !docket.signals.isEmpty()
                && docket.incidents().isEmpty()) {
            announced = new Message.Signalled(
                    next.at(), "INC-" + next.at().toEpochMilli(), docket.signals, Signature.of(next));
            tell(announced);
        }
        Message.Signalled waits = announced;
        if (waits != null && !next.at().isBefore(waits.at().plus(Bus.OLDEST))) {
            on(waits);
            docket.incident(waits.incident())
                    .ifPresent(one -> docket.stop(one, "What the agents sent on their bus did not come back."));
        }
    }

    /** A fault of the program itself ends the work on this incident, and on no other. */
    private void goOn(Incident incident, Observation seen) {
        try {
            advance(incident, seen);
        } catch (RuntimeException e) {
            System.getLogger("phalanx.agents").log(System.Logger.Level.ERROR, "the loop met a fault", e);
            Ballot ballot = incident.ballot;
            docket.stop(
                    incident,
                    "The agents met a fault of Phalanx itself, and do nothing more here."
                            + (ballot != null && ballot.begun
                                    ? " What was begun stays; the way back: "
                                            + (ballot.wayBack.isEmpty() ? "unknown." : ballot.wayBack)
                                    : ""));
            execution.left(incident);
        }
    }

    private void advance(Incident incident, Observation seen) {
        switch (incident.stage()) {
            case DIAGNOSING -> inquiry.diagnosing(incident, seen);
            case TRYING -> inquiry.trying(incident, seen);
            case VOTING -> approval.voting(incident, seen);
            case ASKING -> approval.asking(incident, seen);
            case ACTING -> {
                approval.late(incident, seen);
                execution.acting(incident, seen);
            }
            case VERIFYING -> execution.verifying(incident, seen);
            case TAKING_BACK -> execution.takingBack(incident, seen);
            case WATCHING -> {
                if (incident.calm(scout, seen, pace.calm())) {
                    docket.close(incident, Message.Ending.ESCALATED, "It ended without the agents.");
                }
            }
            case CLOSED -> {
                // it is over
            }
        }
    }

    /** A message came, perhaps not for the first time. */
    synchronized void on(Message message) {
        if (recent.knows(message) || !docket.expects(message)) {
            return;
        }
        boolean kept = keep(message);
        if (message instanceof Message.Signalled noticed) {
            announced = null;
            notice(new Incident(noticed));
        } else {
            docket.incident(message.incident()).ifPresent(incident -> happened(incident, message, kept));
        }
    }

    /** A step that is kept at once, and told to the others by the bus. @return whether the trail has it; else nobody is told */
    synchronized boolean note(Message message) {
        if (trail.keep(message) instanceof Outcome.Failed) {
            return false;
        }
        recent.add(message);
        shown.accept(message);
        bus.publish(message);
        return true;
    }

    /** @return whether the trail has it */
    private boolean keep(Message message) {
        recent.add(message);
        Outcome<Boolean> kept = trail.keep(message);
        shown.accept(message);
        return kept instanceof Outcome.Ok;
    }

    /** Begins to work on trouble, with the look at which it was noticed. */
    private void notice(Incident incident) {
        Observation seen = docket.observation;
        if (docket.add(incident) && seen != null) {
            goOn(incident, seen);
        }
    }

    private void happened(Incident incident, Message message, boolean kept) {
        switch (message) {
            case Message.Proposed proposed -> approval.put(incident, proposed);
            case Message.Voted voted -> approval.voted(incident, voted.vote());
            case Message.Decided decided -> approval.decided(incident, decided);
            case Message.Begun begun -> execution.begin(incident, begun.proposal(), kept);
            case Message.Acted acted -> execution.acted(incident, acted);
            case Message.Verified verified -> execution.verified(incident, verified);
            case Message.TakenBack back -> execution.takenBack(incident, back);
            default -> {
                // told, and nothing to do
            }
        }
    }

    /** Whether nothing that users were promised is broken at a moment. */
    boolean wellAt(Observation moment) {
        return scout.calm(List.of(), moment);
    }

    /** The incidents that are open, the oldest first. */
    synchronized Collection<Incident.View> open() {
        return docket.incidents().stream().map(Incident::view).toList();
    }
}
