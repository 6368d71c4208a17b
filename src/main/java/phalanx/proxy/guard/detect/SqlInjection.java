package phalanx.proxy.guard.detect;

import static phalanx.proxy.guard.detect.SqlTokens.*;

/**
 * Sees queries that a value would change, by their grammar: joined and stacked queries, conditions behind a quote or a number, what
 * comments the rest away, functions that wait or read. A text is read three times: as it stands, and as the rest of a string in either
 * quote. Linear. One thread.
 */
public final class SqlInjection {
    private final SqlTokens tokens;
    private int[] kind = new int[0];
    private Signal.Seen seen = (_, _, _) -> {};
    private byte[] text = new byte[0];

    public SqlInjection(Words words) {
        tokens = new SqlTokens(words);
    }

    /**
     * Tells what a text holds.
     *
     * @param single whether there is a single quote in it
     * @param twofold whether there is a double quote in it
     */
    public void look(byte[] octets, int length, boolean single, boolean twofold, Signal.Seen told) {
        seen = told;
        text = octets;
        read(octets, length, 0);
        if (single) {
            read(octets, length, '\'');
        }
        if (twofold) {
            read(octets, length, '"');
        }
    }

    private void read(byte[] octets, int length, int quote) {
        tokens.begin(octets, length, quote);
        kind = tokens.kind;
        boolean first = true;
        while (tokens.fill()) {
            judge(quote != 0 && first, first);
            first = false;
        }
        if (tokens.versioned) {
            seen.signal(Signal.SQL_COMMENT, 0, Math.min(length, 40));
        }
    }

    private void tell(Signal signal, int fromToken, int toToken) {
        int last = Math.min(Math.max(fromToken, toToken), tokens.count - 1);
        seen.signal(signal, tokens.from[fromToken], tokens.to[last]);
    }

    private void judge(boolean quoted, boolean first) {
        int n = tokens.count;
        if (quoted && (n < 2 || kind[0] != STRING)) {
            return; // nothing stands behind the string
        }
        if (quoted) {
            breakout();
        }
        for (int i = 0; i < n; i++) {
            switch (kind[i]) {
                case UNION -> union(i);
                case SELECT -> select(i, quoted);
                case SEMICOLON -> stacked(i);
                case STATEMENT -> statement(i, i == 0 && first);
                case LOGIC -> condition(i, quoted);
                case DANGEROUS -> tell(Signal.SQL_FUNCTION, i, i + 2);
                case FUNCTION -> function(i, quoted);
                case CLAUSE -> clause(i, quoted);
                case COMMENT, HASH -> comment(i, quoted, n);
                default -> {}
            }
        }
    }

    private void union(int i) {
        int j = i + 1;
        while (kind[j] == ALL || kind[j] == OPEN) {
            j++;
        }
        if (kind[j] == SELECT) {
            tell(Signal.SQL_UNION, i, j);
        } else if (i > 0 && (kind[i - 1] == STRING || kind[i - 1] == NUMBER && kind[i + 1] == ALL)) {
            tell(Signal.SQL_UNION, i - 1, j);
        }
    }

    /** Behind the string that the value ends: what no text has there. */
    private void breakout() {
        int k = kind[1];
        boolean operator = k == OPERATOR || k == COMPARE || k == LOGIC;
        int i = 1;
        while (kind[i] == CLOSE) {
            i++;
        }
        if (i > 1 && (kind[i] == LOGIC || kind[i] == COMMENT || kind[i] == SEMICOLON || kind[i] == UNION)) {
            tell(Signal.SQL_BREAKOUT, 0, i);
        }
        if (operator) {
            int j = operand(2);
            if (j > 0
                    && (kind[j - 1] == STRING || kind[j - 1] == OPEN_STRING || kind[2] == SELECT || kind[2] == FUNCTION)
                    && !apart(0)) {
                boolean joins = k == COMPARE || k == LOGIC || kind[j] == NONE || kind[j] == COMMENT || kind[j] == HASH;
                tell(joins ? Signal.SQL_BREAKOUT : Signal.SQL_BREAKOUT_WEAK, 0, j);
            } else if (j > 0 && k == COMPARE) {
                tell(Signal.SQL_BREAKOUT_WEAK, 0, j);
            } else if (j > 0 && (kind[j] == NONE || kind[j] == COMMENT || kind[j] == HASH) && kind[j - 1] == NUMBER) {
                tell(Signal.SQL_BREAKOUT_WEAK, 0, j);
            }
        } else if (k == KEYWORD || k == FROM) {
            tell(Signal.SQL_BREAKOUT_WEAK, 0, 1);
        } else if (k == STATEMENT || k == SELECT) {
            tell(Signal.SQL_BREAKOUT_WEAK, 0, 1);
        }
    }

