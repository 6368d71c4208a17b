package phalanx.agents.narrate.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What a language model used in the last hour, and whether it may be asked again. Any thread. */
final class LanguageBudget {
    private static final Duration HOUR = Duration.ofHours(1);

    private final LanguageSettings.Limits limits;
    private final LanguageSettings.Price price;
    private final Deque<Use> uses = new ArrayDeque<>();

    private record Use(Instant at, String incident, long tokens, double cost) {}

    LanguageBudget(LanguageSettings.Limits limits, LanguageSettings.Price price) {
        this.limits = limits;
        this.price = price;
    }

    /** Whether so much more may be used. @return why not */
    synchronized Optional<String> refusal(String incident, long input, long output, Instant now) {
        uses.removeIf(use -> use.at.plus(HOUR).isBefore(now));
        long tokens = input + output;
        double cost = price.of(input, output);
        long hour = 0;
        long own = 0;
        double hourCost = 0;
        double ownCost = 0;
        for (Use use : uses) {
            hour += use.tokens;
            hourCost += use.cost;
            if (use.incident.equals(incident)) {
                own += use.tokens;
                ownCost += use.cost;
            }
        }
        if (own + tokens > limits.incidentTokens() || ownCost + cost > limits.incidentCost()) {
            return Optional.of("its budget for an incident is used up");
        }
        return hour + tokens > limits.hourTokens() || hourCost + cost > limits.hourCost()
                ? Optional.of("its budget for an hour is used up")
                : Optional.empty();
    }

    /** What was used, or may have been. */
    synchronized void used(String incident, long input, long output, Instant now) {
        uses.add(new Use(now, incident, input + output, price.of(input, output)));
    }
}
