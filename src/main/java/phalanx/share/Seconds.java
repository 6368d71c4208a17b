package phalanx.share;

/** Seconds with 9 decimals: what a document keeps of nanoseconds, which a double cannot hold. Any thread. */
final class Seconds {
    private static final long PER_SECOND = 1_000_000_000L;

    private Seconds() {}

    /** {@code 1795228941.642402000}; the same as a BigDecimal would write, at a fifth of its cost, which counts with thousands of streams. */
    static String of(long nanos) {
        long size = Math.abs(nanos);
        String fraction = Long.toString(PER_SECOND + size % PER_SECOND);
        return (nanos < 0 ? "-" : "") + size / PER_SECOND + "." + fraction.substring(1);
    }
}
