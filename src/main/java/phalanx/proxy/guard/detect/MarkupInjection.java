package phalanx.proxy.guard.detect;

/**
 * Sees markup that would run in a browser: elements that load or run something, handlers of events, addresses whose scheme is a script,
 * and what ends an attribute to begin another. Linear: a bounded number of octets is read at each sign. One thread.
 */
public final class MarkupInjection {
    /** Kinds of words in the list: elements that act by themselves, elements that carry handlers or forms, events, attributes with addresses. */
    public static final int ACTIVE = 1;

    public static final int ELEMENT = 2;
    public static final int EVENT = 3;
    public static final int ADDRESS = 4;

    private static final int MOST_IN_TAG = 2048;

    private final Words words;
    private final byte[] squeezed = new byte[24];

    public MarkupInjection(Words words) {
        this.words = words;
    }

    /** Tells what a text holds. */
    public void look(byte[] text, int length, Signal.Seen seen) {
        if (words.kind(text, 0, length) == EVENT) {
            seen.signal(Signal.MARKUP_BARE, 0, length);
        }
        scheme(text, 0, length, seen);
        int tagEnd = 0;
        for (int i = 0; i < length; i++) {
            byte c = text[i];
            if (c == '<') {
                tagEnd = Math.max(tagEnd, tag(text, i, length, seen));
            } else if (c == '=' && i >= tagEnd) {
                attribute(text, i, length, seen);
            } else if ((c == '"' || c == '\'' || c == '`') && i + 1 < length && i >= tagEnd && text[i + 1] != c) {
                scheme(text, i + 1, length, seen);
                if (text[i + 1] == '>' || text[i + 1] == '/' && i + 2 < length && text[i + 2] == '>') {
                    breakout(text, i, length, seen);
                }
            } else if (c == '(' && i >= tagEnd && i + 1 < length) {
                scheme(text, i + 1, length, seen);
            }
        }
    }

    private static void breakout(byte[] text, int at, int length, Signal.Seen seen) {
        for (int i = at + 2; i < length && i < at + 12; i++) {
            if (text[i] == '<') {
                seen.signal(Signal.MARKUP_BREAKOUT, at, Math.min(length, i + 8));
                return;
            }
        }
    }

    /** An element; where what was read of it ends. */
    private int tag(byte[] text, int at, int length, Signal.Seen seen) {
        int i = at + 1;
        while (i < length && i < at + 8 && (text[i] <= ' ' && text[i] >= 0 || text[i] == '/')) {
            i++;
        }
        if (i >= length) {
            return 0;
        }
        if (i == at + 1 && (text[i] == '!' || text[i] == '?' || text[i] == '%')) {
            declaration(text, at, length, seen);
            return 0;
        }
        int start = i;
        while (i < length
                && i < start + Words.LONGEST
                && (letter(text[i]) || i > start && (text[i] >= '0' && text[i] <= '9' || text[i] == '-'))) {
            i++;
        }
        if (i == start) {
            return 0;
        }
        int colon = i < length && text[i] == ':' ? i : 0; // a prefix: <svg:script
        if (colon > 0) {
            int local = i + 1;
            i = local;
            while (i < length && i < local + Words.LONGEST && letter(text[i])) {
                i++;
            }
            start = i > local && words.kind(text, local, i) > 0 ? local : start;
        }
        int kind = words.kind(text, start, colon > start ? colon : i);
        byte next = i < length ? text[i] : 0;
        boolean ends = next == 0
                || next == '>'
                || next == '/'
                || next <= ' ' && next > 0
                || next == '<'
                || next == '"'
                || next == '\''
                || next == '+';
        boolean close = text[start - 1] == '/' && start == at + 2;
        if (kind == ACTIVE && (ends || next == ':')) {
            seen.signal(close && next != '>' ? Signal.MARKUP_TAG : Signal.MARKUP_ACTIVE, at, Math.min(length, i + 24));
        } else if (kind == ELEMENT && ends) {
            seen.signal(Signal.MARKUP_TAG, at, Math.min(length, i + 24));
        } else if (ends && next != 0 && !close && (next == '>' || next == '/')) {
            seen.signal(Signal.MARKUP_TAG_WEAK, at, Math.min(length, i + 12));
        }
        int end = Math.min(length, i + MOST_IN_TAG);
        for (int j = i; j < end; j++) {
            if (text[j] == '=') {
                attribute(text, j, length, seen);
            } else if (text[j] == '<') {
                return j;
            }
        }
        return end;
    }

