package phalanx.proxy.route;

import java.util.SplittableRandom;

/**
 * The highest upper confidence bound, mean + sqrt(c ln t / n) (Auer, Cesa-Bianchi and Fischer 2002, where c is 2).
 *
 * @param constant c, above 0
 */
record Ucb1(double constant) implements Bandit {
    @Override
    public Pull pull(Arm[] arms, SplittableRandom random) {
        double total = 0;
        for (Arm arm : arms) {
            total += arm.pulls();
        }
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < arms.length; i++) {
            double n = arms[i].pulls();
            double bound = n < 1e-9
                    ? Double.MAX_VALUE
                    : arms[i].mean() + Math.sqrt(constant * Math.log(Math.max(Math.E, total)) / n);
            if (bound > highest) {
                highest = bound;
                best = i;
            }
        }
        return new Pull(best, best == Bandit.best(arms) ? "best mean reward" : "explored: least is known of it");
    }
}
