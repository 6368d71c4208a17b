package phalanx.diagnose.host;

/** When slow answers are a habit. */
final class Repeated {
    /** So often is no accident, however many answers were fast. */
    private static final int OFTEN = 3;

    private Repeated() {}

    /** Slow three times, or a quarter of the time. */
    static boolean isNoAccident(long slow, long answers) {
        return slow >= OFTEN || slow > 0 && 4 * slow >= answers;
    }
}
