package phalanx.agents.govern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phalanx.config.JsonSection;

/** When Jules looks, on the two days of the year that are no days of 24 hours and after long sleep. */
class ReviewPlanTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
    }

    /** The reviews of a stretch of time in which nobody sleeps. */
    private static List<Instant> reviews(String times, Instant from, Instant to) {
        ReviewPlan plan = new ReviewPlan(true, times, 3);
        List<Instant> all = new ArrayList<>();
        Instant last = from;
        for (Instant now = from; now.isBefore(to); now = now.plus(Duration.ofMinutes(10))) {
            if (plan.due(last, now, BERLIN).isPresent()) {
                all.add(now);
                last = now;
            }
        }
        return all;
    }

    @Test
    void each_day_at_its_time() {
        assertEquals(
                List.of(at("2026-11-23T09:30:00"), at("2026-11-24T09:30:00")),
                reviews("30 9 * * *", at("2026-11-23T00:00:00"), at("2026-11-25T00:00:00")));
    }

    @Test
    void a_time_that_is_left_out_in_spring_comes_an_hour_later() {
        assertEquals(
                List.of(at("2026-03-28T02:30:00"), at("2026-03-29T03:30:00"), at("2026-03-30T02:30:00")),
                reviews("30 2 * * *", at("2026-03-28T00:00:00"), at("2026-03-31T00:00:00")));
    }

    @Test
    void a_time_that_comes_twice_in_autumn_is_meant_once() {
        assertEquals(
                List.of(at("2026-10-24T02:30:00"), at("2026-10-25T02:30:00"), at("2026-10-26T02:30:00")),
                reviews("30 2 * * *", at("2026-10-24T00:00:00"), at("2026-10-27T00:00:00")));
    }

    @Test
    void of_those_slept_through_one_is_caught_up_with() {
        ReviewPlan plan = new ReviewPlan(true, "30 9 * * *", 3);
        Instant awake = at("2026-11-23T14:00:00");
        assertEquals(Optional.of(at("2026-11-23T09:30:00")), plan.due(at("2026-11-09T09:30:00"), awake, BERLIN));
        assertEquals(Optional.empty(), plan.due(awake, awake.plusSeconds(60), BERLIN));
        assertEquals(
                Optional.empty(), new ReviewPlan(false, "30 9 * * *", 3).due(at("2026-11-09T09:30:00"), awake, BERLIN));
    }

    private static JsonSection.Read<TrustPolicy> policy(String review) {
        return TrustPolicy.parse("trust_policy.json", """
                {"schema": "phalanx.trust-policy/1", "environments": {"lab": {}},
                 "review": %s}""".formatted(review));
    }

    @Test
    void the_policy_says_when_and_has_a_standard() {
        assertEquals(
                new ReviewPlan(false, "0 7 * * 1-5", 2),
                policy("{\"enabled\": false, \"at\": \"0 7 * * 1-5\", \"most\": 2}")
                        .value()
                        .orElseThrow()
                        .review());
        assertEquals(ReviewPlan.STANDARD, policy("{}").value().orElseThrow().review());
    }

    @ParameterizedTest
    @ValueSource(strings = {"half past nine", "61 9 * * *", "0 9 30 2 *", "* * * * * *", "", "@daily; rm", "0 0 0 * *"})
    void a_time_that_never_comes_is_refused_where_it_stands(String times) {
        JsonSection.Read<TrustPolicy> read = policy("{\"at\": \"" + times + "\"}");
        assertTrue(read.value().isEmpty());
        assertTrue(
                read.faults().getFirst().toString().startsWith("trust_policy.json:2:13: \"" + times),
                read.faults().toString());
    }
}
