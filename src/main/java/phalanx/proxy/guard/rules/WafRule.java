package phalanx.proxy.guard.rules;

import com.google.re2j.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.guard.detect.Signal;

/**
 * What is looked for in requests. Any thread.
 *
 * @param number its place among all rules
 * @param id names it in logs and exclusions
 * @param category the kind of attack: sqli, xss, rce
 * @param score points that a request gets for it, once
 * @param level the paranoia level, 1 to 4, from which on it is looked at
 * @param places where it looks, a bit each
 * @param signal what a detector must see, or null
 * @param literals one of which must stand there, in lower case; empty with a signal
 * @param wholeWords whether no letter, digit or underscore may stand next to the literal
 * @param behind what must match right behind the literal, or null; asked before the pattern, for it reads little
 * @param pattern what must match around the literal, or null where what was asked before is enough
 * @param says one sentence for people
 */
@SuppressWarnings("ImmutableEnumChecker")
public record WafRule(
        int number,
        String id,
        String category,
        Severity severity,
        int score,
        int level,
        int places,
        @Nullable Signal signal,
        List<String> literals,
        boolean wholeWords,
        @Nullable Pattern behind,
        @Nullable Pattern pattern,
        String says) {
    /** Whether it looks there. */
    public boolean looksAt(Place place) {
        return (places & place.bit()) != 0;
    }

    /** Whether a literal is not enough for it. */
    public boolean patterned() {
        return behind != null || pattern != null;
    }
}
