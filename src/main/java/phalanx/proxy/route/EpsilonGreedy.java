package phalanx.proxy.route;

import java.util.SplittableRandom;

/**
 * The best so far, but for a constant share of trials by chance (Sutton and Barto, Reinforcement Learning, section 2.2).
 *
 * @param epsilon share of trials, 0 to 1
 */
record EpsilonGreedy(double epsilon) implements Bandit {
    @Override
    public Pull pull(Arm[] arms, SplittableRandom random) {
        return random.nextDouble() < epsilon
                ? new Pull(random.nextInt(arms.length), "explored by chance")
                : new Pull(Bandit.best(arms), "best mean reward");
    }
}
