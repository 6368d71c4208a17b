package phalanx.decode.filter;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** A filter as a tree. */
sealed interface Node {
    record And(Node left, Node right) implements Node {}

    record Or(Node left, Node right) implements Node {}

    record Not(Node node) implements Node {}

    /** The frame has the field. */
    record Exists(Operand operand) implements Node {}

    /** How a field's values are held against a literal; Wireshark 4's meaning where there are several values. */
    enum Comparison {
        ANY_EQUAL("=="),
        ALL_EQUAL("==="),
        ALL_DIFFER("!="),
        ANY_DIFFERS("!=="),
        GREATER(">"),
        LESS("<"),
        AT_LEAST(">="),
        AT_MOST("<=");

        private final String symbol;

        Comparison(String symbol) {
            this.symbol = symbol;
        }

        String symbol() {
            return symbol;
        }

        /** @param order of the field's value against the other's: negative, 0 or positive */
        boolean holds(int order) {
            return switch (this) {
                case ANY_EQUAL, ALL_EQUAL -> order == 0;
                case ALL_DIFFER, ANY_DIFFERS -> order != 0;
                case GREATER -> order > 0;
                case LESS -> order < 0;
                case AT_LEAST -> order >= 0;
                case AT_MOST -> order <= 0;
            };
        }

        boolean ofAll() {
            return this == ALL_EQUAL || this == ALL_DIFFER;
        }
    }

    record Compare(Operand operand, Comparison comparison, Literal literal) implements Node {}

    record CompareFields(Operand left, Comparison comparison, Operand right) implements Node {}

    /** One of the ranges holds a value; a single value is a range of itself. */
    record In(Operand operand, List<Literal> from, List<Literal> to) implements Node {
        public In {
            from = List.copyOf(from);
            to = List.copyOf(to);
        }
    }

    record Contains(Operand operand, Literal literal) implements Node {}

    record Matches(Operand operand, Pattern pattern) implements Node {}

    /** Bytes as text, one character a byte, for regular expressions. */
    static String asText(FieldValues.Slice bytes) {
        return new String(bytes.bytes(), bytes.start(), bytes.length(), StandardCharsets.ISO_8859_1);
    }
}
