package phalanx.dissect;

import java.util.StringJoiner;
import phalanx.net.Transport;

/** TCP header (RFC 9293 section 3.1). */
final class Tcp {
    private static final int SMALLEST_HEADER = 20;
    private static final String[] FLAGS = {"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"};

    private Tcp() {}

    static void dissect(Slice in, IpHeader ip, Layers layers) {
        Branch tcp = layers.begin("Transmission Control Protocol", "tcp", in);
        tcp.number("Source port", "tcp.srcport", 0, 2);
        tcp.number("Destination port", "tcp.dstport", 2, 2);
        tcp.says("Src port: " + in.u16(0) + ", Dst port: " + in.u16(2));
        tcp.number("Sequence number (raw)", "tcp.seq_raw", 4, 4);
        tcp.number("Acknowledgment number (raw)", "tcp.ack_raw", 8, 4);
        int header = (in.u8(12) >>> 4) * 4;
        tcp.field("Header length", "tcp.hdr_len", 12, 1, header + " bytes", Integer.toString(header));
        tcp.ends(Math.min(in.length(), Math.max(SMALLEST_HEADER, header)));
        flags(tcp, in);
        tcp.number("Window", "tcp.window_size_value", 14, 2);
        ChecksumField.transport(in, Transport.PROTOCOL_TCP, ip, tcp, "tcp.checksum", 16, layers);
        tcp.number("Urgent pointer", "tcp.urgent_pointer", 18, 2);
        int payload = in.wireLength() - header;
        if (header < SMALLEST_HEADER || payload < 0 && !layers.quoted() && !ip.fragment()) {
            tcp.remark(Expert.ERROR, "Malformed: its header length says " + header + " bytes");
            return;
        }
        String length = Integer.toString(Math.max(0, payload));
        if (!layers.quoted()) {
            tcp.derived("TCP segment length", "tcp.len", length, length);
        }
        if (header > SMALLEST_HEADER) {
            TcpOptions.dissect(tcp, header, layers);
        }
        in.need(0, header);
        if (layers.quoted() || payload == 0) {
            return;
        }
        Slice behind = in.from(header);
        if (behind.length() == 0) {
            behind.need(0, 1);
        }
        tcp.ends(header);
        Applications.overTcp(in.u16(0), in.u16(2), behind, layers);
    }

    private static void flags(Branch tcp, Slice in) {
        int word = in.u16(12) & 0x0FFF;
        Branch flags = tcp.field(
                "Flags", "tcp.flags", 12, 2, "0x%03x (%s)".formatted(word, words(word)), "0x%04x".formatted(word));
        flags.bits("Reserved", "tcp.flags.res", 12, 1, 0x0E, bits -> bits == 0 ? "Not set" : "Set");
        flags.flag("Accurate ECN", "tcp.flags.ae", 12, 1, 0x01);
        flags.flag("Congestion window reduced", "tcp.flags.cwr", 13, 1, 0x80);
        flags.flag("ECN-Echo", "tcp.flags.ece", 13, 1, 0x40);
        flags.flag("Urgent", "tcp.flags.urg", 13, 1, 0x20);
        flags.flag("Acknowledgment", "tcp.flags.ack", 13, 1, 0x10);
        flags.flag("Push", "tcp.flags.push", 13, 1, 0x08);
        flags.flag("Reset", "tcp.flags.reset", 13, 1, 0x04);
        flags.flag("Syn", "tcp.flags.syn", 13, 1, 0x02);
        flags.flag("Fin", "tcp.flags.fin", 13, 1, 0x01);
    }

    private static String words(int word) {
        StringJoiner words = new StringJoiner(", ");
        words.setEmptyValue("none");
        for (int bit = 0; bit < FLAGS.length; bit++) {
            if ((word >>> bit & 1) != 0) {
                words.add(FLAGS[bit]);
            }
        }
        return words.toString();
    }
}
