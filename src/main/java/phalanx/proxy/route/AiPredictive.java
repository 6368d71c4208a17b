package phalanx.proxy.route;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A bandit chooses, and learns from every answer. A reward lies between 0 and 1: none for a failure, else budget / (budget + latency), so
 * that half is what just meets the budget; raw milliseconds would drown what the rules of the bandits add to explore.
 */
public final class AiPredictive implements Balancer {
    private final Bandit bandit;
    private final AiSettings settings;
    private final Map<Server, Arm> arms = new HashMap<>();

    AiPredictive(AiSettings settings) {
        this.settings = settings;
        this.bandit = switch (settings.algorithm()) {
            case EPSILON_GREEDY -> new EpsilonGreedy(settings.epsilon());
            case UCB1 -> new Ucb1(settings.ucbConstant());
            case SOFTMAX -> new Softmax(settings.temperature());
            case THOMPSON_SAMPLING -> new ThompsonSampling();
        };
    }

    @Override
    public synchronized Choice choose(List<Server> servers, Asking asking) {
        Arm[] candidates = new Arm[servers.size()];
        for (int i = 0; i < candidates.length; i++) {
            candidates[i] = arms.computeIfAbsent(servers.get(i), _ -> new Arm());
            if (candidates[i].pulls() < 1e-9 && servers.get(i).active() == 0) {
                return new Choice(servers.get(i), "not tried yet");
            }
        }
        Bandit.Pull pull = bandit.pull(candidates, asking.random());
        Arm arm = candidates[pull.arm()];
        return new Choice(servers.get(pull.arm()), pull.why(), arm.mean(), arm.pulls());
    }

    @Override
    public synchronized void learn(Server server, long nanos, boolean failed) {
        for (Arm arm : arms.values()) {
            arm.decay(settings.decay());
        }
        double budget = settings.latencyBudget().toNanos();
        arms.computeIfAbsent(server, _ -> new Arm()).reward(failed ? 0 : reward(nanos, budget));
        if (arms.size() > 10_000) { // discovery that never names the same server twice
            arms.clear();
        }
    }

    private double reward(long nanos, double budget) {
        if (settings.algorithm() == AiSettings.Algorithm.THOMPSON_SAMPLING) {
            return nanos <= budget ? 1 : 0; // its belief is about successes
        }
        return budget / (budget + nanos);
    }

    /** What is believed of a server: mean reward from 0 to 1, or -1 before it was tried. */
    public synchronized double score(Server server) {
        Arm arm = arms.get(server);
        return arm == null || arm.pulls() < 1e-9 ? -1 : arm.mean();
    }
}
