package phalanx.proxy.guard.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.guard.decode.Decoding;
import phalanx.proxy.guard.decode.Escapes;
import phalanx.proxy.guard.decode.Text;
import phalanx.proxy.guard.detect.Lookups;
import phalanx.proxy.guard.detect.MarkupInjection;
import phalanx.proxy.guard.detect.PathTraversal;
import phalanx.proxy.guard.detect.ShellInjection;
import phalanx.proxy.guard.detect.Signal;
import phalanx.proxy.guard.detect.SqlInjection;
import phalanx.proxy.guard.rules.Automaton;
import phalanx.proxy.guard.rules.Place;
import phalanx.proxy.guard.rules.RuleBook;
import phalanx.proxy.guard.rules.WafRule;

/**
 * Looks at the values of one request after another and adds up what the rules say. Everything is linear in what it is given: long values
 * are read in windows that overlap, and patterns see only what surrounds a literal, up to a limit for each request. One thread: there is
 * one for each event loop. A clean value allocates nothing.
 */
public final class Inspector implements Automaton.Found, Signal.Seen {
    private static final int TOLD = 64;
    private static final int WINDOW = 16 << 10;
    private static final int OVERLAP = 512;
    private static final int MOST_FINDINGS = 8;
    /** How far is looked on for more findings once the points are enough, in octets. */
    private static final int MOST_BEHIND = 64 << 10;

    private static final int SINGLE = 1;
    private static final int TWOFOLD = 2;
    private static final int SIGN = 4;
    private static final int MARKUP = 8;
    private static final int ESCAPE = 16;
    private static final int BRACE = 32;
    private static final int DOT = 64;
    private static final int SLASH = 128;
    private static final byte[] NOTHING = new byte[0];
    private static final byte[] CLASSES = classes();

    private final RuleBook book;
    private final SqlInjection sql;
    private final ShellInjection shell;
    private final MarkupInjection markup;
    private final Text decoded = new Text();
    private final Text undone = new Text();
    private final long[] held;
    /** The signals told so far, a bit for each, by place: a second time changes nothing. */
    private final long[] told = new long[Place.values().length];

    /** By place: forms go from names to values and back ten thousand times. */
    private final QuietLiterals[] quietAt = new QuietLiterals[Place.values().length];

    private QuietLiterals quiet;
    private final PatternSearch patterns;
    private final LongGaps gaps = new LongGaps();
    private final List<Finding> findings = new ArrayList<>(MOST_FINDINGS);
    private int level = 1;
    private int threshold = 1;
    private ExcludedRules excluded = ExcludedRules.NONE;
    /** Rules that do not hold in values of the name that is looked at; null for none. */
    private @Nullable BitSet excludedHere;

    private int score;
    /** What was looked at since the points were enough, in octets. */
    private int behind;

    private Place place = Place.REQUEST;
    private byte[] name = NOTHING;
    private int nameFrom;
    private int nameTo;
    private Text text = decoded;

    public Inspector(RuleBook book) {
        this.book = book;
        sql = new SqlInjection(book.sql());
        shell = new ShellInjection(book.shell(), book.chained());
        markup = new MarkupInjection(book.markup());
        held = new long[(book.rules().size() >> 6) + 1];
        patterns = new PatternSearch(book.rules().size());
        for (int i = 0; i < quietAt.length; i++) {
            quietAt[i] = new QuietLiterals(book.literals());
        }
        quiet = quietAt[0];
    }

    private static byte[] classes() {
        byte[] classes = new byte[256];
        for (char c : " ()=;,#-*|&@!<>^`+/{\n".toCharArray()) {
            classes[c] |= SIGN;
        }
        for (char c : "<=:('\"`".toCharArray()) {
            classes[c] |= MARKUP;
        }
        classes['\''] |= SINGLE | SIGN;
        classes['"'] |= TWOFOLD | SIGN;
        classes['&'] |= ESCAPE;
        classes['\\'] |= ESCAPE | (byte) SLASH;
        classes['/'] |= (byte) SLASH;
        classes['{'] |= BRACE;
        classes['.'] |= DOT;
        return classes;
    }

