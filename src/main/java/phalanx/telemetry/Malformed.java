package phalanx.telemetry;

/** A record that is not what it should be: what is wrong with it, in words that go behind the name of the file. */
final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String what) {
        super(what);
    }

    /** What is wrong. */
    String what() {
        return String.valueOf(getMessage());
    }
}
