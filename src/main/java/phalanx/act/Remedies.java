package phalanx.act;

import java.time.Duration;

/** Carries out remedies. Any thread; each call may take seconds. */
public interface Remedies {
    /** How much longer than usual trying, carrying out and taking back may each take, as the user declared it. */
    default Duration patience(Remedy remedy) {
        return Duration.ZERO;
    }

    /** Tries without effect. */
    DryRun dryRun(Remedy remedy);

    /**
     * Carries out; told again for the same proposal, it does nothing and answers the same.
     *
     * @param proposal who asks for it
     */
    Carried carryOut(Remedy remedy, String proposal);

    /** What became of an action that was cut off, by a kill or a cut line. */
    Carried stateOf(Remedy remedy, String proposal);

    /** Takes back what was done. @param wayBack as {@link #carryOut} told it */
    Carried takeBack(Remedy remedy, String proposal, String wayBack);
}
