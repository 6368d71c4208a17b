package phalanx.agents.govern;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the agents from acting too often: one action at a time on each target, a pause after each that doubles with every one that failed
 * there, and so many an hour. One thread.
 */
public final class Restraint {
    private static final Duration HOUR = Duration.ofHours(1);
    /** Targets remembered, beyond which those longest quiet are forgotten. */
    private static final int MOST_TARGETS = 1_000;

    private final Map<String, Target> targets = new HashMap<>();
    private final Deque<Instant> actions = new ArrayDeque<>();

    private record Target(Optional<String> by, Instant until, int failures) {}

    /** Why nothing may be done at a target now; empty where something may. */
    public Optional<String> refusal(String target, Instant now, EnvironmentPolicy policy) {
        Target known = targets.get(target);
        if (known != null && known.by().isPresent()) {
            return Optional.of("Another action is under way at " + target + " ("
                    + known.by().get() + ").");
        }
        if (known != null && now.isBefore(known.until())) {
            return Optional.of("The last action at " + target + " was too short a time ago: "
                    + Duration.between(now, known.until()).toSeconds() + " s are left.");
        }
        while (!actions.isEmpty() && actions.peekFirst().isBefore(now.minus(HOUR))) {
            actions.removeFirst();
        }
        return actions.size() >= policy.actionsPerHour()
                ? Optional.of(
                        "There were " + actions.size() + " actions within the last hour, as many as the policy allows.")
                : Optional.empty();
    }

    /** An action begins. @param by the proposal */
    public void begin(String target, String by, Instant now) {
        if (targets.size() >= MOST_TARGETS) {
            targets.values().removeIf(one -> one.by().isEmpty() && one.until().isBefore(now));
        }
        int failures =
                Optional.ofNullable(targets.get(target)).map(Target::failures).orElse(0);
        targets.put(target, new Target(Optional.of(by), now, failures));
        actions.addLast(now);
    }

    /** An action is over, taken back or not. */
    public void end(String target, boolean healed, Instant now, EnvironmentPolicy policy) {
        int failures = healed
                ? 0
                : Optional.ofNullable(targets.get(target)).map(Target::failures).orElse(0) + 1;
        Duration pause = policy.cooldown();
        for (int i = 1; i < failures && pause.compareTo(policy.longestCooldown()) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        if (pause.compareTo(policy.longestCooldown()) > 0) {
            pause = policy.longestCooldown();
        }
        targets.put(target, new Target(Optional.empty(), now.plus(pause), failures));
    }
}
