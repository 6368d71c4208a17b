package phalanx.show.map;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import phalanx.run.Outcome;

/**
 * A condition on places and links of the map: {@code loss > 1% and not name contains lab}. Made by {@link #parse}. Immutable, any
 * thread.
 */
sealed interface MapQuery {
    /** What can be asked of a place or link. */
    enum Field {
        NAME,
        ADDRESS,
        ROLE,
        PACKETS,
        BYTES,
        CONVERSATIONS,
        /** Per cent. */
        LOSS,
        /** 95th percentile, nanoseconds. */
        DELAY,
        FINDINGS;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean isText() {
            return this == NAME || this == ADDRESS || this == ROLE;
        }
    }

    /** Something on the map. Where both ways differ the worse one answers. */
    interface Subject {
        /** Empty when it cannot be told; then no comparison holds. */
        OptionalDouble number(Field field);

        /** All texts that the field can be compared with; without any no comparison holds. */
        List<String> texts(Field field);
    }

    /** The operators, as they are written. */
    enum Operator {
        AT_MOST("<="),
        AT_LEAST(">="),
        DIFFERS("!="),
        SAME("=="),
        EQUAL("="),
        LESS("<"),
        MORE(">"),
        CONTAINS("contains");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }
    }

    boolean holds(Subject subject);

    record And(MapQuery left, MapQuery right) implements MapQuery {
        @Override
        public boolean holds(Subject subject) {
            return left.holds(subject) && right.holds(subject);
        }
    }

    record Or(MapQuery left, MapQuery right) implements MapQuery {
        @Override
        public boolean holds(Subject subject) {
            return left.holds(subject) || right.holds(subject);
        }
    }

    record Not(MapQuery query) implements MapQuery {
        @Override
        public boolean holds(Subject subject) {
            return !query.holds(subject);
        }
    }

    /** @param value in the field's unit */
    record Figure(Field field, Operator operator, double value) implements MapQuery {
        @Override
        public boolean holds(Subject subject) {
            OptionalDouble figure = subject.number(field);
            if (figure.isEmpty()) {
                return false;
            }
            double is = figure.getAsDouble();
            return switch (operator) {
                case AT_MOST -> is <= value;
                case AT_LEAST -> is >= value;
                case DIFFERS -> is != value;
                case SAME, EQUAL -> is == value;
                case LESS -> is < value;
                case MORE -> is > value;
                case CONTAINS -> throw new IllegalStateException("a figure contains nothing");
            };
        }
    }

    /** @param value in small letters */
    record Text(Field field, Operator operator, String value) implements MapQuery {
        @Override
        public boolean holds(Subject subject) {
            List<String> texts = subject.texts(field);
            if (texts.isEmpty()) {
                return false;
            }
            boolean found = texts.stream()
                    .map(text -> text.toLowerCase(Locale.ROOT))
                    .anyMatch(text -> operator == Operator.CONTAINS ? text.contains(value) : text.equals(value));
            return found != (operator == Operator.DIFFERS);
        }
    }

    /** @return the condition, or a problem whose offset is the column, from 1, at which it is not understood */
    static Outcome<MapQuery> parse(String text) {
        return new MapQueryParser(text).parse();
    }
}
