package phalanx.decode.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import phalanx.decode.filter.FilterLexer.Kind;
import phalanx.decode.filter.FilterLexer.Token;

/** Builds the tree of a filter: {@code or} binds least, then {@code and}, then {@code not}, then the tests. One filter each. */
final class FilterParser {
    private static final int DEEPEST = 200;
    private static final int LONGEST = 10_000;

    private static final Map<String, Node.Comparison> COMPARISONS = Map.ofEntries(
            Map.entry("==", Node.Comparison.ANY_EQUAL),
            Map.entry("eq", Node.Comparison.ANY_EQUAL),
            Map.entry("any_eq", Node.Comparison.ANY_EQUAL),
            Map.entry("===", Node.Comparison.ALL_EQUAL),
            Map.entry("all_eq", Node.Comparison.ALL_EQUAL),
            Map.entry("!=", Node.Comparison.ALL_DIFFER),
            Map.entry("ne", Node.Comparison.ALL_DIFFER),
            Map.entry("all_ne", Node.Comparison.ALL_DIFFER),
            Map.entry("!==", Node.Comparison.ANY_DIFFERS),
            Map.entry("~=", Node.Comparison.ANY_DIFFERS),
            Map.entry("any_ne", Node.Comparison.ANY_DIFFERS),
            Map.entry(">", Node.Comparison.GREATER),
            Map.entry("gt", Node.Comparison.GREATER),
            Map.entry("<", Node.Comparison.LESS),
            Map.entry("lt", Node.Comparison.LESS),
            Map.entry(">=", Node.Comparison.AT_LEAST),
            Map.entry("ge", Node.Comparison.AT_LEAST),
            Map.entry("<=", Node.Comparison.AT_MOST),
            Map.entry("le", Node.Comparison.AT_MOST));

    private static final List<String> FUNCTIONS = List.of("lower", "upper", "len", "count");

    private final FieldTable fields;
    private final List<Token> tokens;
    private int at;
    private int depth;

    FilterParser(String text, FieldTable fields) {
        this.fields = fields;
        if (text.length() > LONGEST) {
            throw new FilterError(LONGEST, "the filter is longer than " + LONGEST + " characters");
        }
        tokens = FilterLexer.tokens(text);
    }

