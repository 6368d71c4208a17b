package phalanx.proxy.guard.inspect;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.guard.decode.Text;
import phalanx.proxy.guard.rules.WafRule;

/**
 * Asks the patterns of rules about what surrounds a literal, in linear time (RE2/J), up to a cost for each request: behind that they are
 * not to be asked. One thread. Allocates where it asks a rule for the first time.
 */
final class PatternSearch {
    private static final int BEFORE = 48;
    private static final int BEHIND = 192;
    private static final int RIGHT_BEHIND = 64;
    /** What a pattern may need behind its literal, so that one in the last octets searched is searched for again. */
    private static final int MARGIN = 96;

    /** What patterns may cost for one request, in nanoseconds as {@link #costOf} reckons them. */
    private static final int MOST_COST = 8 << 20;

    private static final int BEGIN_COST = 150;
    private static final int OCTET_COST = 100;

    private final Window window = new Window();
    /** By rule, made when it is first asked. */
    private final @Nullable Matcher[] matcherOf;

    private final @Nullable Matcher[] behindOf;
    /** How far the text was searched for each rule's pattern. */
    private final int[] searchedTo;

    private boolean searched;
    private byte[] octets = new byte[0];
    private int length;
    private int cost;
    private int from;
    private int to;

    PatternSearch(int rules) {
        matcherOf = new Matcher[rules];
        behindOf = new Matcher[rules];
        searchedTo = new int[rules];
    }

    void nextRequest() {
        cost = 0;
    }

    void nextText(Text of) {
        octets = of.octets();
        length = of.length();
        if (searched) {
            Arrays.fill(searchedTo, 0);
            searched = false;
        }
    }

    /** Whether nothing is left for this request. */
    boolean spent() {
        return cost >= MOST_COST;
    }

    /** Where the match ends that a rule wants right behind its literal, the literal's own end for none wanted; below 0 without a match. */
    int behind(WafRule rule, int end) {
        Pattern pattern = rule.behind();
        if (pattern == null) {
            return end;
        }
        Matcher matcher = over(behindOf, rule, pattern, end, Math.min(length, end + RIGHT_BEHIND));
        boolean matches = matcher.lookingAt();
        cost += costOf(pattern);
        return matches ? end + matcher.end() : -1;
    }

    /** Whether a rule's pattern matches around its literal, unless that stood in what was searched for the one before. */
    boolean around(WafRule rule, int start, int end) {
        Pattern pattern = rule.pattern();
        if (pattern == null || start < searchedTo(rule)) {
            return false;
        }
        int first = Math.max(0, start - BEFORE);
        int last = Math.min(length, end + BEHIND);
        searched = true;
        searchedTo[rule.number()] = last == length ? Integer.MAX_VALUE : last;
        Matcher matcher = over(matcherOf, rule, pattern, first, last);
        boolean found = matcher.find();
        cost += costOf(pattern);
        if (found) {
            from = first + matcher.start();
            to = first + matcher.end();
        }
        return found;
    }

    /** Where the last match around a literal begins. */
    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** A literal that begins before this position tells a rule's pattern nothing more. */
    int searchedTo(WafRule rule) {
        return searchedTo[rule.number()] - MARGIN;
    }

    private Matcher over(@Nullable Matcher[] kept, WafRule rule, Pattern pattern, int first, int last) {
        window.over(octets, first, last);
        Matcher matcher = kept[rule.number()];
        if (matcher == null) {
            matcher = pattern.matcher(window);
            kept[rule.number()] = matcher;
            return matcher;
        }
        return matcher.reset(window);
    }

    /** RE2/J takes up to this for an octet at which all steps of a pattern are alive; measured for each of our own. */
    private int costOf(Pattern pattern) {
        return BEGIN_COST + (window.read + 1) * (OCTET_COST + 2 * pattern.programSize());
    }

    /** A part of octets as patterns read it. */
    private static final class Window implements CharSequence {
        private byte[] octets = new byte[0];
        private int from;
        private int to;
        /** How many octets were read of it. */
        private int read;

        Window over(byte[] of, int start, int end) {
            read = 0;
            octets = of;
            from = start;
            to = end;
            return this;
        }

        @Override
        public int length() {
            return to - from;
        }

        @Override
        public char charAt(int index) {
            read = Math.max(read, index + 1);
            return (char) (octets[from + index] & 0xFF);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Window().over(octets, from + start, from + end);
        }

        @Override
        public String toString() {
            return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
        }
    }
}
