package phalanx.diagnose;

import java.util.Collection;
import java.util.stream.Collectors;

/** A figure or name that goes into a sentence; how it is written is the explainer's business. */
public sealed interface Fact {
    /** A number of things. */
    record Count(long count) implements Fact {}

    /** A stretch of time. */
    record Nanos(long nanos) implements Fact {}

    /** So many of so many. */
    record Share(long part, long whole) implements Fact {}

    /** A number of bytes. */
    record Bytes(long bytes) implements Fact {}

    /** A capture point, by its index. */
    record Point(int capture) implements Fact {}

    /** A name or address, as it is. */
    record Text(String text) implements Fact {
        private static final int FEW = 3;

        /** The first names, and how many there are besides: {@code a, b, c and 4 more}. */
        public static Text few(Collection<String> names) {
            String first = names.stream().limit(FEW).collect(Collectors.joining(", "));
            return new Text(names.size() > FEW ? first + " and " + (names.size() - FEW) + " more" : first);
        }
    }
}
