package phalanx.proxy.route;

import java.util.SplittableRandom;

/**
 * A draw from what is believed of each arm, a Beta distribution; the highest draw is chosen (Thompson 1933; Agrawal and Goyal 2012).
 */
record ThompsonSampling() implements Bandit {
    @Override
    public Pull pull(Arm[] arms, SplittableRandom random) {
        int best = 0;
        double highest = -1;
        for (int i = 0; i < arms.length; i++) {
            double draw = beta(1 + arms[i].successes(), 1 + arms[i].losses(), random);
            if (draw > highest) {
                highest = draw;
                best = i;
            }
        }
        return new Pull(best, best == Bandit.best(arms) ? "best mean reward" : "explored by a draw");
    }

    private static double beta(double alpha, double beta, SplittableRandom random) {
        double x = gamma(alpha, random);
        double y = gamma(beta, random);
        return x / (x + y);
    }

    /** For shapes of 1 and more (Marsaglia and Tsang 2000). */
    private static double gamma(double shape, SplittableRandom random) {
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = 1 + c * x;
            if (v <= 0) {
                continue;
            }
            v = v * v * v;
            double u = random.nextDouble();
            if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }
}