    Node parse() {
        if (tokens.size() == 1) {
            throw new FilterError(1, "the filter is empty");
        }
        Node node = or();
        if (peek().kind() != Kind.END) {
            throw new FilterError(peek().column(), "\"" + peek().text() + "\" was not expected here");
        }
        return node;
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token take() {
        return tokens.get(peek().kind() == Kind.END ? at : at++);
    }

    private boolean takeIf(String symbol, String word) {
        boolean fits = peek().is(symbol) || peek().isWord(word);
        at += fits ? 1 : 0;
        return fits;
    }

    private void expect(String symbol, String why) {
        if (!peek().is(symbol)) {
            throw new FilterError(peek().column(), "\"" + symbol + "\" is missing, " + why);
        }
        at++;
    }

    private Node or() {
        if (++depth > DEEPEST) {
            throw new FilterError(peek().column(), "the filter is nested too deep");
        }
        Node node = and();
        while (takeIf("||", "or")) {
            node = new Node.Or(node, and());
        }
        depth--;
        return node;
    }

    private Node and() {
        Node node = not();
        while (takeIf("&&", "and")) {
            node = new Node.And(node, not());
        }
        return node;
    }

    private Node not() {
        boolean negated = false;
        while (takeIf("!", "not")) {
            negated = !negated;
        }
        Node node = primary();
        return negated ? new Node.Not(node) : node;
    }

    private Node primary() {
        if (peek().is("(")) {
            at++;
            Node node = or();
            expect(")", "which closes the bracket");
            return node;
        }
        Token first = peek();
        Operand operand = operand();
        Token next = peek();
        Node.Comparison comparison = next.kind() == Kind.TEXT ? null : COMPARISONS.get(next.text());
        if (comparison != null) {
            at++;
            return compare(operand, comparison, next);
        }
        if (next.isWord("contains")) {
            at++;
            return contains(operand, next);
        }
        if (takeIf("~", "matches")) {
            return matches(operand, next);
        }
        if (next.isWord("in")) {
            at++;
            return in(operand);
        }
        if (!operand.function().isEmpty()) {
            throw new FilterError(first.column(), operand.function() + "() must be compared with something");
        }
        return operand.mask() < 0
                ? new Node.Exists(operand)
                : new Node.Compare(operand, Node.Comparison.GREATER, Literal.number(0));
    }

    private Operand operand() {
        Token token = take();
        if (token.kind() != Kind.WORD) {
            throw new FilterError(
                    token.column(),
                    token.kind() == Kind.END ? "a field is missing" : "\"" + token.text() + "\" is no field");
        }
        if (FUNCTIONS.contains(token.text()) && peek().is("(")) {
            at++;
            Operand inner = operand();
            expect(")", "which closes " + token.text() + "(");
            return apply(token, inner);
        }
        Field field = fields.find(token.text());
        if (field == null) {
            throw new FilterError(
                    token.column(), "there is no field \"" + token.text() + "\"", fields.nearest(token.text()));
        }
        Operand operand = new Operand(field, field.type(), -1, null, "");
        if (peek().is("[")) {
            operand = slice(operand);
        }
        return peek().is("&") ? masked(operand) : operand;
    }

    private static Operand apply(Token function, Operand inner) {
        boolean text = inner.type() == FieldType.TEXT;
        boolean counts = function.text().equals("count") || function.text().equals("len");
        if (!counts && !text || function.text().equals("len") && !inner.type().searchable()) {
            throw new FilterError(
                    function.column(),
                    function.text() + "() does not work on " + inner.field().name() + " ("
                            + inner.type().word() + ")");
        }
        return new Operand(
                inner.field(),
                counts ? FieldType.UNSIGNED : FieldType.TEXT,
                inner.mask(),
                inner.slice(),
                function.text());
    }

    private Operand slice(Operand operand) {
        Token open = take();
        if (operand.type() == FieldType.LABEL || operand.type().numeric() && operand.type() != FieldType.UNSIGNED) {
            throw new FilterError(
                    open.column(),
                    operand.field().name() + " (" + operand.type().word() + ") has no bytes to cut");
        }
        Token range = take();
        String[] parts = range.text().split(":", -1);
        try {
            int from = Integer.parseInt(parts[0]);
            int length = parts.length > 1 ? Integer.parseInt(parts[1]) : 1;
            if (parts.length <= 2 && length > 0) {
                expect("]", "which closes the slice");
                return new Operand(
                        operand.field(), FieldType.BYTES, -1, new Operand.Range(from, length), operand.function());
            }
        } catch (NumberFormatException _) {
            throw new FilterError(range.column(), "a slice is [offset:length], such as eth.src[0:3]");
        }
        throw new FilterError(range.column(), "a slice is [offset:length], such as eth.src[0:3]");
    }

    private Operand masked(Operand operand) {
        Token and = take();
        if (operand.type() != FieldType.UNSIGNED) {
            throw new FilterError(
                    and.column(), operand.field().name() + " (" + operand.type().word() + ") has no bits to mask");
        }
        Token mask = take();
        long bits = Literals.of(operand.field(), FieldType.UNSIGNED, mask).low();
        return new Operand(operand.field(), FieldType.UNSIGNED, bits, null, operand.function());
    }

    private Node compare(Operand operand, Node.Comparison comparison, Token symbol) {
        if (operand.type() == FieldType.LABEL) {
            throw new FilterError(
                    symbol.column(),
                    "%s is there or is not and has no value: write %s or not %s"
                            .formatted(
                                    operand.field().name(),
                                    operand.field().name(),
                                    operand.field().name()));
        }
        Operand right = fieldOnTheRight(operand);
        if (right != null) {
            return new Node.CompareFields(operand, comparison, right);
        }
        boolean ordered = comparison.ordinal() >= Node.Comparison.GREATER.ordinal();
        if (ordered && (operand.type() == FieldType.BOOLEAN || operand.type() == FieldType.PROTOCOL)) {
            throw new FilterError(
                    symbol.column(),
                    operand.field().name() + " (" + operand.type().word() + ") cannot be ordered by "
                            + comparison.symbol());
        }
        return new Node.Compare(operand, comparison, Literals.of(operand.field(), operand.type(), take()));
    }

    /** A field, or a function of one, of the same type in a literal's place; null when a literal stands there. */
    private @Nullable Operand fieldOnTheRight(Operand left) {
        Token token = peek();
        boolean function =
                FUNCTIONS.contains(token.text()) && tokens.get(at + 1).is("(");
        if (token.kind() != Kind.WORD || !function && fields.find(token.text()) == null) {
            return null;
        }
        int before = at;
        Operand right = operand();
        if (alike(left.type(), right.type())) {
            return right;
        }
        if (left.type() == FieldType.TEXT) {
            at = before;
            return null; // a text that happens to be a field's name
        }
        throw new FilterError(
                token.column(),
                "%s (%s) cannot be compared with %s (%s)"
                        .formatted(
                                left.field().name(),
                                left.type().word(),
                                right.field().name(),
                                right.type().word()));
    }

    private static boolean alike(FieldType left, FieldType right) {
        boolean bytes = left == FieldType.BYTES || left == FieldType.PROTOCOL;
        boolean otherBytes = right == FieldType.BYTES || right == FieldType.PROTOCOL;
        return left == right || bytes && otherBytes;
    }

    private Node contains(Operand operand, Token word) {
        if (!operand.type().searchable()) {
            throw new FilterError(
                    word.column(),
                    operand.field().name() + " (" + operand.type().word() + ") cannot be searched with contains");
        }
        return new Node.Contains(operand, Literals.searched(operand.type(), take()));
    }

    private Node matches(Operand operand, Token word) {
        if (!operand.type().searchable()) {
            throw new FilterError(
                    word.column(),
                    operand.field().name() + " (" + operand.type().word() + ") cannot be searched with matches");
        }
        Token pattern = take();
        try {
            return new Node.Matches(operand, Pattern.compile(pattern.text(), Pattern.CASE_INSENSITIVE));
        } catch (PatternSyntaxException e) {
            throw new FilterError(pattern.column(), "this is no regular expression: " + e.getDescription());
        }
    }

    private Node in(Operand operand) {
        if (operand.type() == FieldType.LABEL) {
            throw new FilterError(peek().column(), operand.field().name() + " has no value that a set could hold");
        }
        expect("{", "which opens the set");
        List<Literal> from = new ArrayList<>();
        List<Literal> to = new ArrayList<>();
        do {
            Literal first = Literals.of(operand.field(), operand.type(), take());
            from.add(first);
            if (peek().is("..")) {
                at++;
                to.add(Literals.of(operand.field(), operand.type(), take()));
            } else {
                to.add(first);
            }
        } while (takeIf(",", ",") || !peek().is("}") && peek().kind() != Kind.END);
        expect("}", "which closes the set");
        return new Node.In(operand, from, to);
    }
}
