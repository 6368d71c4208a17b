package phalanx.proxy.guard.detect;

/**
 * A text cut into what a database would see in it, from the middle of a query on: the text may begin inside a string. Linear. One thread.
 */
final class SqlTokens {
    static final int NONE = 0;
    static final int NAME = 1;
    static final int NUMBER = 2;
    static final int STRING = 3;
    static final int VARIABLE = 4;
    static final int OPEN = 5;
    static final int CLOSE = 6;
    static final int COMMA = 7;
    static final int SEMICOLON = 8;
    static final int OPERATOR = 9;
    static final int COMPARE = 10;
    static final int LOGIC = 11;
    static final int COMMENT = 12;
    static final int HASH = 13;
    static final int OPEN_STRING = 14;
    // Kinds of words, as the word list numbers them.
    static final int UNION = 20;
    static final int SELECT = 21;
    static final int FROM = 22;
    static final int CLAUSE = 23;
    static final int STATEMENT = 24;
    static final int OBJECT = 25;
    static final int FUNCTION = 26;
    static final int DANGEROUS = 27;
    static final int ALL = 28;
    static final int KEYWORD = 29;
    static final int BY = 30;
    static final int NOT = 31;

    private static final int MOST = 512;

    final int[] kind = new int[MOST + 4];
    final int[] from = new int[MOST + 4];
    final int[] to = new int[MOST + 4];
    int count;
    boolean versioned;

    private final Words words;
    private byte[] text = new byte[0];
    private int length;
    private int at;

    SqlTokens(Words words) {
        this.words = words;
    }

    /** Begins with a text. @param quote what it is inside of, 0 for nothing */
    void begin(byte[] octets, int end, int quote) {
        text = octets;
        length = end;
        at = 0;
        count = 0;
        versioned = false;
        if (quote != 0) {
            string(quote);
        }
    }

    /** Fills the list from where it stopped; keeps the last ones. Whether there is any more. */
    boolean fill() {
        if (count >= MOST) {
            int kept = 64;
            System.arraycopy(kind, count - kept, kind, 0, kept);
            System.arraycopy(from, count - kept, from, 0, kept);
            System.arraycopy(to, count - kept, to, 0, kept);
            count = kept;
        }
        int before = count;
        while (count < MOST && at < length) {
            next();
        }
        kind[count] = NONE;
        kind[count + 1] = NONE;
        return count > before;
    }

    private void add(int what, int start, int end) {
        kind[count] = what;
        from[count] = start;
        to[count] = end;
        count++;
    }

    private void next() {
        int start = at;
        byte c = text[at++];
        switch (c) {
            case ' ', '\t', '\n', '\r', 0x0B, 0x0C, (byte) 0xA0 -> {}
            case '\'', '"' -> string(c);
            case '`' -> {
                int close = find('`', at);
                at = close < 0 ? length : close + 1;
                add(close < 0 ? OPERATOR : NAME, start, at);
            }
            case '(', '{' -> add(OPEN, start, at);
            case ')', '}' -> add(CLOSE, start, at);
            case ',' -> add(COMMA, start, at);
            case ';' -> add(SEMICOLON, start, at);
            case '@' -> {
                while (at < length && (word(text[at]) || text[at] == '@' || text[at] == '`' || text[at] == '\'')) {
                    at++;
                }
                add(VARIABLE, start, at);
            }
            case '#' -> {
                lineEnd();
                add(HASH, start, at);
            }
            case '-' -> {
                if (at < length && text[at] == '-') {
                    lineEnd();
                    add(COMMENT, start, at);
                } else {
                    add(OPERATOR, start, at);
                }
            }
            case '/' -> {
                if (at < length && text[at] == '*') {
                    block(start);
                } else {
                    add(OPERATOR, start, at);
                }
            }
            case '*' -> {
                if (at < length && text[at] == '/' && versioned) {
                    at++;
                } else {
                    add(OPERATOR, start, at);
                }
            }
            case '=', '<', '>', '!' -> {
                while (at < length && (text[at] == '=' || text[at] == '<' || text[at] == '>')) {
                    at++;
                }
                add(c == '!' && at == start + 1 ? NOT : COMPARE, start, at);
            }
            case '|', '&' -> {
                boolean twice = at < length && text[at] == c;
                at += twice ? 1 : 0;
                add(twice ? LOGIC : OPERATOR, start, at);
            }
            case '+', '%', '^', '~', '?', ':' -> add(OPERATOR, start, at);
            default -> {
                if (c >= '0' && c <= '9' || c == '.' && at < length && text[at] >= '0' && text[at] <= '9') {
                    number(start);
                } else if (word(c) || c == '$' || c == '[' && at < length && word(text[at])) {
                    name(start);
                } else {
                    add(OPERATOR, start, at);
                }
            }
        }
    }

    private void string(int quote) {
        int start = Math.max(0, at - 1);
        while (at < length) {
            byte c = text[at++];
            if (c == '\\') {
                at = Math.min(length, at + 1);
            } else if (c == quote) {
                if (at < length && text[at] == quote && at + 1 < length && word(text[at + 1])) {
                    at++; // doubled: part of the string
                } else {
                    add(STRING, start, at);
                    return;
                }
            }
        }
        add(OPEN_STRING, start, at);
    }

    private void block(int start) {
        if (at + 1 < length && text[at + 1] == '!') { // a server runs what stands in it
            versioned = true;
            at += 2;
            while (at < length && text[at] >= '0' && text[at] <= '9') {
                at++;
            }
            return;
        }
        int i = at + 1;
        while (i + 1 < length && !(text[i] == '*' && text[i + 1] == '/')) {
            i++;
        }
        at = Math.min(length, i + 2);
        if (at >= length) {
            add(COMMENT, start, at);
        }
    }

    private void lineEnd() {
        while (at < length && text[at] != '\n') {
            at++;
        }
    }

    private int find(int octet, int begin) {
        for (int i = begin; i < length; i++) {
            if (text[i] == octet) {
                return i;
            }
        }
        return -1;
    }

    private void number(int start) {
        while (at < length && (word(text[at]) || text[at] == '.')) {
            at++;
        }
        boolean number = true;
        boolean hex = at - start > 2 && text[start] == '0' && text[start + 1] == 'x';
        int digits = start;
        while (digits < at && (text[digits] >= '0' && text[digits] <= '9' || text[digits] == '.')) {
            digits++;
        }
        if (!hex && digits < at && text[digits] != 'e') {
            int kindOfRest = words.kind(text, digits, at);
            if (kindOfRest == 0) {
                number = false;
            } else { // 1or, 1union
                at = digits;
            }
        }
        add(number ? NUMBER : NAME, start, at);
    }

    private void name(int start) {
        while (at < length && (word(text[at]) || text[at] == '.' || text[at] == '$' || text[at] == ']')) {
            at++;
        }
        int what = words.kind(text, start, at);
        if (what == 0
                && (text[start] == 'n' || text[start] == 'x' || text[start] == 'b' || text[start] == 'e')
                && at == start + 1
                && at < length
                && text[at] == '\'') { // n'..', x'..': a prefix of a string
            return;
        }
        if (what == FUNCTION || what == DANGEROUS) {
            int i = at;
            while (i < length && text[i] <= ' ') {
                i++;
            }
            if (i >= length || text[i] != '(' && !(text[i] == '/' && i + 1 < length && text[i + 1] == '*')) {
                what = 0;
            }
        }
        add(what == 0 ? NAME : what, start, at);
    }

    private static boolean word(byte c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c < 0;
    }
}
