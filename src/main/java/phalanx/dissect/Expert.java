package phalanx.dissect;

/** How much is behind a remark in a tree, as Wireshark grades its expert information. */
public enum Expert {
    /** Part of the usual course. */
    CHAT,
    /** Worth knowing. */
    NOTE,
    /** Unusual; the capture or the sender may be at fault. */
    WARNING,
    /** The bytes contradict themselves. */
    ERROR
}
