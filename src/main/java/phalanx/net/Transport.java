package phalanx.net;

/** The transport protocols that conversations are told apart by. */
public enum Transport {
    TCP("tcp"),
    UDP("udp"),
    /** ICMP and ICMPv6 traffic of its own (echo); error messages belong to the conversation that they quote. */
    ICMP("icmp"),
    /** Any other IP protocol; ports are 0. */
    OTHER("other");

    /** IANA protocol numbers. */
    public static final int PROTOCOL_ICMP = 1, PROTOCOL_TCP = 6, PROTOCOL_UDP = 17, PROTOCOL_ICMPV6 = 58;

    private final String word;

    Transport(String word) {
        this.word = word;
    }

    /** The word used in documents and on screen. */
    public String word() {
        return word;
    }

    /** @param protocol IANA protocol number of the IP header's payload, 0..255 */
    public static Transport ofProtocol(int protocol) {
        return switch (protocol) {
            case PROTOCOL_TCP -> TCP;
            case PROTOCOL_UDP -> UDP;
            case PROTOCOL_ICMP, PROTOCOL_ICMPV6 -> ICMP;
            default -> OTHER;
        };
    }
}