    /** Whether a letter stands right before the quote that ends a string and right behind it: an apostrophe. */
    private boolean apart(int token) {
        int end = tokens.to[token];
        return end >= 2
                && Character.isLetterOrDigit(text[end - 2])
                && tokens.count > token + 1
                && tokens.from[token + 1] == end
                && kind[token + 1] == NAME;
    }

    private void stacked(int i) {
        int next = kind[i + 1];
        if (next == SELECT && sequel(i + 2)) {
            tell(Signal.SQL_STACKED, i, i + 2);
        } else if (next == STATEMENT && statementSequel(i + 1)) {
            tell(Signal.SQL_STACKED, i, i + 2);
        } else if ((next == COMMENT || next == HASH) && i > 0 && (kind[i - 1] == STRING || kind[i - 1] == CLOSE)) {
            tell(Signal.SQL_STACKED, i - 1, i + 1);
        }
    }

    private boolean sequel(int i) {
        int k = kind[i];
        return k == OPERATOR
                || k == FUNCTION
                || k == DANGEROUS
                || k == NUMBER
                || k == VARIABLE
                || k == STRING
                || k == OPEN
                || k == NAME && (kind[i + 1] == FROM || kind[i + 1] == COMMA);
    }

    /** Whether a statement's second word is one that it has. */
    private boolean statementSequel(int i) {
        int k = kind[i + 1];
        return k == OBJECT
                || k == VARIABLE
                || k == STRING
                || k == KEYWORD && kind[i + 2] != NONE
                || k == FROM
                || k == NAME
                        && (kind[i + 2] == CLAUSE
                                || kind[i + 2] == STRING
                                || kind[i + 2] == KEYWORD
                                || kind[i + 2] == VARIABLE
                                || kind[i + 2] == OPEN
                                || kind[i + 2] == COMMENT
                                || kind[i + 2] == NUMBER);
    }

    private void statement(int i, boolean begins) {
        if (kind[i + 1] == OBJECT && (kind[i + 2] == NAME || kind[i + 2] == OPEN || kind[i + 2] == STRING)) {
            tell(begins || i > 0 && kind[i - 1] != NAME ? Signal.SQL_QUERY : Signal.SQL_QUERY_WEAK, i, i + 2);
        } else if (kind[i + 1] == NAME && kind[i + 2] == CLAUSE && kind[i + 3] == NAME && kind[i + 4] == COMPARE) {
            tell(Signal.SQL_QUERY, i, i + 4); // update t set c =
        } else if (kind[i + 1] == KEYWORD && kind[i + 2] == STRING) {
            tell(Signal.SQL_QUERY, i, i + 2); // waitfor delay '..'
        } else if (kind[i + 1] == VARIABLE || kind[i + 1] == FROM && kind[i + 2] == NAME && begins) {
            tell(Signal.SQL_QUERY_WEAK, i, i + 2);
        }
    }

