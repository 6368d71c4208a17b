package phalanx.decode.filter;

import java.util.ArrayList;
import java.util.List;

/** Cuts a filter into tokens, each with its column. */
final class FilterLexer {
    private static final List<String> SYMBOLS = List.of(
            "===", "!==", "==", "!=", "~=", ">=", "<=", "&&", "||", "..", ">", "<", "!", "~", "&", "(", ")", "{", "}",
            "[", "]", ",");

    private FilterLexer() {}

    /** The kinds of tokens. */
    enum Kind {
        WORD,
        /** In double quotes, which are taken off. */
        TEXT,
        SYMBOL,
        END
    }

    /** @param column 1-based */
    record Token(Kind kind, String text, int column) {
        boolean is(String symbol) {
            return kind == Kind.SYMBOL && text.equals(symbol);
        }

        boolean isWord(String word) {
            return kind == Kind.WORD && text.equals(word);
        }
    }

    static List<Token> tokens(String filter) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < filter.length()) {
            char c = filter.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '"') {
                at = quoted(filter, at, tokens);
            } else if (c == '\'') {
                at = character(filter, at, tokens);
            } else if (isWordPart(c) && !filter.startsWith("..", at)) {
                int end = at;
                while (end < filter.length() && isWordPart(filter.charAt(end)) && !filter.startsWith("..", end)) {
                    end++;
                }
                tokens.add(new Token(Kind.WORD, filter.substring(at, end), at + 1));
                at = end;
            } else {
                at = symbol(filter, at, tokens);
            }
        }
        tokens.add(new Token(Kind.END, "", filter.length() + 1));
        return tokens;
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == ':' || c == '-' || c == '/';
    }

    private static int symbol(String filter, int at, List<Token> tokens) {
        for (String symbol : SYMBOLS) {
            if (filter.startsWith(symbol, at)) {
                tokens.add(new Token(Kind.SYMBOL, symbol, at + 1));
                return at + symbol.length();
            }
        }
        throw new FilterError(at + 1, "\"" + filter.charAt(at) + "\" means nothing here");
    }

    private static int quoted(String filter, int start, List<Token> tokens) {
        StringBuilder text = new StringBuilder();
        int at = start + 1;
        while (at < filter.length() && filter.charAt(at) != '"') {
            boolean escaped = filter.charAt(at) == '\\' && at + 1 < filter.length();
            // Only a quote and a backslash are escaped, so that regular expressions stay as they are written.
            if (escaped && (filter.charAt(at + 1) == '"' || filter.charAt(at + 1) == '\\')) {
                at++;
            }
            text.append(filter.charAt(at++));
        }
        if (at >= filter.length()) {
            throw new FilterError(start + 1, "the text that begins here has no closing quote");
        }
        tokens.add(new Token(Kind.TEXT, text.toString(), start + 1));
        return at + 1;
    }

    private static int character(String filter, int start, List<Token> tokens) {
        if (start + 2 < filter.length() && filter.charAt(start + 2) == '\'') {
            tokens.add(new Token(Kind.WORD, String.valueOf((int) filter.charAt(start + 1)), start + 1));
            return start + 3;
        }
        throw new FilterError(start + 1, "a character stands in single quotes: 'a'");
    }
}
