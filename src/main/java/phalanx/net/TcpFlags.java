package phalanx.net;

/** Control bits of the TCP header (RFC 9293 section 3.1). */
public final class TcpFlags {
    public static final int FIN = 1, SYN = 2, RST = 4, PSH = 8, ACK = 16, URG = 32, ECE = 64, CWR = 128;

    private TcpFlags() {}
}
