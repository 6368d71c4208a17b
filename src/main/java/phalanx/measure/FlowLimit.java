package phalanx.measure;

import java.util.Locale;

/** What a TCP sender waited for before it sent its next data. */
public enum FlowLimit {
    /** Its application: there was room in every window, and nothing to send. */
    APPLICATION("application"),
    /** The receiver's window was full or closed (RFC 9293 section 3.8.6). */
    RECEIVER_WINDOW("receiver window"),
    /** Its own congestion window, while the path was idle: a round trip for each window (RFC 5681). */
    CONGESTION_WINDOW("congestion window"),
    /** Acknowledgments that came at the rate of a slow link, through its queue. */
    PATH_BANDWIDTH("path bandwidth"),
    /** Segments that had to be sent again. */
    LOSS_RECOVERY("loss recovery"),
    /** A small segment held back until the one before was acknowledged, and that late (RFC 896, RFC 1122 section 4.2.3.2). */
    DELAYED_ACK("delayed ACK"),
    /** Nothing: one segment followed the other. */
    SENDING("sending");

    private final String word;

    FlowLimit(String word) {
        this.word = word;
    }

    /** For people. */
    public String word() {
        return word;
    }

    /** As documents name it: {@code receiver_window}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