    private void select(int i, boolean quoted) {
        int j = i + 1;
        boolean odd = i > 0
                && (kind[i - 1] == OPEN
                        || kind[i - 1] == SEMICOLON
                        || kind[i - 1] == COMPARE
                        || kind[i - 1] == OPERATOR);
        int end = Math.min(tokens.count, i + 40);
        while (j < end && kind[j] != FROM && kind[j] != SELECT && kind[j] != SEMICOLON) {
            odd |= kind[j] == COMMA
                    || kind[j] == OPEN
                    || kind[j] == OPERATOR
                    || kind[j] == NUMBER
                    || kind[j] == VARIABLE
                    || kind[j] == STRING
                    || kind[j] == FUNCTION;
            j++;
        }
        if (kind[j] == FROM
                && j > i + 1
                && (kind[j + 1] == NAME || kind[j + 1] == OPEN || kind[j + 1] == STRING || kind[j + 1] == FUNCTION)) {
            int after = kind[j + 1] == NAME ? kind[j + 2] : OPEN;
            boolean ends = after == NONE
                    || after == CLAUSE
                    || after == COMMENT
                    || after == OPEN
                    || after == CLOSE
                    || after == HASH
                    || after == SEMICOLON
                    || after == COMMA;
            tell((odd || quoted) && ends ? Signal.SQL_QUERY : Signal.SQL_QUERY_WEAK, i, j + 1);
        } else if (i > 0 && kind[i - 1] == OPEN && j > i + 1 && sequel(i + 1)) {
            tell(Signal.SQL_QUERY, i - 1, i + 2);
        } else if (sequel(i + 1)) {
            boolean variable = kind[i + 1] == VARIABLE || kind[i + 1] == FUNCTION && i == 0;
            tell(variable ? Signal.SQL_QUERY : Signal.SQL_QUERY_WEAK, i, i + 2);
        }
    }

    private void condition(int i, boolean quoted) {
        int left = i == 0 ? NONE : kind[i - 1];
        int right = operand(i + 1);
        if (right < 0) {
            return;
        }
        boolean literal = kind[right - 1] != NAME;
        boolean bound = left == STRING || left == NUMBER || left == CLOSE || left == VARIABLE;
        int compare = right;
        while (kind[compare] == NOT) {
            compare++;
        }
        if (kind[compare] == COMPARE) {
            int end = operand(compare + 1);
            boolean both = end > 0 && literal && kind[end - 1] != NAME;
            if (end > 0
                    && !(i == 3 && !quoted && range())
                    && (quoted && (bound || literal)
                            || both && (bound || i == 0 || left == NAME && same(i + 1, compare + 1))
                            || literal && bound && left != NUMBER)) {
                tell(Signal.SQL_BOOLEAN, Math.max(0, i - 1), end);
            } else if (end > 0 || quoted && bound) {
                tell(Signal.SQL_BOOLEAN_WEAK, Math.max(0, i - 1), Math.max(end, compare));
            }
        } else if (kind[i + 1] == OPEN && (kind[i + 2] == SELECT || kind[right] == COMPARE)) {
            tell(Signal.SQL_BOOLEAN, Math.max(0, i - 1), right);
        } else if (quoted && left == STRING && !apart(0) && literal) {
            tell(Signal.SQL_BOOLEAN, i - 1, right);
        } else if (literal
                && bound
                && (kind[right] == COMMENT || kind[right] == HASH || kind[right] == NONE && left != NUMBER && quoted)) {
            tell(left == NUMBER ? Signal.SQL_BOOLEAN_WEAK : Signal.SQL_BOOLEAN, i - 1, right);
        } else if (quoted && left == STRING && kind[right] != NAME || literal && bound && kind[right] == NONE) {
            tell(Signal.SQL_BOOLEAN_WEAK, i - 1, right);
        }
    }

    /** Whether the text begins with one number below or above another, as people write a range: {@code 5 < 7 and 9 > 8}. */
    private boolean range() {
        return kind[0] == NUMBER
                && kind[1] == COMPARE
                && kind[2] == NUMBER
                && tokens.to[1] == tokens.from[1] + 1
                && text[tokens.from[1]] != '=';
    }

