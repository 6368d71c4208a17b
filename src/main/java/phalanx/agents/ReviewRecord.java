package phalanx.agents;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

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
    /** Whether it waits for a person. */
    public boolean waits() {
        return decided == null;
    }

    ReviewRecord with(Message step) {
        return switch (step) {
            case Message.Decided came -> new ReviewRecord(review, at, advice, came, acted);
            case Message.Acted came -> new ReviewRecord(review, at, advice, decided, came);
            default -> this;
        };
    }
}
