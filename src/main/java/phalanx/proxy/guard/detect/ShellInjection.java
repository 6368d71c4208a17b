package phalanx.proxy.guard.detect;

/**
 * Sees commands that a shell of Unix or Windows would run: behind what separates commands, inside what substitutes them, or at the value's
 * beginning. Words are read as a shell reads them, without the quotes, carets, backslashes and empty variables that hide them. Linear: at each
 * separator a bounded number of octets is read. One thread.
 */
public final class ShellInjection {
    /** Kinds of words in the list: commands that are no other words, and those that are English or may be names, too. */
    public static final int COMMAND = 1;

    public static final int COMMON = 2;
    /** Short ones that only a separator makes a command: id, ls, w. */
    public static final int SHORT = 3;

    /** Programs that people also write about: python, ping. */
    public static final int TOOL = 4;

    /** The one kind of the second list. */
    public static final int CHAINED = 1;

    private static final int LONGEST = Words.LONGEST;
    private static final int FARTHEST_ARGUMENT = 40;
    private static final byte[] IFS = {'i', 'f', 's'};

    private final Words words;
    private final Words chained;
    private final byte[] word = new byte[LONGEST];
    private int wordLength;
    private boolean hidden;
    private boolean pathed;
    private Signal.Seen seen = (_, _, _) -> {};

    /** @param chained commands that count behind a separator if what follows is no sentence, whatever else they are */
    public ShellInjection(Words words, Words chained) {
        this.words = words;
        this.chained = chained;
    }

    /** Tells what a text holds. @param strict whether only substitutions count, as in fields whose grammar has separators */
    public void look(byte[] text, int length, boolean strict, Signal.Seen told) {
        seen = told;
        if (!strict) {
            beginning(text, length);
        }
        for (int i = 0; i < length; i++) {
            switch (text[i]) {
                case ';', '|', '&', '\n', '\r' -> {
                    if (!strict) {
                        i = separator(text, length, i);
                    }
                }
                case '`' -> {
                    if (i + 1 == length || text[i + 1] != '`') {
                        substitution(text, length, i, i + 1, '`');
                    }
                }
                case '$', '<', '>' -> {
                    if (i + 1 < length && text[i + 1] == '(') {
                        substitution(text, length, i, i + 2, ')');
                    }
                }
                case '{' -> braces(text, length, i);
                case '(' -> {
                    if (i + 4 < length && text[i + 1] == ')' && open(text, i + 2, length)) {
                        seen.signal(
                                Signal.SHELL_SUBSTITUTION, i, i + 4); // () {: a function in a variable, CVE-2014-6271
                    }
                }
                default -> {}
            }
        }
    }

    private static boolean open(byte[] text, int from, int length) {
        int i = from;
        while (i < length && text[i] == ' ' && i < from + 8) {
            i++;
        }
        return i < length
                && text[i] == '{'
                && i + 1 < length
                && (text[i + 1] == ' ' || text[i + 1] == ':' || text[i + 1] == '_');
    }

    private void beginning(byte[] text, int length) {
        int start = 0;
        while (start < length
                && start < 6
                && (text[start] <= ' '
                        || text[start] == '"'
                        || text[start] == '\''
                        || text[start] == ')'
                        || text[start] == '+'
                        || text[start] == '$' && start + 1 < length && text[start + 1] == '+')) {
            start++;
        }
        int end = read(text, start, length);
        int what = what();
        if (what == 0) {
            return;
        }
        int next = end;
        while (next < length && text[next] == ' ') {
            next++;
        }
        boolean whole = next >= length;
        boolean argument = next > end && next < length && argument(text, next, length);
        boolean option = argument && (text[next] == '-' || text[next] == '/');
        if (pathed && (what != SHORT || argument || whole)) {
            seen.signal(Signal.SHELL_DIRECT, start, Math.min(length, end + 12));
        } else if (argument && (what == COMMAND || hidden || what == SHORT && option && wordLength == 2)) {
            seen.signal(Signal.SHELL_DIRECT, start, Math.min(length, end + 12));
        } else if (argument && what != SHORT || !whole && what == COMMAND && next > end) {
            seen.signal(Signal.SHELL_DIRECT_WEAK, start, Math.min(length, end + 12));
        } else if (hidden && (whole && what == COMMON || what == COMMAND && (whole || next > end))) {
            seen.signal(Signal.SHELL_EVASION, start, end);
        } else if (whole && words.kind(word, 0, wordLength) == COMMAND) {
            seen.signal(Signal.SHELL_BARE, start, end);
        }
    }

