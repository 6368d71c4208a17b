package phalanx.agents.trail;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import phalanx.act.Effect;

/**
 * What a review proposes, and what became of it, as the steps tell it. Immutable, any thread.
 *
 * @param review names the review
 * @param at when it was proposed
 * @param decided a person's answer, null while it waits for one
 * @param acted what was done then, null while nothing was
 */
public record ReviewRecord(
        String review,
        Instant at,
        Message.Advice advice,
        Message.@Nullable Decided decided,
        Message.@Nullable Acted acted) {
    /** Whether it waits for a person: also where what was approved could not be done. */
    public boolean waits() {
        return decided == null || acted != null && acted.effect() == Effect.FAILED;
    }

    ReviewRecord with(Message step) {
        return switch (step) {
            case Message.Decided came -> new ReviewRecord(review, at, advice, came, null);
            case Message.Acted came -> new ReviewRecord(review, at, advice, decided, came);
            default -> this;
        };
    }
}
