package phalanx.decode.filter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The left side of a test: a field, and what is done to its values first.
 *
 * @param type of the values after that
 * @param mask for {@code field & mask}, -1 for none
 * @param slice of bytes, null for all
 * @param function lower, upper, len, count, or empty
 */
record Operand(
        Field field, FieldType type, long mask, @Nullable Range slice, String function) {
    /** {@code [from:length]}; a negative {@code from} counts from the end. */
    record Range(int from, int length) {}

    /** Fetches the values of the frame in hand. */
    void fetch(FieldSource source, FieldValues values) {
        values.clear();
        source.values(field, values);
        if (function.equals("count")) {
            int count = values.size();
            values.clear();
            if (count > 0) { // as in Wireshark, what is not there is not counted either
                values.add(count);
            }
            return;
        }
        for (int i = 0; i < values.size(); i++) {
            if (mask >= 0) {
                values.replace(i, values.low(i) & mask);
            }
            if (slice != null) {
                values.replace(i, cut(bytes(values, i), slice));
            }
            switch (function) {
                case "lower" ->
                    values.replace(i, String.valueOf(values.object(i)).toLowerCase(Locale.ROOT));
                case "upper" ->
                    values.replace(i, String.valueOf(values.object(i)).toUpperCase(Locale.ROOT));
                case "len" -> values.replace(i, length(values.object(i)));
                default -> {}
            }
        }
    }

    private static long length(@Nullable Object value) {
        return value instanceof FieldValues.Slice bytes
                ? bytes.length()
                : String.valueOf(value).length();
    }

    private static FieldValues.Slice cut(FieldValues.Slice whole, Range range) {
        int from = range.from < 0 ? whole.length() + range.from : range.from;
        int begin = Math.clamp(from, 0, whole.length());
        int end = (int) Math.min(whole.length(), (long) begin + range.length);
        return new FieldValues.Slice(whole.bytes(), whole.start() + begin, whole.start() + end);
    }

    /** The bytes that slices, searches and comparisons of bytes are made on. */
    FieldValues.Slice bytes(FieldValues values, int index) {
        Object value = values.object(index);
        if (value instanceof FieldValues.Slice bytes) {
            return bytes;
        }
        return switch (field.type()) {
            case IPV4 -> number(values.low(index), 4);
            case ETHERNET -> number(values.low(index), 6);
            case UNSIGNED -> number(values.low(index), Math.max(1, field.bits() / 8));
            case IPV6 -> {
                byte[] both = Arrays.copyOf(number(values.high(index), 8).bytes(), 16);
                System.arraycopy(number(values.low(index), 8).bytes(), 0, both, 8, 8);
                yield new FieldValues.Slice(both, 0, 16);
            }
            default -> slice(String.valueOf(value).getBytes(StandardCharsets.UTF_8));
        };
    }

    private static FieldValues.Slice slice(byte[] bytes) {
        return new FieldValues.Slice(bytes, 0, bytes.length);
    }

    private static FieldValues.Slice number(long value, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (value >>> 8 * (length - 1 - i));
        }
        return slice(bytes);
    }
}
