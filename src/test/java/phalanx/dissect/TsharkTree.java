package phalanx.dissect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** What tshark takes out of each frame of a file: names, values and places of fields, as its PDML says them. */
final class TsharkTree {
    /** A field with its bytes in the frame, none for what was worked out. @param inside outermost protocol that it belongs to */
    record Field(String name, String show, int start, int length, String inside) {}

    private TsharkTree() {}

    /** By frame, from the first on. Fields that tshark hides are left out. */
    static List<List<Field>> of(Path file, int frames) throws IOException, XMLStreamException, InterruptedException {
        Process process = new ProcessBuilder(
                        "tshark",
                        "-r",
                        file.toString(),
                        "-c",
                        Integer.toString(frames),
                        "-T",
                        "pdml",
                        "-n",
                        "-o",
                        "tcp.desegment_tcp_streams:false",
                        "-o",
                        "ip.defragment:false",
                        "-o",
                        "ip.check_checksum:true",
                        "-o",
                        "tcp.relative_sequence_numbers:true")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<List<Field>> all = new ArrayList<>();
        try (InputStream in = process.getInputStream()) {
            XMLInputFactory factory = XMLInputFactory.newInstance();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            String protocol = "";
            int depth = 0;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamReader.START_ELEMENT) {
                    switch (xml.getLocalName()) {
                        case "packet" -> all.add(new ArrayList<>());
                        case "proto" -> {
                            depth++;
                            protocol = depth == 1 ? attribute(xml, "name") : protocol;
                        }
                        case "field" -> {
                            if (!attribute(xml, "hide").equals("yes")
                                    && !attribute(xml, "name").isEmpty()) {
                                all.getLast()
                                        .add(new Field(
                                                attribute(xml, "name"),
                                                attribute(xml, "show"),
                                                number(xml, "pos"),
                                                number(xml, "size"),
                                                protocol));
                            }
                        }
                        default -> {}
                    }
                } else if (event == XMLStreamReader.END_ELEMENT
                        && xml.getLocalName().equals("proto")) {
                    depth--;
                }
            }
        }
        assertEquals(0, process.waitFor(), "tshark reads " + file);
        return all;
    }

    private static String attribute(XMLStreamReader xml, String name) {
        String value = xml.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    private static int number(XMLStreamReader xml, String name) {
        String value = attribute(xml, name);
        return value.isEmpty() ? 0 : Integer.parseInt(value);
    }

    /** Fields of a tree under their names and places. */
    static Map<String, FieldNode> named(List<FieldNode> nodes) {
        Map<String, FieldNode> named = new HashMap<>();
        nodes.forEach(node -> add(node, named));
        return named;
    }

    private static void add(FieldNode node, Map<String, FieldNode> into) {
        if (!node.name().isEmpty()) {
            into.putIfAbsent(node.name() + " at " + node.start(), node);
        }
        node.children().forEach(child -> add(child, into));
    }

    /** Whether two ways of writing mean the same value. */
    static boolean same(String ours, String theirs) {
        String plain = ours.startsWith("\"") && ours.length() > 1
                ? ours.substring(1, ours.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\")
                : ours;
        if (plain.equals(theirs) || plain.isEmpty()) {
            return true;
        }
        try {
            return Long.decode(plain).equals(Long.decode(theirs));
        } catch (NumberFormatException _) {
            return plain.replace(":", "").equals(theirs.replace(":", ""));
        }
    }

    /** Whether it is a field of a header that has to be in our tree: not one that tshark works out. */
    static boolean isRead(Field field) {
        return Set.of(
                        "eth.dst",
                        "eth.src",
                        "eth.type",
                        "arp.opcode",
                        "arp.src.hw_mac",
                        "arp.src.proto_ipv4",
                        "arp.dst.proto_ipv4",
                        "ip.version",
                        "ip.hdr_len",
                        "ip.dsfield",
                        "ip.dsfield.dscp",
                        "ip.dsfield.ecn",
                        "ip.len",
                        "ip.id",
                        "ip.flags",
                        "ip.flags.df",
                        "ip.flags.mf",
                        "ip.frag_offset",
                        "ip.ttl",
                        "ip.proto",
                        "ip.checksum",
                        "ip.src",
                        "ip.dst",
                        "ipv6.plen",
                        "ipv6.nxt",
                        "ipv6.hlim",
                        "ipv6.src",
                        "ipv6.dst",
                        "ipv6.flow",
                        "icmp.type",
                        "icmp.code",
                        "icmp.checksum",
                        "icmp.mtu",
                        "icmpv6.type",
                        "icmpv6.code",
                        "tcp.srcport",
                        "tcp.dstport",
                        "tcp.seq_raw",
                        "tcp.ack_raw",
                        "tcp.hdr_len",
                        "tcp.flags",
                        "tcp.flags.syn",
                        "tcp.flags.ack",
                        "tcp.flags.fin",
                        "tcp.flags.reset",
                        "tcp.flags.push",
                        "tcp.window_size_value",
                        "tcp.checksum",
                        "tcp.urgent_pointer",
                        "tcp.options.mss_val",
                        "tcp.options.wscale.shift",
                        "tcp.options.timestamp.tsval",
                        "tcp.options.timestamp.tsecr",
                        "udp.srcport",
                        "udp.dstport",
                        "udp.length",
                        "udp.checksum",
                        "dns.id",
                        "dns.flags",
                        "dns.flags.rcode",
                        "dns.qry.name",
                        "dns.qry.type",
                        "dns.resp.name",
                        "dns.a",
                        "http.request.method",
                        "http.request.uri",
                        "http.host",
                        "http.response.code")
                .contains(field.name());
    }
}