    /** Whether what stands there is an argument as commands have them: an option, a path, an address, a redirection. */
    private static boolean argument(byte[] text, int at, int length) {
        byte c = text[at];
        if (c == '-' || c == '/' && at + 1 < length) {
            return at + 1 < length && text[at + 1] > ' ' && text[at + 1] != '-'
                    || at + 2 < length && text[at + 1] == '-' && text[at + 2] > '-';
        }
        if (c == '>' || c == '<' || c == '$' || c == '%' || c == '|') {
            return true;
        }
        if (c == 'h' && at + 7 < length && text[at + 1] == 't' && text[at + 2] == 't' && text[at + 3] == 'p') {
            return true;
        }
        int digits = 0;
        int dots = 0;
        for (int i = at; i < length && text[i] > ' ' && i < at + 40; i++) {
            if (text[i] == '/' || text[i] == '\\') {
                return true;
            }
            digits += text[i] >= '0' && text[i] <= '9' ? 1 : 0;
            dots += text[i] == '.' ? 1 : 0;
        }
        return dots == 3 && digits >= 4;
    }

    /** Reads behind a separator; where the row of the same signs ends that it begins. */
    private int separator(byte[] text, int length, int at) {
        int i = at + 1;
        while (i < length && text[i] == text[at] && i < at + 12) {
            i++;
        }
        int last = i - 1;
        boolean twice = last > at;
        while (i < length
                && (text[i] == text[at]
                        || text[i] == ' '
                        || text[i] == '\t'
                        || text[i] == '+'
                        || text[i] == '('
                        || text[i] == '{'
                        || text[i] == '!')
                && i < at + 12) {
            i++;
        }
        int end = read(text, i, length);
        if (chained.kind(word, 0, wordLength) != 0 && goesOn(text, end, length)) {
            seen.signal(Signal.SHELL_CHAIN, at, Math.min(length, end + 12));
        }
        int what = what();
        if (what == 0) {
            return last;
        }
        byte next = end < length ? text[end] : 0;
        boolean ends = end >= length
                || next == ';'
                || next == '|'
                || next == '&'
                || next == '`'
                || next == '>'
                || next == '<'
                || next == '\n'
                || next == '"'
                || next == '\''
                || next == ')'
                || next == '#'
                || next == '%';
        int first = end;
        while (first < length && (text[first] == ' ' || text[first] == '+')) {
            first++;
        }
        boolean argument = (next == ' ' || next == '+') && first < length && argument(text, first, length);
        boolean line = text[at] == '\n' || text[at] == '\r';
        boolean single = text[at] == '&' && !twice;
        boolean strong = pathed && (what == COMMAND || argument || ends)
                || argument && (!line || what == COMMAND)
                || hidden && what != SHORT
                || ends
                        && !line
                        && (what == COMMAND || what == SHORT || twice && text[at] != ';')
                        && (!single || next != 0 && end < length || text[i - 1] == ' ')
                || next == ' '
                        && !line
                        && what == COMMAND
                        && (text[at] != ';' || text[i - 1] != ' ' || first >= length);
        if (!single || next != '=') {
            seen.signal(strong ? Signal.SHELL_COMMAND : Signal.SHELL_COMMAND_WEAK, at, Math.min(length, end + 12));
        }
        return last;
    }

