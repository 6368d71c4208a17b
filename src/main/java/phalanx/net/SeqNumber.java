package phalanx.net;

/** Comparison of 32-bit numbers that wrap: TCP sequence numbers and timestamps (RFC 9293 section 3.4, RFC 7323 section 5.2). */
public final class SeqNumber {
    private SeqNumber() {}

    /** True when {@code a} comes before {@code b}, for numbers less than 2^31 apart. */
    public static boolean isBefore(int a, int b) {
        return a - b < 0;
    }

    /** The later of the two. */
    public static int later(int a, int b) {
        return isBefore(a, b) ? b : a;
    }
}
