package phalanx.agents.trail;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phalanx.act.DryRun;
import phalanx.act.Effect;
import phalanx.agents.cause.Hypothesis;
import phalanx.agents.trail.Message.Acted;
import phalanx.agents.trail.Message.TakenBack;
import phalanx.agents.trail.Message.Verified;

/**
 * An incident as its steps tell it, and nothing else: the same for who watches, who asks the running agents, and who reads the trail a
 * year later. Immutable, any thread.
 *
 * @param since when the trouble began
 * @param staged when it came to its stage
 * @param hypotheses those of the last look, likeliest first
 * @param attempts what was proposed, oldest first
 * @param says what was said last of its end or of who goes on, empty before
 */
public record IncidentRecord(
        String id,
        Stage stage,
        Instant since,
        Instant staged,
        List<Signal> signals,
        List<Hypothesis> hypotheses,
        List<Attempt> attempts,
        String says) {
    /** How far it has come. */
    public enum Stage {
        /** The cause is looked for. */
        LOOKING,
        VOTING,
        /** A person is asked. */
        WAITING,
        /** A remedy is being carried out. */
        ACTING,
        /** Whether it helped is being measured. */
        MEASURING,
        TAKING_BACK,
        /** The agents do nothing more; a person goes on. */
        ESCALATED,
        CLOSED
    }

    /**
     * A proposal and what became of it.
     *
     * @param votes in the order in which they came
     * @param decisions of the vote, then of the person who was asked
     */
    public record Attempt(
            Proposal proposal,
            DryRun dryRun,
            List<Vote> votes,
            List<Message.Decided> decisions,
            @Nullable Acted acted,
            @Nullable Verified verified,
            @Nullable TakenBack takenBack) {
        public Attempt {
            votes = List.copyOf(votes);
            decisions = List.copyOf(decisions);
        }

        private Attempt with(Message step) {
            return switch (step) {
                case Message.Voted voted ->
                    new Attempt(proposal, dryRun, and(votes, voted.vote()), decisions, acted, verified, takenBack);
                case Message.Decided decided ->
                    new Attempt(proposal, dryRun, votes, and(decisions, decided), acted, verified, takenBack);
                case Message.Acted came -> new Attempt(proposal, dryRun, votes, decisions, came, verified, takenBack);
                case Message.Verified came -> new Attempt(proposal, dryRun, votes, decisions, acted, came, takenBack);
                case Message.TakenBack came -> new Attempt(proposal, dryRun, votes, decisions, acted, verified, came);
                default -> this;
            };
        }
    }

    public IncidentRecord {
        signals = List.copyOf(signals);
        hypotheses = List.copyOf(hypotheses);
        attempts = List.copyOf(attempts);
    }

    /** The first step of it. */
    static IncidentRecord of(Message.Signalled first) {
        return new IncidentRecord(
                first.incident(),
                Stage.LOOKING,
                first.signals().isEmpty()
                        ? first.at()
                        : first.signals().getFirst().since(),
                first.at(),
                first.signals(),
                List.of(),
                List.of(),
                "");
    }

    /** Whether it has not ended yet. */
    public boolean open() {
        return stage != Stage.CLOSED;
    }

    /** The attempt under way, or the last one. */
    public Optional<Attempt> last() {
        return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast());
    }

    /** The proposal that waits for a person. */
    public Optional<Proposal> waiting() {
        return stage == Stage.WAITING ? last().map(Attempt::proposal) : Optional.empty();
    }

    /** As it is behind one more step of it. */
    IncidentRecord with(Message step) {
        Stage next = next(step);
        return new IncidentRecord(
                id,
                next,
                since,
                next == stage ? staged : step.at(),
                signals,
                step instanceof Message.Diagnosed diagnosed ? diagnosed.hypotheses() : hypotheses,
                attempts(step),
                switch (step) {
                    case Message.Escalated escalated -> escalated.says();
                    case Message.Closed closed -> closed.says();
                    default -> says;
                });
    }

    private Stage next(Message step) {
        return switch (step) {
            case Message.Proposed _ -> Stage.VOTING;
            case Message.Decided decided ->
                switch (decided.decision()) {
                    case APPROVED -> Stage.ACTING;
                    case ASKED -> Stage.WAITING;
                    case DRY_RUN -> Stage.ESCALATED;
                    case REJECTED -> stage == Stage.WAITING ? Stage.ESCALATED : Stage.LOOKING;
                };
            case Message.Begun _ -> Stage.ACTING;
            case Message.Acted acted ->
                acted.effect() == Effect.DONE
                        ? Stage.MEASURING
                        : acted.effect() == Effect.FAILED ? Stage.LOOKING : Stage.ESCALATED;
            case Message.Verified verified -> verified.healed() ? stage : Stage.TAKING_BACK;
            case Message.TakenBack back -> back.done() ? Stage.LOOKING : Stage.ESCALATED;
            case Message.Escalated _ -> Stage.ESCALATED;
            case Message.Closed _ -> Stage.CLOSED;
            case Message.Signalled _,
                    Message.Diagnosed _,
                    Message.Voted _,
                    Message.Learned _,
                    Message.Reviewed _,
                    Message.Filed _,
                    Message.Paused _ -> stage;
        };
    }

    private List<Attempt> attempts(Message step) {
        if (step instanceof Message.Proposed proposed) {
            return and(
                    attempts,
                    new Attempt(proposed.proposal(), proposed.dryRun(), List.of(), List.of(), null, null, null));
        }
        return attempts.stream()
                .map(one -> one.proposal().id().equals(proposal(step)) ? one.with(step) : one)
                .toList();
    }

    private static String proposal(Message step) {
        return switch (step) {
            case Message.Voted voted -> voted.vote().proposal();
            case Message.Decided decided -> decided.proposal();
            case Message.Acted acted -> acted.proposal();
            case Message.Verified verified -> verified.proposal();
            case Message.TakenBack back -> back.proposal();
            default -> "";
        };
    }

    private static <T> List<T> and(List<T> all, T one) {
        List<T> more = new ArrayList<>(all);
        more.add(one);
        return more;
    }
}
