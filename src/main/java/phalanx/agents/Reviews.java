package phalanx.agents;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import phalanx.act.Effect;
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
    private final Bus bus;
    private final Executor workers;
    private final InstantSource clock;
    private Instant last;
    private Instant asked = Instant.EPOCH;
    private OptionalDouble usualRate = OptionalDouble.empty();

    /**
     * @param before steps as the trail has them
     * @param workers where reviews work, one after the other
     */
    Reviews(
            Jules jules,
            ReviewPlan plan,
            Supplier<List<Precedent>> memory,
            List<Message> before,
            Bus bus,
            Executor workers,
            InstantSource clock) {
        this.jules = jules;
        this.plan = plan;
        this.memory = memory;
        this.bus = bus;
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
            bus.publish(reviewed);
        });
    }

    /** A person's answer to a request of a review. @return whether one waited */
    boolean answer(String id, boolean yes, String who, String reason) {
        Optional<RequestRecord> waiting = jules.waiting(id);
        waiting.ifPresent(request -> workers.execute(() -> decide(request, yes, who + ": " + reason, clock.instant())));
        return waiting.isPresent();
    }

    private void decide(RequestRecord waiting, boolean yes, String says, Instant now) {
        String id = waiting.request().id();
        Message decided = new Message.Decided(
                now,
                waiting.incident(),
                id,
                Role.HUMAN,
                yes ? Message.Decision.APPROVED : Message.Decision.REJECTED,
                says,
                null);
        if (!bus.publish(decided)) {
            return; // what cannot be told of is not done; the request goes on waiting
        }
        Outcome<String> done = jules.decided(waiting, yes, says);
        if (done instanceof Outcome.Failed<String>(var problem)) {
            bus.publish(new Message.Acted(now, waiting.incident(), id, Effect.FAILED, problem.what(), ""));
        } else if (yes && done instanceof Outcome.Ok<String>(String commit)) {
            bus.publish(new Message.Acted(
                    now, waiting.incident(), id, Effect.DONE, "Merged as " + commit.substring(0, 8) + ".", commit));
        }
    }
}
