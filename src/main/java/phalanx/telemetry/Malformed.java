package phalanx.telemetry;

/** A record that is not what it should be: what is wrong with it, in words that go behind the name of the file. */
class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String what) {
        super(what);
    }

    /** What is wrong. */
    String what() {
        return String.valueOf(getMessage());
    }

    /** There is more of it than is taken. */
    static final class TooLarge extends Malformed {
        private static final long serialVersionUID = 1;

        TooLarge(String what) {
            super(what);
        }
    }
}
