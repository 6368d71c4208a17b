package phalanx.decode.filter;

import org.jspecify.annotations.Nullable;

/**
 * A value written in a filter, read as the type of the field that it is compared with.
 *
 * @param high and {@code low} a number or an address
 * @param prefix bits of an address that count, -1 for all
 * @param text for text and regular expressions, empty otherwise
 * @param bytes for bytes, null otherwise
 */
record Literal(long high, long low, int prefix, String text, byte @Nullable [] bytes) {
    static Literal number(long value) {
        return new Literal(0, value, -1, "", null);
    }

    static Literal text(String text) {
        return new Literal(0, 0, -1, text, null);
    }

    static Literal bytes(byte[] bytes) {
        return new Literal(0, 0, -1, "", bytes);
    }
}
