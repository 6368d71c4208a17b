package phalanx.decode;

/** The options of a SYN that are kept, as one int that is 0 or more. */
final class SynOptions {
    private static final int SCALE_AT = 16;

    private SynOptions() {}

    static int of(TcpView tcp) {
        return tcp.maximumSegmentSize() + 1 & 0xFFFF | tcp.windowScale() + 1 << SCALE_AT;
    }

    /** -1 without the option, and for a negative int: no SYN. */
    static int maximumSegmentSize(int options) {
        return options < 0 ? -1 : (options & 0xFFFF) - 1;
    }

    /** -1 without the option, and for a negative int: no SYN. */
    static int windowScale(int options) {
        return options < 0 ? -1 : (options >>> SCALE_AT) - 1;
    }
}