    /**
     * Begins with a request.
     *
     * @param enough points from which on it is refused: then little more is looked at
     * @param without rules that do not hold for it
     */
    public void begin(int paranoia, int enough, ExcludedRules without) {
        level = paranoia;
        threshold = enough;
        excluded = without;
        score = 0;
        behind = 0;
        patterns.nextRequest();
        Arrays.fill(held, 0);
        Arrays.fill(told, 0);
        for (QuietLiterals one : quietAt) {
            one.nextRequest();
        }
        findings.clear();
        named(NOTHING, 0, 0);
    }

    public RuleBook book() {
        return book;
    }

    /** Whether the points are enough and no more is looked at: enough is found to tell, or nothing else for long. */
    public boolean settled() {
        return score >= threshold && (behind >= MOST_BEHIND || findings.size() == MOST_FINDINGS);
    }

    /** The points so far. */
    public int score() {
        return score;
    }

    /** What the points are for, the first ones. */
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** Names the argument or field that the next values are of. */
    public void named(byte[] octets, int from, int to) {
        name = octets;
        nameFrom = from;
        nameTo = to;
        excludedHere = excluded.at(octets, from, to);
    }

    /** Looks at a value that may be percent-encoded. @param plus whether a plus stands for a space */
    public void encoded(Place at, byte[] octets, int from, int to, boolean plus) {
        if (to - from > WINDOW) {
            place = at;
            gaps.join(octets, from, to, plus, this::examine);
        }
        for (int start = from; start < to && !settled(); start += WINDOW - OVERLAP) {
            int end = Math.min(to, start + WINDOW);
            Decoding.percent(octets, start, end, plus, decoded);
            look(at, octets, start, end);
            if (end == to) {
                return;
            }
        }
    }

    /** Looks at a value that is written as it is; percent-encoding in it is undone all the same where there is any. */
    public void plain(Place at, byte[] octets, int from, int to) {
        encoded(at, octets, from, to, false);
    }

    /** Looks for the literals of rules alone. */
    public void literals(Place at, byte[] octets, int from, int to) {
        place = at;
        for (int start = from; start < to && !settled(); start += WINDOW - OVERLAP) {
            int end = Math.min(to, start + WINDOW);
            Decoding.percent(octets, start, end, false, decoded);
            text = decoded;
            search(decoded);
            if (end == to) {
                return;
            }
        }
    }

    /** Looks for paths that climb alone. */
    public void paths(Place at, byte[] octets, int from, int to) {
        place = at;
        Decoding.percent(octets, from, Math.min(to, from + WINDOW), false, decoded);
        text = decoded;
        PathTraversal.look(
                decoded.octets(), decoded.length(), decoded.odd(Text.OVERLONG | Text.PERCENT_U | Text.TWICE), this);
    }

    /** Notes something that was seen elsewhere than in a value; the first {@value #TOLD} octets say what. */
    public void note(Place at, Signal signal, byte[] octets, int from, int to) {
        place = at;
        decoded.clear();
        decoded.add(octets, from, Math.min(to, from + TOLD));
        text = decoded;
        signal(signal, 0, decoded.length());
    }

    private void look(Place at, byte[] raw, int from, int to) {
        place = at;
        int classes = examine(decoded);
        if (decoded.oddities() != 0) {
            oddities();
        }
        if ((classes & ESCAPE) != 0 && Escapes.undo(decoded, undone)) {
            examine(undone);
        }
        if ((classes & ~(SLASH | SIGN)) == 0) {
            for (int skipped = 0; skipped < 3; skipped++) { // it may be a piece of a longer one
                if (Escapes.base64(raw, from + skipped, to, undone)) {
                    examine(undone);
                }
            }
        }
    }

    private void oddities() {
        text = decoded;
        int end = Math.min(decoded.length(), 32);
        if (decoded.odd(Text.OVERLONG)) {
            signal(Signal.OVERLONG, 0, end);
        }
        if (decoded.odd(Text.NUL)) {
            signal(Signal.NUL, 0, end);
        }
        if (decoded.odd(Text.TWICE)) {
            signal(Signal.TWICE_ENCODED, 0, end);
        }
        if (decoded.odd(Text.PERCENT_U)) {
            signal(Signal.PERCENT_U, 0, end);
        }
        if (decoded.odd(Text.STRAY_PERCENT)) {
            signal(Signal.STRAY_PERCENT, 0, end);
        }
    }

