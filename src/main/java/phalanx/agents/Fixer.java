package phalanx.agents;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import phalanx.act.Carried;
import phalanx.act.DryRun;
import phalanx.act.Effect;
import phalanx.act.Remedies;
import phalanx.act.Remedy;
import phalanx.agents.govern.Guardrail;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.Proposal;

/**
 * The Fixer: has remedies tried, carried out, looked for and taken back on worker threads, and tells the others what came of it. A fault of
 * the program itself counts as a failure. Any thread.
 */
final class Fixer {
    /** What carries remedies out has time limits of its own, each of a minute at most; hooks have those that were declared. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Remedies remedies;
    private final Executor workers;
    private final Consumer<Message> tell;

    /**
     * @param workers where remedies work; each may take seconds
     * @param tell gets what came of it, on a worker
     */
    Fixer(Remedies remedies, Executor workers, Consumer<Message> tell) {
        this.remedies = remedies;
        this.workers = workers;
        this.tell = tell;
    }

    /** After so long without a word of a dry run none will come. */
    Duration longestTry(Remedy remedy) {
        return remedies.patience(remedy).plus(Bus.OLDEST);
    }

    /** After so long without a word of what is carried out or taken back it is looked for. */
    Duration longest(Remedy remedy) {
        return remedies.patience(remedy).plus(LONGEST);
    }

    /** Tries a remedy without effect, and puts it to the vote. */
    void tryOut(Proposal proposal, Instant at) {
        later(
                () -> new Message.Proposed(at, proposal, remedies.dryRun(proposal.remedy())),
                () -> new Message.Proposed(at, proposal, DryRun.refused("The dry run met a fault of Phalanx itself.")));
    }

    /**
     * Carries it out. Where servers would be out of use, they are counted anew: some may have gone since it was tried.
     *
     * @param tried before the vote
     */
    void carryOut(Proposal proposal, DryRun tried, Guardrail guardrail, Instant at) {
        act(
                proposal,
                at,
                () -> (tried.outOfUse() > 0
                                ? guardrail.outOfUse(remedies.dryRun(proposal.remedy()))
                                : Optional.<String>empty())
                        .map(why -> new Carried(Effect.FAILED, why, ""))
                        .orElseGet(() -> remedies.carryOut(proposal.remedy(), proposal.id())),
                new Carried(Effect.UNKNOWN, "The Fixer met a fault of Phalanx itself.", ""));
    }

    /** Finds out what became of a remedy that was cut off. @param wayBack as far as it is known */
    void lookFor(Proposal proposal, Instant at, String wayBack) {
        act(
                proposal,
                at,
                () -> remedies.stateOf(proposal.remedy(), proposal.id()),
                new Carried(Effect.UNKNOWN, "It was cut off.", wayBack));
    }

    private void act(Proposal proposal, Instant at, Supplier<Carried> work, Carried otherwise) {
        later(() -> acted(proposal, at, work.get()), () -> acted(proposal, at, otherwise));
    }

    private static Message acted(Proposal proposal, Instant at, Carried result) {
        return new Message.Acted(
                at, proposal.incident(), proposal.id(), result.effect(), result.says(), result.wayBack());
    }

    void takeBack(Proposal proposal, Instant at, String wayBack) {
        later(
                () -> {
                    Carried result = remedies.takeBack(proposal.remedy(), proposal.id(), wayBack);
                    return new Message.TakenBack(
                            at, proposal.incident(), proposal.id(), result.effect() == Effect.DONE, result.says());
                },
                () -> new Message.TakenBack(at, proposal.incident(), proposal.id(), false, "The way back: " + wayBack));
    }

    private void later(Supplier<Message> work, Supplier<Message> otherwise) {
        workers.execute(() -> {
            Message message;
            try {
                message = work.get();
            } catch (RuntimeException e) {
                System.getLogger("phalanx.agents").log(System.Logger.Level.ERROR, "the Fixer met a fault", e);
                message = otherwise.get();
            }
            tell.accept(message);
        });
    }
}
