package phalanx.dissect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A frame as one line of a packet list. Any thread.
 *
 * @param source and {@code destination} addresses of the innermost packet, or of the frame
 * @param protocol short name of the innermost protocol
 * @param info what it says
 */
public record FrameSummary(String source, String destination, String protocol, String info) {
    public static FrameSummary of(Dissection of) {
        String source = last(of, "ip.src", "ipv6.src", "arp.src.proto_ipv4", "eth.src", "sll.src.eth");
        String destination = last(of, "ip.dst", "ipv6.dst", "arp.dst.proto_ipv4", "eth.dst");
        List<FieldNode> told = of.layers().stream()
                .filter(layer -> !layer.name().isEmpty() && !layer.name().equals("frame"))
                .toList();
        if (told.isEmpty()) {
            return new FrameSummary(source, destination, "", "");
        }
        FieldNode inner = told.getLast();
        if (inner.name().equals("data") && told.size() > 1) {
            inner = told.get(told.size() - 2);
        }
        return new FrameSummary(source, destination, protocol(inner), info(of, inner));
    }

    /** Of the innermost header that has one of them, by the names' order. */
    private static String last(Dissection of, String... names) {
        for (String name : names) {
            for (FieldNode layer : of.layers().reversed()) {
                for (FieldNode field : layer.children()) {
                    if (field.name().equals(name)) {
                        return field.value();
                    }
                }
            }
        }
        return "";
    }

    private static String protocol(FieldNode layer) {
        return switch (layer.name()) {
            case "eth" -> "Ethernet";
            case "ip" -> "IPv4";
            case "ipv6" -> "IPv6";
            case "icmpv6" -> "ICMPv6";
            case "http2" -> "HTTP2";
            default -> layer.name().toUpperCase(Locale.ROOT);
        };
    }

    private static String info(Dissection of, FieldNode layer) {
        return switch (layer.name()) {
            case "tls" -> records(layer);
            case "arp" ->
                "%s: who has %s, tell %s"
                        .formatted(layer.value(), last(of, "arp.dst.proto_ipv4"), last(of, "arp.src.proto_ipv4"));
            default -> layer.value();
        };
    }

    /** {@code Client Hello, SNI example.com}: the messages, of encrypted records their kind. */
    private static String records(FieldNode tls) {
        List<String> told = new ArrayList<>();
        for (FieldNode record : tls.children()) {
            List<String> messages = record.children().stream()
                    .filter(message -> message.name().equals("tls.handshake"))
                    .map(message -> message.value().isEmpty()
                            ? message.label()
                            : message.label() + " (" + message.value() + ")")
                    .toList();
            told.addAll(
                    messages.isEmpty() && record.name().equals("tls.record")
                            ? List.of(record.label().replace(" record", ""))
                            : messages);
        }
        return String.join(", ", told.stream().distinct().toList());
    }
}
