package phalanx.config;

import org.jspecify.annotations.Nullable;

/**
 * Splits configuration text as nginx does: words, {@code ;}, braces; quotes only where a word begins; {@code ${name}} is part of a
 * word; a backslash takes its meaning from the next character. One thread.
 */
final class Tokens {
    private final String file;
    private final String text;
    private int position;
    private int line = 1;
    private int lineStart;

    Tokens(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /** What was met. */
    enum Kind {
        WORD,
        SEMICOLON,
        OPEN,
        CLOSE,
        END
    }

    /** One token; {@code word} only for {@link Kind#WORD}. */
    record Token(Kind kind, @Nullable Word word, Position at) {}

    Position here() {
        return new Position(file, line, position - lineStart + 1);
    }

    /** The next token. Comments and white space before it are skipped. */
    Token next() throws Refused {
        skipSpace();
        Position at = here();
        if (position >= text.length()) {
            return new Token(Kind.END, null, at);
        }
        char c = text.charAt(position);
        Kind kind = switch (c) {
            case ';' -> Kind.SEMICOLON;
            case '{' -> Kind.OPEN;
            case '}' -> Kind.CLOSE;
            default -> Kind.WORD;
        };
        if (kind != Kind.WORD) {
            position++;
            return new Token(kind, null, at);
        }
        boolean quoted = c == '"' || c == '\'';
        return new Token(Kind.WORD, new Word(quoted ? quoted(c, at) : plain(), quoted, at), at);
    }

    private void skipSpace() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '#') {
                while (position < text.length() && text.charAt(position) != '\n') {
                    position++;
                }
            } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\uFEFF') {
                step();
            } else {
                return;
            }
        }
    }

    private char step() {
        char c = text.charAt(position++);
        if (c == '\n') {
            line++;
            lineStart = position;
        }
        return c;
    }

    private String quoted(char quote, Position at) throws Refused {
        step();
        StringBuilder word = new StringBuilder();
        while (position < text.length()) {
            char c = step();
            if (c == quote) {
                return word.toString();
            }
            append(word, c);
        }
        throw new Refused(new Fault(at, "The quote that begins here is never closed.", "Close it with " + quote + "."));
    }

    private String plain() {
        StringBuilder word = new StringBuilder();
        boolean variable = false;
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '{' && !word.isEmpty() && word.charAt(word.length() - 1) == '$') {
                variable = true;
            } else if (c == '}' && variable) {
                variable = false;
            } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ';' || c == '{' || c == '}') {
                break;
            }
            append(word, step());
        }
        return word.toString();
    }

    private void append(StringBuilder word, char c) {
        if (c != '\\' || position >= text.length()) {
            word.append(c);
            return;
        }
        char escaped = step();
        switch (escaped) {
            case '"', '\'', '\\' -> word.append(escaped);
            case 't' -> word.append('\t');
            case 'r' -> word.append('\r');
            case 'n' -> word.append('\n');
            default -> word.append('\\').append(escaped);
        }
    }

    /** What stands before the brace that closes a block of Lua; its strings and comments may hold braces. */
    String verbatim(Position at) throws Refused {
        int start = position;
        int depth = 1;
        while (position < text.length()) {
            char c = step();
            if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return text.substring(start, position - 1);
            } else if (c == '"' || c == '\'') {
                skipLuaString(c);
            } else if (c == '-' && position < text.length() && text.charAt(position) == '-') {
                while (position < text.length() && text.charAt(position) != '\n') {
                    position++;
                }
            }
        }
        throw new Refused(new Fault(at, "The block of Lua that begins here is never closed.", "Close it with }."));
    }

    private void skipLuaString(char quote) {
        while (position < text.length()) {
            char c = step();
            if (c == '\\' && position < text.length()) {
                step();
            } else if (c == quote || c == '\n') {
                return;
            }
        }
    }

    /** The text cannot be read on. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Fault fault;

        Refused(Fault fault) {
            super(fault.what(), null, false, false);
            this.fault = fault;
        }

        Fault fault() {
            return fault;
        }
    }
}
