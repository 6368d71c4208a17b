package phalanx.agents;

import phalanx.act.DryRun;
import phalanx.act.Remedy;

/** The only one who changes anything. On worker threads; each call may take seconds. */
interface Fixer {
    /** Tries without effect. */
    DryRun dryRun(Remedy remedy);

    /** Carries out; does nothing a second time for the same proposal. */
    Result carryOut(Proposal proposal);

    /** What became of an action that was cut off. */
    Result stateOf(Proposal proposal);

    /** Takes back what was done. */
    Result takeBack(Proposal proposal, String wayBack);

    /** @param says one sentence  @param wayBack how it is taken back, for {@link #takeBack} and for people */
    record Result(Message.Effect effect, String says, String wayBack) {}
}
