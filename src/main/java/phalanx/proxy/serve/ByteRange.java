package phalanx.proxy.serve;

import org.jspecify.annotations.Nullable;

/**
 * The part of a file that is asked for (RFC 9110 section 14). Any thread.
 *
 * @param start first octet
 * @param length octets; 0 when the range lies behind the end
 */
record ByteRange(long start, long length) {
    /**
     * Reads a Range field.
     *
     * @return null where the whole file is to be sent: no range, another unit, several ranges, or one that cannot be read
     */
    static @Nullable ByteRange read(@Nullable String field, long size) {
        if (field == null || !field.matches("bytes=[ \t]*([0-9]{1,18}-[0-9]{0,18}|-[0-9]{1,18})[ \t]*")) {
            return null;
        }
        String range = field.substring(6).strip();
        int dash = range.indexOf('-');
        if (dash == 0) {
            long last = Math.min(Long.parseLong(range.substring(1)), size);
            return new ByteRange(size - last, last);
        }
        long first = Long.parseLong(range.substring(0, dash));
        long last = dash == range.length() - 1 ? size - 1 : Long.parseLong(range.substring(dash + 1));
        if (last < first && dash != range.length() - 1) {
            return null;
        }
        return first >= size ? new ByteRange(0, 0) : new ByteRange(first, Math.min(last, size - 1) - first + 1);
    }
}