    private static void declaration(byte[] text, int at, int length, Signal.Seen seen) {
        byte c = at + 2 < length ? text[at + 2] : 0;
        boolean php = text[at + 1] == '?' && (c == 'p' || c == '=' || c == ' ' || c == 'x');
        if (text[at + 1] == '!' && (c == '-' || c == '[' || c == 'd' || c == 'e')
                || php
                || text[at + 1] == '%' && (c == '=' || c == '@' || c == '!' || c == ' ' || c == '-')) {
            seen.signal(Signal.MARKUP_TAG, at, Math.min(length, at + 24));
        }
    }

    /** What stands before and behind an equals sign. */
    private void attribute(byte[] text, int at, int length, Signal.Seen seen) {
        int end = at;
        while (end > 0 && end > at - 12 && text[end - 1] <= ' ' && text[end - 1] >= 0) {
            end--;
        }
        int start = end;
        while (start > 0
                && start > end - Words.LONGEST
                && (letter(text[start - 1]) || text[start - 1] == ':' || text[start - 1] == '-')) {
            start--;
        }
        int kind = words.kind(text, start, end);
        if (kind == EVENT) {
            int before = start > 0 ? text[start - 1] : 0;
            boolean apart = before <= ' '
                    || before == '/'
                    || before == '"'
                    || before == '\''
                    || before == '`'
                    || before == ';'
                    || before == '>'
                    || before == '='
                    || before == ')';
            if (apart && at + 1 < length) {
                seen.signal(Signal.MARKUP_HANDLER, start, Math.min(length, at + 16));
            }
        } else if (kind == ADDRESS) {
            int from = at + 1;
            while (from < length
                    && from < at + 12
                    && (text[from] <= ' ' && text[from] >= 0
                            || text[from] == '"'
                            || text[from] == '\''
                            || text[from] == '`')) {
                from++;
            }
            scheme(text, from, length, seen);
        }
    }

    /** Whether an address begins there whose scheme runs what follows; browsers skip control characters in it. */
    private void scheme(byte[] text, int from, int length, Signal.Seen seen) {
        int n = 0;
        for (int i = from; i < length && i < from + 64 && n < squeezed.length; i++) {
            byte c = text[i];
            if (c == ':') {
                squeezed[n] = ':';
                boolean script = is(n, "javascript") || is(n, "vbscript") || is(n, "livescript") || is(n, "mocha");
                boolean data = is(n, "data")
                        && i + 5 < length
                        && (text[i + 1] == 't' && text[i + 2] == 'e'
                                || text[i + 1] == 'i' && hasSvg(text, i, length)
                                || text[i + 1] == ','
                                || text[i + 1] == ';'
                                || text[i + 1] == 'a');
                boolean html = data && (text[i + 1] != 't' || text[i + 6 < length ? i + 6 : i] != 'p');
                if (script || html) {
                    seen.signal(Signal.MARKUP_SCHEME, from, Math.min(length, i + 16));
                }
                return;
            }
            if (letter(c)) {
                squeezed[n++] = c;
            } else if (c > ' ' || c < 0) {
                return;
            }
        }
    }

    private static boolean hasSvg(byte[] text, int at, int length) {
        for (int i = at; i + 2 < length && i < at + 16; i++) {
            if (text[i] == 's' && text[i + 1] == 'v' && text[i + 2] == 'g') {
                return true;
            }
        }
        return false;
    }

    private boolean is(int length, String word) {
        if (length != word.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (squeezed[i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean letter(byte c) {
        return c >= 'a' && c <= 'z';
    }
}
