package phalanx.agents.trail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import phalanx.act.Effect;

/** What reviews propose, as steps tell it. */
class ReviewBookTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final ReviewBook book = new ReviewBook();

    private void review(int number) {
        String review = Message.Reviewed.PREFIX + number;
        book.take(new Message.Reviewed(
                NOON,
                review,
                List.of(new Message.Advice(review + "/1", "a larger pool", "quote.json", List.of("4 now"), "", "")),
                ""));
    }

    private static Message.Decided answer(Instant at, Message.Decision decision) {
        return new Message.Decided(at, "REV-1", "REV-1/1", Role.HUMAN, decision, "eva: yes", null);
    }

    private static Message.Acted acted(Instant at, Effect effect) {
        return new Message.Acted(at, "REV-1", "REV-1/1", effect, "", "");
    }

    @Test
    void what_was_approved_and_could_not_be_done_waits_again_and_its_next_answer_is_another_step() {
        review(1);
        assertTrue(book.newest().getFirst().waits());
        book.take(answer(NOON, Message.Decision.APPROVED));
        assertFalse(book.newest().getFirst().waits());
        book.take(acted(NOON, Effect.FAILED));
        assertTrue(book.newest().getFirst().waits());
        Instant later = NOON.plusSeconds(60);
        assertNotEquals(
                answer(NOON, Message.Decision.APPROVED).key(),
                answer(later, Message.Decision.APPROVED).key());
        assertNotEquals(
                acted(NOON, Effect.FAILED).key(), acted(later, Effect.DONE).key());
        book.take(answer(later, Message.Decision.APPROVED));
        book.take(acted(later, Effect.DONE));
        assertFalse(book.newest().getFirst().waits());
    }

    @Test
    void the_oldest_of_very_many_make_way() {
        for (int i = 1; i <= 300; i++) {
            review(i);
        }
        assertEquals(200, book.newest().size());
        assertEquals("REV-300", book.newest().getFirst().review());
    }

    @Test
    void an_answer_to_an_incident_has_one_key_whenever_it_came() {
        assertEquals(
                new Message.Decided(NOON, "INC-1", "INC-1/1", Role.HUMAN, Message.Decision.APPROVED, "", null).key(),
                new Message.Decided(
                                NOON.plusSeconds(1),
                                "INC-1",
                                "INC-1/1",
                                Role.HUMAN,
                                Message.Decision.APPROVED,
                                "",
                                null)
                        .key());
    }
}
