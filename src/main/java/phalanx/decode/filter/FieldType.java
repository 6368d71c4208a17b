package phalanx.decode.filter;

/** What a field's values are, and what they can be compared with. */
public enum FieldType {
    /** A protocol: is there or is not; its bytes can be searched. */
    PROTOCOL("protocol"),
    /** Is there or is not; nothing can be compared or searched. */
    LABEL("label"),
    UNSIGNED("unsigned integer"),
    BOOLEAN("boolean"),
    IPV4("IPv4 address"),
    IPV6("IPv6 address"),
    ETHERNET("Ethernet address"),
    TEXT("text"),
    BYTES("bytes"),
    /** Seconds, kept as nanoseconds. */
    DURATION("time in seconds"),
    /** A number with decimals, kept as billionths. */
    DECIMAL("number"),
    /** A point in time, kept as epoch nanoseconds. */
    TIME("date and time");

    private final String word;

    FieldType(String word) {
        this.word = word;
    }

    /** For error messages. */
    public String word() {
        return word;
    }

    /** Whether {@code contains} and {@code matches} make sense. */
    boolean searchable() {
        return this == PROTOCOL || this == TEXT || this == BYTES;
    }

    /** Whether values are kept as one number. */
    boolean numeric() {
        return this == UNSIGNED || this == BOOLEAN || this == DURATION || this == DECIMAL || this == TIME;
    }
}