    /** Takes a text through the automaton and those detectors for whom there is a sign in it; which signs there are. */
    private int examine(Text of) {
        text = of;
        byte[] octets = of.octets();
        int length = of.length();
        int classes = 0;
        for (int i = 0; i < length; i++) {
            classes |= CLASSES[octets[i] & 0xFF];
        }
        search(of);
        if (settled()) {
            return classes & 0xFF;
        }
        boolean strict = place == Place.AGENT || place == Place.REFERER || place == Place.HEADER;
        if ((classes & SIGN) != 0 && place != Place.AGENT && place != Place.XML) {
            sql.look(octets, length, (classes & SINGLE) != 0, (classes & TWOFOLD) != 0, this);
        }
        if (((classes & MARKUP) != 0 || length > 1 && octets[0] == 'o' && octets[1] == 'n') && place != Place.XML) {
            markup.look(octets, length, this);
        }
        if (place != Place.XML) {
            shell.look(octets, length, strict, this);
        }
        if ((classes & DOT) != 0 && (classes & SLASH) != 0) {
            PathTraversal.look(octets, length, decoded.odd(Text.OVERLONG | Text.PERCENT_U | Text.TWICE), this);
        }
        if ((classes & BRACE) != 0) {
            Lookups.look(octets, length, this);
        }
        return classes & 0xFF;
    }

    private void search(Text of) {
        patterns.nextText(of);
        quiet = quietAt[place.ordinal()];
        quiet.nextText();
        behind += score >= threshold ? of.length() : 0;
        book.automaton().search(of.octets(), of.length(), quiet.upTo(), this);
    }

    @Override
    public void literal(int literal, int end) {
        WafRule rule = book.ruleOfLiteral(literal);
        if (!holds(rule) || rule.patterned() && patterns.spent()) {
            if (excludedHere == null) { // else it may hold in the next value
                quiet.inRequest(literal);
            }
            return;
        }
        int start = end - book.lengthOfLiteral(literal);
        byte[] octets = text.octets();
        boolean open = end < text.length() && word(octets[end]);
        if (rule.wholeWords() && (start > 0 && word(octets[start - 1]) || open && rule.behind() == null)) {
            return;
        }
        int last = patterns.behind(rule, end);
        if (last >= 0 && rule.pattern() == null) {
            found(rule, start, last);
        } else if (last >= 0) {
            if (patterns.around(rule, start, end)) {
                found(rule, patterns.from(), patterns.to());
            }
            quiet.inText(literal, patterns.searchedTo(rule));
        }
        if (patterns.spent()) {
            signal(Signal.SIGNS_TOO_MANY, start, end);
        }
    }

    private static boolean word(byte c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_';
    }

    @Override
    public void signal(Signal signal, int from, int to) {
        long bit = 1L << signal.ordinal();
        if ((told[place.ordinal()] & bit) != 0) {
            return;
        }
        told[place.ordinal()] |= excludedHere == null ? bit : 0;
        List<WafRule> rules = book.rulesOf(signal);
        for (int i = 0; i < rules.size(); i++) {
            if (holds(rules.get(i))) {
                found(rules.get(i), from, to);
            }
        }
    }

    private boolean holds(WafRule rule) {
        int number = rule.number();
        return rule.level() <= level
                && rule.looksAt(place)
                && (held[number >> 6] & 1L << number) == 0
                && !excluded.everywhere(number)
                && (excludedHere == null || !excludedHere.get(number));
    }

    private void found(WafRule rule, int from, int to) {
        held[rule.number() >> 6] |= 1L << rule.number();
        score += rule.score();
        if (findings.size() < MOST_FINDINGS) {
            findings.add(Finding.of(rule, place, name, nameFrom, nameTo, text.octets(), from, to));
        }
    }
}
