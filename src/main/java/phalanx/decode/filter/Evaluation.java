package phalanx.decode.filter;

import java.util.Arrays;

/** Holds a filter's tree against frames. One instance a reader thread. */
final class Evaluation {
    private final FieldValues values = new FieldValues();
    private final FieldValues others = new FieldValues();

    boolean holds(Node node, FieldSource source) {
        return switch (node) {
            case Node.And(var left, var right) -> holds(left, source) && holds(right, source);
            case Node.Or(var left, var right) -> holds(left, source) || holds(right, source);
            case Node.Not(var inner) -> !holds(inner, source);
            case Node.Exists(var operand) -> {
                operand.fetch(source, values);
                yield values.size() > 0;
            }
            case Node.Compare compare -> compare(compare, source);
            case Node.CompareFields compare -> compareFields(compare, source);
            case Node.In in -> in(in, source);
            case Node.Contains(var operand, var literal) -> {
                operand.fetch(source, values);
                boolean found = false;
                for (int i = 0; i < values.size() && !found; i++) {
                    found = contains(operand, i, literal);
                }
                yield found;
            }
            case Node.Matches(var operand, var pattern) -> {
                operand.fetch(source, values);
                boolean found = false;
                for (int i = 0; i < values.size() && !found; i++) {
                    found = pattern.matcher(text(operand, i)).find();
                }
                yield found;
            }
        };
    }

    private String text(Operand operand, int index) {
        return operand.type() == FieldType.TEXT
                ? String.valueOf(values.object(index))
                : Node.asText(operand.bytes(values, index));
    }

    private boolean contains(Operand operand, int index, Literal literal) {
        byte[] searched = literal.bytes();
        if (operand.type() == FieldType.TEXT || searched == null) {
            return text(operand, index).contains(literal.text());
        }
        FieldValues.Slice bytes = operand.bytes(values, index);
        for (int at = bytes.start(); at + searched.length <= bytes.end(); at++) {
            if (Arrays.equals(bytes.bytes(), at, at + searched.length, searched, 0, searched.length)) {
                return true;
            }
        }
        return false;
    }

    private boolean compare(Node.Compare compare, FieldSource source) {
        compare.operand().fetch(source, values);
        boolean all = values.size() > 0;
        for (int i = 0; i < values.size(); i++) {
            boolean holds = compare.comparison().holds(order(compare.operand(), i, compare.literal()));
            if (holds && !compare.comparison().ofAll()) {
                return true;
            }
            all &= holds;
        }
        return all && compare.comparison().ofAll();
    }

    /** The value against the literal: negative, 0, positive; addresses by the literal's prefix. */
    private int order(Operand operand, int index, Literal literal) {
        return switch (operand.type()) {
            case UNSIGNED, BOOLEAN, ETHERNET -> Long.compareUnsigned(values.low(index), literal.low());
            case DURATION, DECIMAL, TIME -> Long.compare(values.low(index), literal.low());
            case IPV4 -> {
                int shift = literal.prefix() < 0 ? 0 : 32 - literal.prefix();
                yield shift >= 32 ? 0 : Long.compare(values.low(index) >>> shift, literal.low() >>> shift);
            }
            case IPV6 -> order6(index, literal);
            case TEXT -> String.valueOf(values.object(index)).compareTo(literal.text());
            case BYTES, PROTOCOL, LABEL -> {
                FieldValues.Slice bytes = operand.bytes(values, index);
                byte[] other = literal.bytes() == null ? new byte[0] : literal.bytes();
                yield Arrays.compareUnsigned(bytes.bytes(), bytes.start(), bytes.end(), other, 0, other.length);
            }
        };
    }

    private int order6(int index, Literal literal) {
        int prefix = literal.prefix() < 0 ? 128 : literal.prefix();
        long highMask = prefix >= 64 ? -1 : prefix == 0 ? 0 : -1L << 64 - prefix;
        long lowMask = prefix <= 64 ? 0 : prefix >= 128 ? -1 : -1L << 128 - prefix;
        int byHigh = Long.compareUnsigned(values.high(index) & highMask, literal.high() & highMask);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(values.low(index) & lowMask, literal.low() & lowMask);
    }

    private boolean in(Node.In in, FieldSource source) {
        in.operand().fetch(source, values);
        for (int i = 0; i < values.size(); i++) {
            for (int range = 0; range < in.from().size(); range++) {
                Literal from = in.from().get(range);
                Literal to = in.to().get(range);
                if (order(in.operand(), i, from) >= 0 && order(in.operand(), i, to) <= 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean compareFields(Node.CompareFields compare, FieldSource source) {
        compare.left().fetch(source, values);
        compare.right().fetch(source, others);
        boolean all = values.size() > 0 && others.size() > 0;
        for (int i = 0; i < values.size(); i++) {
            for (int j = 0; j < others.size(); j++) {
                boolean holds = compare.comparison().holds(order(compare, i, j));
                if (holds && !compare.comparison().ofAll()) {
                    return true;
                }
                all &= holds;
            }
        }
        return all && compare.comparison().ofAll();
    }

    private int order(Node.CompareFields compare, int left, int right) {
        return switch (compare.left().type()) {
            case DURATION, DECIMAL, TIME -> Long.compare(values.low(left), others.low(right));
            case TEXT -> String.valueOf(values.object(left)).compareTo(String.valueOf(others.object(right)));
            case BYTES, PROTOCOL, LABEL -> {
                FieldValues.Slice a = compare.left().bytes(values, left);
                FieldValues.Slice b = compare.right().bytes(others, right);
                yield Arrays.compareUnsigned(a.bytes(), a.start(), a.end(), b.bytes(), b.start(), b.end());
            }
            case UNSIGNED, BOOLEAN, IPV4, IPV6, ETHERNET -> {
                int byHigh = compare.left().type() == FieldType.IPV6
                        ? Long.compareUnsigned(values.high(left), others.high(right))
                        : 0;
                yield byHigh != 0 ? byHigh : Long.compareUnsigned(values.low(left), others.low(right));
            }
        };
    }
}
