package phalanx.proxy.route;

/** What a bandit knows of one server. Old rewards fade, so that a changed server is seen again. Under the bandit's lock. */
final class Arm {
    private double pulls;
    private double sum;

    /** Fades what was learned. */
    void decay(double factor) {
        pulls *= factor;
        sum *= factor;
    }

    /** @param reward 0 (bad) to 1 (good) */
    void reward(double reward) {
        pulls++;
        sum += reward;
    }

    /** Rewards that still count, faded ones in part. */
    double pulls() {
        return pulls;
    }

    /** Mean reward, 0 to 1; 1 before the first, so that everybody is tried. */
    double mean() {
        return pulls < 1e-9 ? 1 : sum / pulls;
    }

    double successes() {
        return sum;
    }

    double losses() {
        return Math.max(0, pulls - sum);
    }
}