    /** Whether a command line ends or goes on there as no sentence does: with a sign, an option, a number, a name with a dot or a slash. */
    private static boolean goesOn(byte[] text, int end, int length) {
        int i = end;
        while (i < length && (text[i] == ' ' || text[i] >= '\t' && text[i] <= '\r') && i < end + FARTHEST_ARGUMENT) {
            i++;
        }
        if (i == length) {
            return true;
        }
        switch (text[i]) {
            case ';', '|', '&', '`', '"', '\'', '<', '>', ')', '#' -> {
                return true;
            }
            case '-', '/', '$', '.', '~', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
                return i > end;
            }
            default -> {}
        }
        int name = i;
        while (i < length && i < name + FARTHEST_ARGUMENT && inName(text[i])) {
            i++;
        }
        return name > end && i > name && i < length && (text[i] == '.' || text[i] == '/' || text[i] == ':');
    }

    private static boolean inName(byte c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_';
    }

    private void substitution(byte[] text, int length, int at, int from, int close) {
        int i = from;
        while (i < length && text[i] == ' ' && i < from + 4) {
            i++;
        }
        int end = read(text, i, length);
        if (close == '`' && chained.kind(word, 0, wordLength) != 0) {
            seen.signal(Signal.SHELL_CHAIN, at, Math.min(length, end + 12));
        }
        int what = what();
        byte next = end < length ? text[end] : 0;
        boolean called = next != '(' && (next != 0 || close == '`');
        if (what != 0 && called) {
            seen.signal(Signal.SHELL_SUBSTITUTION, at, Math.min(length, end + 12));
        } else if (text[at] == '$'
                && from < length
                && (text[from] == '(' || what == 0 && wordLength == 0 && from < length && text[from] == '<')) {
            seen.signal(Signal.SHELL_COMMAND_WEAK, at, Math.min(length, from + 12));
        }
    }

    private void braces(byte[] text, int length, int at) {
        int i = at + 1;
        while (i < length && (text[i] == ',' || text[i] == ' ') && i < at + 4) {
            i++;
        }
        int end = read(text, i, length);
        if (words.kind(word, 0, wordLength) != 0
                && end < length
                && (text[end] == ',' || text[end] == '}' && text[i - 1] == ',')) {
            seen.signal(Signal.SHELL_SUBSTITUTION, at, Math.min(length, end + 12));
        }
    }

    /** Reads a word as a shell does, the last part of a path; where it ends. */
    private int read(byte[] text, int from, int length) {
        wordLength = 0;
        hidden = false;
        pathed = false;
        int i = from;
        for (; i < length && i < from + 96; i++) {
            byte c = text[i];
            if (c >= 'a' && c <= 'z'
                    || c >= '0' && c <= '9'
                    || c == '_'
                    || c == '-' && wordLength > 0
                    || c == '.'
                    || c == ':') {
                if (wordLength == LONGEST) {
                    break;
                }
                word[wordLength++] = c;
            } else if (c == '/' || c == '\\' && driven()) {
                pathed = true;
                wordLength = 0;
            } else if (c == '\\'
                    || c == '^'
                    || (c == '\'' || c == '"') && i + 1 < length && (inWord(text[i + 1]) || text[i + 1] == c)) {
                hidden |= wordLength > 0;
            } else if (c == '$'
                    && i + 1 < length
                    && (text[i + 1] == '@' || text[i + 1] == '*' || text[i + 1] >= '1' && text[i + 1] <= '9')) {
                hidden |= wordLength > 0;
                i++;
            } else if ((c == '*' || c == '?') && pathed) {
                if (wordLength == LONGEST) {
                    break;
                }
                hidden = true; // /bin/c?t: what it means cannot be read here
                word[wordLength++] = c;
            } else if (c == '$' && wordLength > 0 && ifs(text, i, length)) {
                hidden = true;
                break;
            } else {
                break;
            }
        }
        while (wordLength > 0 && (word[wordLength - 1] == '.' || word[wordLength - 1] == ':')) {
            wordLength--;
        }
        if (wordLength > 4
                && word[wordLength - 4] == '.'
                && word[wordLength - 3] == 'e'
                && word[wordLength - 2] == 'x'
                && word[wordLength - 1] == 'e') {
            wordLength -= 4;
        }
        return i;
    }

    private int what() {
        int kind = words.kind(word, 0, wordLength);
        return kind == TOOL ? COMMAND : kind;
    }

    private boolean driven() {
        return pathed || wordLength == 2 && word[1] == ':';
    }

    private static boolean inWord(byte c) {
        return c >= 'a' && c <= 'z' || c == '/' || c == '\\';
    }

    private static boolean ifs(byte[] text, int at, int length) {
        int i = at + 1 + (at + 1 < length && text[at + 1] == '{' ? 1 : 0);
        return i + 2 < length && text[i] == IFS[0] && text[i + 1] == IFS[1] && text[i + 2] == IFS[2];
    }
}
