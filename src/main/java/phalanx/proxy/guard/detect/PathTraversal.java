package phalanx.proxy.guard.detect;

/** Sees paths that climb out of where they begin, and the shapes that hide it. Linear. Any thread. */
public final class PathTraversal {
    /** Dots that no name has. */
    private static final int LONG_RUN = 6;

    private PathTraversal() {}

    /** Tells what a text holds. @param disguised whether it was written in an odd encoding */
    public static void look(byte[] text, int length, boolean disguised, Signal.Seen seen) {
        int climbs = 0;
        int first = -1;
        int currents = 0;
        int next = 0;
        for (int i = 0; i < length; i++) {
            if (text[i] != '.' || i < next) {
                continue;
            }
            int dots = 1;
            int after = i + 1;
            boolean mixed = i > 0 && text[i - 1] < 0;
            while (after < length && (text[after] == '.' || text[after] < 0 && after < i + 24)) {
                dots += text[after] == '.' ? 1 : 0;
                mixed |= text[after] < 0;
                after++;
            }
            next = after;
            boolean slashBefore = i > 0 && slash(text[i - 1]);
            boolean slashAfter = after < length && slash(text[after]);
            int skip = after;
            if (!slashAfter
                    && skip < length
                    && (text[skip] == ';'
                            || text[skip] == '?'
                            || text[skip] == ' '
                            || text[skip] < 0
                            || text[skip] == '^')) {
                while (skip < length && skip < after + 4 && !slash(text[skip])) {
                    skip++;
                }
                slashAfter = skip < length && slash(text[skip]); // ..;/ and ..?/
            }
            if (slashBefore && dots >= LONG_RUN || mixed && dots > 1 && (slashAfter || slashBefore)) {
                seen.signal(Signal.PATH_DISGUISE, Math.max(0, i - 8), Math.min(length, after + 8));
            }
            if (dots == 1) {
                currents += slashBefore && slashAfter ? 1 : 0;
                if (currents == 3) {
                    seen.signal(Signal.PATH_DISGUISE, Math.max(0, i - 8), Math.min(length, i + 8));
                }
            } else if (slashAfter && (dots == 2 || dots <= 4 && (slashBefore || i == 0 || text[i - 1] <= ' '))) {
                first = climbs++ == 0 ? i : first;
                if (skip + 1 < length
                                && slash(text[skip + 1])
                                && (skip + 2 >= length || text[skip + 2] == '.' || slash(text[skip + 2]))
                        || dots > 2 && skip + 1 < length && text[skip + 1] == '.'
                        || disguised) {
                    seen.signal(Signal.PATH_DISGUISE, i, Math.min(length, after + 8));
                }
            } else if (dots == 2 && slashBefore && after == length) {
                first = climbs++ == 0 ? i : first;
            }
        }
        if (climbs >= 2) {
            seen.signal(Signal.PATH_CLIMB, first, Math.min(length, first + 24));
        } else if (climbs == 1) {
            seen.signal(Signal.PATH_CLIMB_WEAK, first, Math.min(length, first + 24));
        }
    }

    private static boolean slash(byte c) {
        return c == '/' || c == '\\';
    }
}
