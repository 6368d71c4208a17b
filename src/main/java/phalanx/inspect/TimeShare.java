package phalanx.inspect;

/** What the time of a transaction was spent on; the shares add up to its wall time. */
public enum TimeShare {
    /** From the DNS query for the server's name to its answer. */
    NAME_LOOKUP("nameLookup", "name look-up"),
    /** From the SYN to the end of the handshake. */
    CONNECT("connect", "connect"),
    /** From the client's hello until both sides encrypt. */
    TLS("tls", "TLS"),
    /** From the first to the last byte of the request. */
    REQUEST("request", "request"),
    /** From the last byte of the request to the first of the response. */
    SERVER("server", "server"),
    /** From the first to the last byte of the response. */
    TRANSFER("transfer", "transfer"),
    /** Waiting for a segment to be sent again. */
    RECOVERY("recovery", "recovery"),
    /** Nobody had anything to send: between look-up, connection and first request. */
    IDLE("idle", "idle");

    private final String key;
    private final String word;

    TimeShare(String key, String word) {
        this.key = key;
        this.word = word;
    }

    /** As documents name it. */
    public String key() {
        return key;
    }

    /** As people read it. */
    public String word() {
        return word;
    }
}
