package phalanx.app;

import java.util.Locale;

/** How many of something, in English: {@code 1 span}, {@code 2,000 spans}. Any thread. */
final class Counted {
    private Counted() {}

    /** @param one what it is called when there is one */
    static String of(long count, String one) {
        return String.format(Locale.ROOT, "%,d %s%s", count, one, count == 1 ? "" : "s");
    }
}
