package phalanx.agents;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import phalanx.agents.govern.EnvironmentPolicy;
import phalanx.agents.govern.Trust;
import phalanx.agents.govern.TrustPolicy;
import phalanx.agents.trail.IncidentBook;
import phalanx.agents.trail.IncidentRecord;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.ReviewBook;
import phalanx.agents.trail.ReviewRecord;
import phalanx.agents.trail.Role;
import phalanx.agents.trail.StepLog;

/**
 * How people see agents and steer them, on the desk, by the admin port, on the command line. What is seen follows from the steps alone.
 * Any thread; {@link #pause} and {@link #answer} wait while the agents think, at most some tens of milliseconds, the others never.
 */
public final class Steering {
    private final AgentLoop loop;
    private final Answers reviews;
    private final TrustPolicy policy;
    private final String environment;
    private final StepLog log;
    private final IncidentBook book = new IncidentBook();
    private final ReviewBook proposed = new ReviewBook();
    private final Map<Role, Double> trust = new EnumMap<>(Role.class);
    private final InstantSource clock;
    private volatile boolean paused;

    /**
     * The agents at a moment.
     *
     * @param enabled whether they may do more than watch and report
     * @param quorum voters that must have answered
     * @param cooldown at a target after an action, at least
     * @param newest number of the newest step
     * @param incidents the newest first, those that are over too
     * @param reviews what reviews propose, the newest first
     */
    public record Snapshot(
            String environment,
            EnvironmentPolicy.Mode mode,
            boolean enabled,
            boolean paused,
            int quorum,
            Duration cooldown,
            Map<Role, Double> trust,
            long newest,
            List<IncidentRecord> incidents,
            List<ReviewRecord> reviews) {
        public Snapshot {
            trust = Map.copyOf(trust);
            incidents = List.copyOf(incidents);
            reviews = List.copyOf(reviews);
        }

        /** The open incident; the agents work on one at a time. */
        public Optional<IncidentRecord> open() {
            return incidents.stream().filter(IncidentRecord::open).findFirst();
        }
    }

    /** Who takes a person's answers to proposals that wait. */
    interface Answers {
        /** @return whether one waited for it */
        boolean answer(String proposal, boolean yes, String who, String reason);
    }

    /**
     * @param reviews takes answers to what no incident asks
     * @param before steps of the case, oldest first
     */
    Steering(
            AgentLoop loop,
            Answers reviews,
            TrustPolicy policy,
            String environment,
            List<StepLog.Entry> before,
            InstantSource clock) {
        this.loop = loop;
        this.reviews = reviews;
        this.policy = policy;
        this.environment = environment;
        this.clock = clock;
        this.log = new StepLog(before);
        Trust start = new Trust(policy);
        policy.trust().keySet().forEach(role -> trust.put(role, start.of(role)));
        before.forEach(entry -> learn(entry.step()));
    }

    private void learn(Message step) {
        book.take(step);
        proposed.take(step);
        if (step instanceof Message.Paused now) {
            paused = now.on();
        }
        if (step instanceof Message.Learned learned) {
            synchronized (trust) {
                trust.putAll(learned.trust());
            }
        }
    }

    /** A step happened. On the agents' thread. */
    void happened(Message step) {
        learn(step);
        log.add(step);
    }

    /** The newest steps. */
    public StepLog log() {
        return log;
    }

    /** How they are now. */
    public Snapshot snapshot() {
        EnvironmentPolicy here = policy.environment(environment);
        synchronized (trust) {
            return new Snapshot(
                    environment,
                    here.mode(),
                    policy.enabled(),
                    paused,
                    policy.quorum(),
                    here.cooldown(),
                    trust,
                    log.newest(),
                    book.newest(),
                    proposed.newest());
        }
    }

    /**
     * Begins nothing any more until told; what was carried out is still measured, and taken back if it does not help.
     *
     * @param who wants it so
     */
    public void pause(boolean on, String who) {
        loop.pause(on, who, clock.instant());
    }

    /** A person's answer to a proposal. @param who answers  @param reason one sentence  @return whether one waited for it */
    public boolean answer(String proposal, boolean yes, String who, String reason) {
        return loop.answer(proposal, yes, who, reason) || reviews.answer(proposal, yes, who, reason);
    }
}
