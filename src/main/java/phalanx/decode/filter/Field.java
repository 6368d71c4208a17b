package phalanx.decode.filter;

/**
 * Something that can be asked of a frame, by Wireshark's name for it.
 *
 * @param bits of an unsigned integer, 0 for other types
 * @param description for help and completion
 */
public record Field(String name, FieldType type, int bits, String description) {
    /** The largest value that fits, for unsigned integers. */
    long most() {
        return bits >= 63 ? Long.MAX_VALUE : (1L << bits) - 1;
    }
}
