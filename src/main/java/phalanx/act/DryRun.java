package phalanx.act;

/**
 * What a remedy would do, tried without effect. Immutable, any thread.
 *
 * @param passed whether it can be carried out now
 * @param says one sentence: what would happen, or why it cannot
 * @param difference what would change, as a unified diff; empty where no text does
 * @param wayBack one sentence: how it is taken back
 * @param outOfUse share of the upstream's servers that would be out of use with it, 0..1
 */
public record DryRun(boolean passed, String says, String difference, String wayBack, double outOfUse) {
    /** It cannot be carried out. */
    public static DryRun refused(String why) {
        return new DryRun(false, why, "", "", 0);
    }
}
