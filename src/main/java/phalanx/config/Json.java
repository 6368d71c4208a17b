package phalanx.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON value (RFC 8259) that knows where it stands, so that a fault in it can be told with its line. Any thread. */
public sealed interface Json {
    /** Where it begins. */
    Position at();

    /** What it is called in a sentence: {@code a number}. */
    String kind();

    /** An object. @param names where the name of each value stands */
    record Fields(Position at, Map<String, Json> values, Map<String, Position> names) implements Json {
        public Fields {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
            names = Map.copyOf(names);
        }

        @Override
        public String kind() {
            return "an object";
        }
    }

    /** An array. */
    record Items(Position at, List<Json> values) implements Json {
        public Items {
            values = List.copyOf(values);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A string. */
    record Text(Position at, String value) implements Json {
        @Override
        public String kind() {
            return "a text";
        }
    }

    /** A number, as exact as a double is. */
    record Numeral(Position at, double value) implements Json {
        @Override
        public String kind() {
            return "a number";
        }
    }

    /** True or false. */
    record Flag(Position at, boolean value) implements Json {
        @Override
        public String kind() {
            return "true or false";
        }
    }

    /** Null. */
    record Nothing(Position at) implements Json {
        @Override
        public String kind() {
            return "null";
        }
    }
}
