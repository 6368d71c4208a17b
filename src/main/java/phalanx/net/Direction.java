package phalanx.net;

/** The way a packet travels within its conversation. {@link #BOTH} is used for findings only, never for a packet. */
public enum Direction {
    /** From the side that opened the conversation to the other one. */
    CLIENT_TO_SERVER("c2s"),
    /** Back to the side that opened the conversation. */
    SERVER_TO_CLIENT("s2c"),
    /** A finding that holds for both ways. */
    BOTH("both");

    private final String word;

    Direction(String word) {
        this.word = word;
    }

    /** The word used in documents, rules and the tables of the command line: {@code c2s}, {@code s2c} or {@code both}. */
    public String word() {
        return word;
    }

    /** The opposite way; {@link #BOTH} is its own opposite. */
    public Direction reversed() {
        return switch (this) {
            case CLIENT_TO_SERVER -> SERVER_TO_CLIENT;
            case SERVER_TO_CLIENT -> CLIENT_TO_SERVER;
            case BOTH -> BOTH;
        };
    }
}
