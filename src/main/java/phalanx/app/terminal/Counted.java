package phalanx.app.terminal;

import java.util.Locale;

/** How many of something, in English: {@code 1 span}, {@code 2,000 spans}. Any thread. */
public final class Counted {
    private Counted() {}

    /** @param one what it is called when there is one */
    public static String of(long count, String one) {
        return String.format(Locale.ROOT, "%,d %s%s", count, one, count == 1 ? "" : "s");
    }
}
