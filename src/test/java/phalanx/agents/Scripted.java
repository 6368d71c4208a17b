package phalanx.agents;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import phalanx.act.Carried;
import phalanx.act.DryRun;
import phalanx.act.Effect;
import phalanx.act.Remedies;
import phalanx.act.Remedy;
import phalanx.agents.cause.Cause;
import phalanx.agents.cause.Hypothesis;
import phalanx.agents.govern.Guardrail;
import phalanx.agents.govern.Trust;
import phalanx.agents.govern.TrustPolicy;
import phalanx.agents.observe.Observation;
import phalanx.agents.observe.Subject;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.Proposal;
import phalanx.agents.trail.Role;
import phalanx.agents.trail.Trail;
import phalanx.agents.trail.Vote;
import phalanx.metrics.CallGraph;
import phalanx.run.Outcome;

/** A loop whose agents do as they are told, in a time that the test moves on. */
final class Scripted implements SwitchedScout, Investigator, Remedies, Memory, Trail, Bus {
    static final Remedy.Drain DRAIN = new Remedy.Drain("policy", "127.0.0.1:1");
    static final Remedy.Drain OTHER = new Remedy.Drain("policy", "127.0.0.1:2");
    static final Remedy.Weight THIRD = new Remedy.Weight("policy", "127.0.0.1:3", 1);

    final List<Message> steps = new CopyOnWriteArrayList<>();
    final List<String> done = new ArrayList<>();
    final List<String> remembered = new ArrayList<>();
    final Deque<Message> queue = new ArrayDeque<>();
    final List<Suggestion> suggestions = new ArrayList<>();
    final Trust trust;
    final AgentLoop loop;
    Predicate<Remedy> heals = DRAIN::equals;
    Predicate<Remedy> harms = remedy -> false;
    Fixing effect = new Fixing();
    boolean diskFull;
    /** Where steps are kept; nowhere, as it is. */
    Trail disk = message -> Outcome.ok(true);
    /** Told of steps, besides the list. */
    Consumer<Message> watcher = message -> {};

    Vote.Choice choice = Vote.Choice.YES;
    Instant now = Instant.parse("2026-11-23T10:00:00Z");
    boolean trouble;
    boolean worse;
    boolean full;
    /** Looking for the cause meets a fault. */
    boolean broken;
    /** What hooks were given of time. */
    Duration patience = Duration.ZERO;

    /** What the bus takes and brings nobody. */
    @Nullable
    Class<? extends Message> loses;

    private final @Nullable Bus bus;
    private final Set<String> under = ConcurrentHashMap.newKeySet();
    private Consumer<Message> to = message -> {};

    /** What the Fixer comes to. */
    static final class Fixing {
        Effect carryOut = Effect.DONE;
        Effect takeBack = Effect.DONE;
        Effect state = Effect.UNKNOWN;
        DryRun dryRun = new DryRun(true, "drained", "", "undrain", 0.5);
    }

    Scripted(String environment) {
        this(environment, null);
    }

    /** @param bus that carries the messages in place of a queue that is emptied by hand */
    Scripted(String environment, @Nullable Bus bus) {
        this.bus = bus;
        TrustPolicy policy =
                TrustPolicy.parse("p.json", """
                {"schema": "phalanx.trust-policy/1", "quorum": 2, "environments": {"lab": %s}}""".formatted(environment)).value().orElseThrow();
        trust = new Trust(policy);
        loop = new AgentLoop(
                new Crew(
                        this,
                        List.of(this),
                        List.of(new ToldVoter(Role.SCOUT, () -> choice), new ToldVoter(Role.CURATOR, () -> choice)),
                        this,
                        this),
                policy,
                new Guardrail(policy.environment("lab"), ZoneOffset.UTC),
                trust,
                this,
                this,
                Runnable::run,
                step -> {
                    steps.add(step);
                    watcher.accept(step);
                },
                new Pace(seconds(4), seconds(2), seconds(2), seconds(3), seconds(2), seconds(6), seconds(60)));
        loop.begin();
    }

