package phalanx.agents.observe;

/**
 * A finding of the packet analysis, in words of ours alone: nothing that packets carry is in it. Immutable, any thread.
 *
 * @param about the way to a server; {@link Subject#EDGE} where it is about all alike
 * @param confidence 0..1
 * @param lastNanos when it was last seen, since 1970
 */
public record WireFinding(
        WireFault fault, Subject about, Severity severity, double confidence, long lastNanos, Proof proof) {
    /** How much somebody feels it. */
    public enum Severity {
        /** Something does not work. */
        CRITICAL(1),
        /** Something works badly. */
        WARNING(0.9),
        /** A fact that explains others. */
        INFO(0.4);

        private final double share;

        Severity(double share) {
            this.share = share;
        }
    }

    /** What it counts, 0..1: its confidence, less where nobody feels it. */
    double counts() {
        return confidence * severity.share;
    }
}
