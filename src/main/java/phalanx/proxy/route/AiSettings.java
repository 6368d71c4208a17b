package phalanx.proxy.route;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import phalanx.config.Directive;
import phalanx.config.Section;

/**
 * How the bandits choose. Any thread.
 *
 * @param epsilon share of trials by chance, 0 to 1 (standard 0.1)
 * @param ucbConstant how much doubt counts (standard 2, as published)
 * @param temperature how much is tried (standard 1)
 * @param latencyBudget the time to the first octet that is worth half a reward; for Thompson sampling, what counts as success (standard
 *     100 ms)
 * @param decay what remains of old rewards after each new one (standard 0.999; about 700 requests halve it)
 */
public record AiSettings(
        Algorithm algorithm,
        double epsilon,
        double ucbConstant,
        double temperature,
        Duration latencyBudget,
        double decay) {
    /** The bandits. */
    public enum Algorithm {
        EPSILON_GREEDY,
        UCB1,
        SOFTMAX,
        THOMPSON_SAMPLING
    }

    /** What holds where nothing is given. */
    public static final AiSettings STANDARD =
            new AiSettings(Algorithm.EPSILON_GREEDY, 0.1, 2, 1, Duration.ofMillis(100), 0.999);

    private static final String PLACES = "upstream server http";
    private static final Directive ALGORITHM = Directive.of(
            PLACES,
            "ai_algorithm NAME",
            "epsilon_greedy",
            "The bandit of algorithm aipredictive: epsilon_greedy, ucb1, softmax or thompson_sampling.");
    private static final Directive EPSILON = Directive.of(
            PLACES, "ai_epsilon SHARE", "0.1", "epsilon_greedy: the share of requests that try a server by chance.");
    private static final Directive UCB_CONSTANT =
            Directive.of(PLACES, "ai_ucb_constant NUMBER", "2", "ucb1: how much doubt counts.");
    private static final Directive TEMPERATURE = Directive.of(
            PLACES,
            "ai_temperature NUMBER",
            "1",
            "softmax: at 1, a reward higher by 0.1 makes odds of e; higher tries more.");
    private static final Directive BUDGET = Directive.of(
            PLACES,
            "ai_latency_budget TIME",
            "100ms",
            "The time to the first octet that is worth half a reward; thompson_sampling: what counts as success.");
    private static final Directive THRESHOLD = Directive.of(
            PLACES, "ai_thompson_threshold_ms MILLISECONDS", "", "The same as ai_latency_budget, in milliseconds.");
    private static final Directive DECAY = Directive.of(
            PLACES, "ai_decay SHARE", "0.999", "What remains of old rewards after each new one: less forgets faster.");

    public static final List<Directive> DIRECTIVES =
            List.of(ALGORITHM, EPSILON, UCB_CONSTANT, TEMPERATURE, BUDGET, THRESHOLD, DECAY);

    private static final Map<String, Algorithm> NAMES = Map.of(
            "epsilon_greedy", Algorithm.EPSILON_GREEDY,
            "ucb1", Algorithm.UCB1,
            "softmax", Algorithm.SOFTMAX,
            "thompson_sampling", Algorithm.THOMPSON_SAMPLING);

    public static AiSettings from(Section section) {
        Duration budget = section.time(BUDGET, Duration.ofMillis(100));
        long threshold = section.number(THRESHOLD, -1, 1, 3_600_000);
        return new AiSettings(
                section.choice(ALGORITHM, NAMES).orElse(Algorithm.EPSILON_GREEDY),
                section.decimal(EPSILON, 0.1, 0, 1),
                section.decimal(UCB_CONSTANT, 2, 0.0001, 1000),
                section.decimal(TEMPERATURE, 1, 0.0001, 1000),
                threshold > 0 ? Duration.ofMillis(threshold) : budget,
                section.decimal(DECAY, 0.999, 0.5, 1));
    }

    /** Whether any of them stands in a block itself. */
    static boolean givenIn(Section section) {
        return DIRECTIVES.stream().anyMatch(d -> !section.all(d).isEmpty());
    }
}
