package phalanx.proxy.route;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The bandits on Bernoulli arms with seeds: what theory says of their regret must hold. */
class BanditTest {
    private static final int PROBLEMS = 1000;
    private static final int ARMS = 3;
    private static final int PULLS = 2000;

    /** Regret of one run, and at its half. */
    private record Regret(double whole, double half, double bound) {}

    private static Regret run(Bandit bandit, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] means = new double[ARMS];
        double best = 0;
        for (int i = 0; i < ARMS; i++) {
            means[i] = random.nextDouble();
            best = Math.max(best, means[i]);
        }
        double bound = 0; // Auer, Cesa-Bianchi and Fischer 2002, theorem 1
        for (double mean : means) {
            double gap = best - mean;
            bound += gap == 0 ? 0 : 8 * Math.log(PULLS) / gap + (1 + Math.PI * Math.PI / 3) * gap;
        }
        Arm[] arms = {new Arm(), new Arm(), new Arm()};
        double regret = 0;
        double half = 0;
        for (int t = 0; t < PULLS; t++) {
            int arm = bandit.pull(arms, random).arm();
            arms[arm].reward(random.nextDouble() < means[arm] ? 1 : 0);
            regret += best - means[arm];
            if (t == PULLS / 2) {
                half = regret;
            }
        }
        return new Regret(regret, half, bound);
    }

    private static double[] mean(Bandit bandit) {
        double whole = 0;
        double half = 0;
        int over = 0;
        for (int problem = 0; problem < PROBLEMS; problem++) {
            Regret regret = run(bandit, problem);
            whole += regret.whole();
            half += regret.half();
            over += regret.whole() > regret.bound() ? 1 : 0;
        }
        return new double[] {whole / PROBLEMS, half / PROBLEMS, over};
    }

    @Test
    void ucb1_stays_within_its_bound_and_thompson_below_ucb1() {
        double[] ucb = mean(new Ucb1(2));
        double[] thompson = mean(new ThompsonSampling());
        assertTrue(
                ucb[2] <= PROBLEMS * 0.001,
                "over the bound in " + ucb[2] + " problems"); // it holds for the mean, not for every run
        assertTrue(thompson[0] < ucb[0], thompson[0] + " is not below " + ucb[0]);
        assertTrue(ucb[0] - ucb[1] < 0.9 * ucb[1], "no slower in the second half: " + ucb[0] + ", half " + ucb[1]);
    }

    @Test
    void epsilon_greedy_grows_linearly() {
        double[] greedy = mean(new EpsilonGreedy(0.1));
        double second = greedy[0] - greedy[1];
        assertTrue(second > 0.5 * greedy[1], "second half " + second + " of " + greedy[0]);
        // Each trial by chance costs the mean gap; three uniform arms have one of 1/4.
        assertTrue(greedy[0] > 0.1 * PULLS * 0.2, "regret " + greedy[0]);
    }

    @Test
    void all_follow_a_swap_of_the_best() {
        Bandit[] bandits = {new EpsilonGreedy(0.1), new Ucb1(2), new Softmax(1), new ThompsonSampling()};
        for (Bandit bandit : bandits) {
            int followed = 0;
            for (int problem = 0; problem < 200; problem++) {
                followed += swap(bandit, problem) ? 1 : 0;
            }
            assertTrue(followed >= 190, bandit + " followed in " + followed + " of 200");
        }
    }

    /** Whether the new best gets most of the last 200 of 2,000 requests after a swap. */
    private static boolean swap(Bandit bandit, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] means = {0.9, 0.3};
        Arm[] arms = {new Arm(), new Arm()};
        int best = 0;
        for (int t = 0; t < 4000; t++) {
            if (t == 2000) {
                means = new double[] {0.3, 0.9};
            }
            int arm = bandit.pull(arms, random).arm();
            for (Arm each : arms) {
                each.decay(0.995);
            }
            arms[arm].reward(random.nextDouble() < means[arm] ? 1 : 0);
            best += t >= 3800 && arm == 1 ? 1 : 0;
        }
        return best > 120;
    }
}