    /** Whether two operands are written alike, as in {@code 1=1}. */
    private boolean same(int a, int b) {
        int length = tokens.to[a] - tokens.from[a];
        if (length != tokens.to[b] - tokens.from[b]) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text[tokens.from[a] + i] != text[tokens.from[b] + i]) {
                return false;
            }
        }
        return true;
    }

    /** Where an operand that begins there ends; -1 where none does. */
    private int operand(int from) {
        int i = from;
        int end = Math.min(tokens.count, from + 48);
        while (i < end && (kind[i] == OPERATOR || kind[i] == NOT)) {
            i++;
        }
        int open = 0;
        while (i < end && (kind[i] == OPEN || kind[i] == NOT || kind[i] == OPERATOR && open > 0)) {
            open += kind[i] == OPEN ? 1 : 0;
            i++;
        }
        switch (kind[i]) {
            case NUMBER, STRING, VARIABLE, NAME, OPEN_STRING -> i++;
            case FUNCTION, DANGEROUS, SELECT -> {
                while (i < end && kind[i] != CLOSE && kind[i] != COMPARE && kind[i] != LOGIC) {
                    i++;
                }
            }
            default -> {
                return -1;
            }
        }
        boolean call = kind[i] == OPEN;
        while (i < end && (kind[i] == CLOSE || call && kind[i] != LOGIC && kind[i] != COMPARE && kind[i] != NONE)) {
            call &= kind[i] != CLOSE;
            i++;
        }
        return i;
    }

    private void function(int i, boolean quoted) {
        int before = i == 0 ? NONE : kind[i - 1];
        if (quoted && i > 0
                || before == LOGIC
                || before == COMPARE
                || before == SELECT
                || before == COMMA && (i > 1 && kind[i - 2] == NUMBER || quoted)) {
            tell(Signal.SQL_FUNCTION, Math.max(0, i - 1), i + 2);
        } else {
            tell(Signal.SQL_FUNCTION_WEAK, i, i + 2);
        }
    }

    private void clause(int i, boolean quoted) {
        boolean bound = i > 0 && (kind[i - 1] == STRING || kind[i - 1] == NUMBER || kind[i - 1] == CLOSE);
        boolean by = kind[i + 1] == BY;
        int next = kind[by ? i + 2 : i + 1];
        if (by && bound && (next == NUMBER || next == NAME || next == OPEN)) {
            tell(quoted || next == NUMBER ? Signal.SQL_CLAUSE : Signal.SQL_QUERY_WEAK, i - 1, i + 2);
        } else if (bound && !by && operand(i + 1) > 0 && (kind[operand(i + 1)] == COMPARE || quoted && next != NAME)) {
            tell(Signal.SQL_CLAUSE, i - 1, i + 2);
        } else if (i == 0 && by && next == NUMBER) {
            tell(Signal.SQL_QUERY_WEAK, i, i + 2);
        }
    }

    private void comment(int i, boolean quoted, int n) {
        boolean last = i == n - 1;
        if (!last || i == 0) {
            return;
        }
        int left = kind[i - 1];
        boolean dash = kind[i] == COMMENT;
        boolean bare = tokens.to[i] - tokens.from[i] <= 3;
        if (quoted && left == STRING && i == 1 && (dash || bare)) {
            tell(Signal.SQL_COMMENT, 0, i);
        } else if (quoted && (left == CLOSE || left == SEMICOLON || left == STRING || left == NUMBER)) {
            tell(dash || bare ? Signal.SQL_COMMENT : Signal.SQL_COMMENT_WEAK, i - 1, i);
        } else if (left == NUMBER && i == 1 && dash && bare) {
            tell(Signal.SQL_COMMENT_WEAK, 0, i);
        } else if ((left == CLOSE || left == SEMICOLON || left == NUMBER) && bare) {
            tell(Signal.SQL_COMMENT_WEAK, i - 1, i);
        }
    }
}
