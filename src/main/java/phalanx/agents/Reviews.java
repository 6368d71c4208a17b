package phalanx.agents;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import phalanx.act.Effect;
import phalanx.act.git.Forge;
import phalanx.act.git.RequestRecord;
import phalanx.agents.govern.ReviewPlan;
import phalanx.agents.memory.Precedent;
import phalanx.agents.observe.Measure;
import phalanx.agents.observe.Observation;
import phalanx.agents.observe.Subject;
import phalanx.agents.review.Jules;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.Role;
import phalanx.run.Outcome;

/** Has Jules look through everything when it is due, and does what a person answers to that. Any thread. */
final class Reviews {
    private final Jules jules;
    private final ReviewPlan plan;
    private final Supplier<List<Precedent>> memory;
    private final Predicate<Message> keep;
    private final Executor workers;
    private final InstantSource clock;
    private Instant last;
    private Instant asked = Instant.EPOCH;
    private OptionalDouble usualRate = OptionalDouble.empty();
    /** Requests that were answered and are being merged or closed. */
    private final Set<String> underWay = new HashSet<>();

    /**
     * @param before steps as the trail has them
     * @param keep keeps a step at once and tells it; false where it cannot
     * @param workers where reviews work, one after the other
     */
    Reviews(
            Jules jules,
            ReviewPlan plan,
            Supplier<List<Precedent>> memory,
            List<Message> before,
            Predicate<Message> keep,
            Executor workers,
            InstantSource clock) {
        this.jules = jules;
        this.plan = plan;
        this.memory = memory;
        this.keep = keep;
        this.workers = workers;
        this.clock = clock;
        this.last = before.stream()
                .filter(Message.Reviewed.class::isInstance)
                .map(Message::at)
                .max(Instant::compareTo)
                .or(() -> before.stream().map(Message::at).min(Instant::compareTo))
                .orElseGet(clock::instant);
    }

    /** Begins a review if one is due: asked each second, it looks each minute. */
    synchronized void look(Observation observation) {
        observation
                .figure(Subject.EDGE, Measure.RATE)
                .filter(figure -> !Double.isNaN(figure.usual()))
                .ifPresent(figure -> usualRate = OptionalDouble.of(figure.usual()));
        Instant now = observation.at();
        if (now.getEpochSecond() / 60 != asked.getEpochSecond() / 60) {
            asked = now;
            if (plan.due(last, now, ZoneId.systemDefault()).isPresent()) {
                review(now);
            }
        }
    }

    /** Begins a review at once. */
    synchronized void review(Instant now) {
        last = now;
        OptionalDouble rate = usualRate;
        workers.execute(() -> {
            Message.Reviewed reviewed = switch (jules.review(now, memory.get(), rate, plan.most())) {
                case Outcome.Ok<Message.Reviewed>(Message.Reviewed done) -> done;
                case Outcome.Failed<Message.Reviewed>(var problem) ->
                    new Message.Reviewed(
                            now,
                            Message.Reviewed.PREFIX + now.toEpochMilli(),
                            List.of(),
                            "could not be done: " + problem.what() + " " + problem.remedy());
            };
            tell(reviewed);
        });
    }

    /** A person's answer to a request of a review, kept before this returns. @return whether one waited, and takes it */
    synchronized boolean answer(String id, boolean yes, String who, String reason) {
        Optional<RequestRecord> waiting = jules.waiting(id);
        if (waiting.isEmpty() || underWay.contains(id)) {
            return false;
        }
        Message.Decided decided = new Message.Decided(
                clock.instant(),
                waiting.get().incident(),
                id,
                Role.HUMAN,
                yes ? Message.Decision.APPROVED : Message.Decision.REJECTED,
                who + ": " + reason,
                null);
        if (!keep.test(decided)) {
            return false; // what cannot be told of is not done; the request goes on waiting
        }
        begin(decided);
        return true;
    }

    /** Tells what was done; where it cannot be kept the next start finds it in the repository. */
    private void tell(Message step) {
        if (!keep.test(step)) {
            System.getLogger("phalanx.agents")
                    .log(System.Logger.Level.WARNING, "a step of " + step.incident() + " could not be kept");
        }
    }

    private synchronized void begin(Message.Decided decided) {
        underWay.add(decided.proposal());
        workers.execute(() -> {
            try {
                carryOut(decided);
            } finally {
                over(decided.proposal());
            }
        });
    }

    private synchronized void over(String id) {
        underWay.remove(id);
    }

    private void carryOut(Message.Decided decided) {
        boolean yes = decided.decision() == Message.Decision.APPROVED;
        String id = decided.proposal();
        Outcome<String> done = jules.decided(id, yes, decided.reason());
        if (done instanceof Outcome.Failed<String>(var problem)) {
            Effect effect = problem.code().equals(Forge.UNCERTAIN) ? Effect.UNKNOWN : Effect.FAILED;
            tell(new Message.Acted(decided.at(), decided.incident(), id, effect, problem.what(), ""));
        } else if (yes && done instanceof Outcome.Ok<String>(String commit)) {
            tell(new Message.Acted(
                    decided.at(),
                    decided.incident(),
                    id,
                    Effect.DONE,
                    "Merged as " + commit.substring(0, 8) + ".",
                    commit));
        }
    }

    /** Does what was decided before the program ended and was not done, and closes what was opened and told nobody. */
    void resume(List<Message> before) {
        Set<String> told = new HashSet<>();
        Map<String, Message.Decided> left = new LinkedHashMap<>();
        for (Message step : before) {
            switch (step) {
                case Message.Reviewed one -> one.advice().forEach(advice -> told.add(advice.id()));
                case Message.Decided one when Message.Reviewed.names(one.incident()) -> left.put(one.proposal(), one);
                case Message.Acted one -> left.remove(one.proposal());
                default -> {
                    // nothing of a review
                }
            }
        }
        told.addAll(left.keySet());
        before.stream()
                .map(Message::at)
                .min(Instant::compareTo)
                .ifPresent(since -> workers.execute(() -> jules.dropUntold(told, since)));
        left.values().stream()
                .filter(one -> jules.waiting(one.proposal()).isPresent())
                .forEach(this::begin);
    }
}
