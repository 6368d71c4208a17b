package phalanx.redact;

/** What is taken out of captures. */
public enum Replaced {
    IPV4,
    IPV6,
    /** Hardware addresses (IEEE 802). */
    MAC,
    /** Packets whose payload gave way to a stand-in. */
    PAYLOAD,
    /** Names in DNS messages and in TLS's server_name. */
    NAME,
    /** Paths and fields of HTTP messages. */
    HTTP,
    /** Options of IP, TCP and tunnels that may say more than their kind. */
    OPTION,
    /** Messages and headers that are not understood: blanked. */
    NOT_UNDERSTOOD,
    /** Checksums that say nothing any more: of packets in fragments. */
    CHECKSUM,
    /** Comments on packets, and those of the file. */
    COMMENT,
    /** Names and descriptions of interfaces. */
    INTERFACE,
    /** Blocks of name resolution, of secrets, of other tools. */
    BLOCK
}
