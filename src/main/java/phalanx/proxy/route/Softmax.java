package phalanx.proxy.route;

import java.util.SplittableRandom;

/**
 * By chance, in proportion to e to the power of the mean (Boltzmann exploration; Sutton and Barto, section 2.8). Rewards lie between 0 and
 * 1, so at temperature 1 a difference of 0.1 makes odds of e.
 *
 * @param temperature above 0: the higher, the more is tried
 */
record Softmax(double temperature) implements Bandit {
    private static final double SCALE = 10;

    @Override
    public Pull pull(Arm[] arms, SplittableRandom random) {
        int best = Bandit.best(arms);
        double highest = arms[best].mean();
        double sum = 0;
        double[] shares = new double[arms.length];
        for (int i = 0; i < arms.length; i++) {
            shares[i] = Math.exp((arms[i].mean() - highest) * SCALE / temperature);
            sum += shares[i];
        }
        double at = random.nextDouble() * sum;
        int chosen = best;
        for (int i = 0; i < arms.length; i++) {
            at -= shares[i];
            if (at < 0) {
                chosen = i;
                break;
            }
        }
        return new Pull(chosen, chosen == best ? "best mean reward" : "explored by its share");
    }
}
