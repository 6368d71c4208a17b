package phalanx.inspect;

import java.util.Locale;

/** What the TCP analysis says of a segment; the words and their meaning are Wireshark's (User's Guide, "TCP Analysis"). */
public enum TcpFlag {
    /** Sends again what was sent before; every fast and spurious retransmission is one, too. */
    RETRANSMISSION,
    /** Within 20 ms of the third equal ACK. */
    FAST_RETRANSMISSION,
    /** Of data that was acknowledged already. */
    SPURIOUS_RETRANSMISSION,
    /** Overtaken on the way: it fills a hole sooner than a retransmission could. */
    OUT_OF_ORDER,
    /** A segment before this one was not captured. */
    LOST_SEGMENT,
    /** Acknowledges data that was not captured. */
    ACK_LOST_SEGMENT,
    DUPLICATE_ACK,
    ZERO_WINDOW,
    /** Fills the receiver's window to its edge. */
    WINDOW_FULL,
    WINDOW_UPDATE,
    KEEP_ALIVE,
    KEEP_ALIVE_ACK,
    ZERO_WINDOW_PROBE,
    ZERO_WINDOW_PROBE_ACK,
    /** Opens a new connection on ports that an earlier one used. */
    REUSED_PORTS;

    /** As documents name it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    int bit() {
        return 1 << ordinal();
    }
}
