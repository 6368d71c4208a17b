package phalanx.proxy.route;

import java.util.SplittableRandom;

/**
 * A rule for choosing between arms whose rewards, from 0 to 1, are only known by trying (multi-armed bandit). Pure: an arm's state comes
 * in, an index goes out.
 */
interface Bandit {
    /** What was chosen, and whether to learn or because it is thought best. */
    record Pull(int arm, String why) {}

    Pull pull(Arm[] arms, SplittableRandom random);

    /** The arm with the highest mean. */
    static int best(Arm[] arms) {
        int best = 0;
        for (int i = 1; i < arms.length; i++) {
            if (arms[i].mean() > arms[best].mean()) {
                best = i;
            }
        }
        return best;
    }
}
