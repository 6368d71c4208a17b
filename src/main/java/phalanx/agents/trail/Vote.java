package phalanx.agents.trail;

/**
 * What one voter says of a proposal. Immutable, any thread.
 *
 * @param trust its weight when it voted, 0..1
 * @param reason one sentence, from facts
 */
public record Vote(String proposal, Role voter, Choice choice, double trust, String reason) {
    /** What can be said. */
    public enum Choice {
        YES,
        NO,
        /** No, whatever the others say, by those who may. */
        VETO
    }
}