    static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    void suggests(Remedy remedy, double confidence) {
        suggestions.add(new Suggestion(
                new Hypothesis(
                        Cause.SERVER_ERRORS,
                        Subject.instance(remedy.target(), "policy"),
                        confidence,
                        List.of(),
                        List.of()),
                remedy,
                ""));
    }

    /** Time goes by, a second at a time, and messages arrive. */
    void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            now = now.plusSeconds(1);
            tick();
            arrive(1);
        }
    }

    void tick() {
        loop.tick(new Observation(now, Map.of(), CallGraph.NONE, List.of()));
    }

    /** All messages arrive, each so many times. */
    void arrive(int times) {
        if (bus != null) {
            settle();
        }
        while (!queue.isEmpty()) {
            Message message = queue.poll();
            for (int i = 0; i < times; i++) {
                to.accept(message);
            }
        }
    }

    /** Waits until what was sent by the bus has arrived, and what was sent because of it. */
    private void settle() {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!under.isEmpty()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("lost: " + under);
            }
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** The steps in short. */
    List<String> told() {
        return steps.stream()
                .filter(step -> !(step instanceof Message.Voted
                        || step instanceof Message.Diagnosed
                        || step instanceof Message.Learned))
                .map(step -> switch (step) {
                    case Message.Decided decided -> decided.decision().toString();
                    case Message.Verified verified -> verified.healed() ? "HELPED" : "DID NOT HELP";
                    case Message.Closed closed -> closed.ending().toString();
                    case Message.Acted acted -> acted.effect().toString();
                    default -> step.getClass().getSimpleName();
                })
                .toList();
    }

    <T extends Message> T last(Class<T> type) {
        return steps.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    @Override
    public boolean publish(Message message) {
        if (full) {
            return false;
        }
        if (loses != null && loses.isInstance(message)) {
            return true;
        }
        if (bus == null) {
            return queue.add(message);
        }
        under.add(message.key());
        return bus.publish(message);
    }

    @Override
    public void deliver(Consumer<Message> receiver) {
        to = receiver;
        if (bus != null) {
            bus.deliver(message -> {
                receiver.accept(message);
                under.remove(message.key());
            });
        }
    }

    @Override
    public void close() {}

    @Override
    public Outcome<Boolean> keep(Message message) {
        return diskFull
                ? Outcome.failed(new phalanx.run.Problem("PHX-1", "The disk is full.", "Free some space."))
                : disk.keep(message);
    }

    @Override
    public boolean trouble() {
        return trouble;
    }

    @Override
    public boolean harmed() {
        return worse;
    }

    @Override
    public Role role() {
        return Role.BRAIN;
    }

    @Override
    public Look look(Incident.View incident, Observation observation) {
        if (broken) {
            throw new IllegalStateException("a fault of the program itself");
        }
        Optional<Suggestion> next = suggestions.stream()
                .filter(one -> !incident.tried(one.hypothesis(), one.remedy()))
                .findFirst();
        return new Look(suggestions.stream().map(Suggestion::hypothesis).toList(), next);
    }

    @Override
    public Duration patience(Remedy remedy) {
        return patience;
    }

    @Override
    public DryRun dryRun(Remedy remedy) {
        return effect.dryRun;
    }

    @Override
    public Carried carryOut(Remedy remedy, String proposal) {
        done.add("did " + remedy.target());
        if (heals.test(remedy) && effect.carryOut == Effect.DONE) {
            trouble = false;
        }
        worse = harms.test(remedy);
        return new Carried(effect.carryOut, "done", "undrain");
    }

    @Override
    public Carried stateOf(Remedy remedy, String proposal) {
        return new Carried(effect.state, "cut off", "undrain");
    }

    @Override
    public Carried takeBack(Remedy remedy, String proposal, String wayBack) {
        done.add("undid " + remedy.target());
        worse = false;
        return new Carried(effect.takeBack, "undone", wayBack);
    }

    @Override
    public void outcome(Incident.View incident, Proposal proposal, boolean healed) {
        remembered.add(proposal.remedy().target() + " " + healed);
    }
}
