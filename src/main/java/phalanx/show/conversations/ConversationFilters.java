package phalanx.show.conversations;

import java.util.Optional;
import java.util.stream.Collectors;
import phalanx.decode.filter.DisplayFilter;
import phalanx.net.Endpoint;
import phalanx.net.IpAddress;
import phalanx.net.Transport;
import phalanx.stitch.Conversation;

/** What rows mean in the language of {@link DisplayFilter}. Any thread. */
final class ConversationFilters {
    private ConversationFilters() {}

    /** Frames of which the same can be said as of the row in that column; empty where no field says it. */
    static Optional<String> of(ConversationColumn column, ConversationRow row) {
        Conversation conversation = row.conversation();
        return switch (column) {
            case CLIENT -> Optional.of(endpoint(conversation.transport(), conversation.client()));
            case SERVER -> Optional.of(endpoint(conversation.transport(), conversation.server()));
            case CLIENT_ADDRESS -> Optional.of(address(conversation.client().address()));
            case SERVER_ADDRESS -> Optional.of(address(conversation.server().address()));
            case CLIENT_PORT ->
                port(conversation.transport(), conversation.client().port());
            case SERVER_PORT ->
                port(conversation.transport(), conversation.server().port());
            case PROTOCOL -> protocol(conversation);
            case ID, PATH, NAT -> Optional.of(of(conversation));
            case APPLICATION -> application(row);
            case VLAN -> vlan(row);
            default -> Optional.empty();
        };
    }

    /** The frames of one conversation, by whatever addresses a point saw it under. */
    static String of(Conversation conversation) {
        return conversation.legs().stream()
                .map(leg -> pair(conversation.transport(), leg.client(), leg.server()))
                .distinct()
                .collect(Collectors.joining(" or "));
    }

    private static String pair(Transport transport, Endpoint client, Endpoint server) {
        return "(" + endpoint(transport, client) + " and " + endpoint(transport, server) + ")";
    }

    private static String endpoint(Transport transport, Endpoint endpoint) {
        return address(endpoint.address())
                + port(transport, endpoint.port()).map(port -> " and " + port).orElse("");
    }

    private static String address(IpAddress address) {
        return (address.version() == 6 ? "ipv6.addr == " : "ip.addr == ") + address;
    }

    private static Optional<String> port(Transport transport, int port) {
        return switch (transport) {
            case TCP -> Optional.of("tcp.port == " + port);
            case UDP -> Optional.of("udp.port == " + port);
            case ICMP, OTHER -> Optional.empty();
        };
    }

    private static Optional<String> protocol(Conversation conversation) {
        return switch (conversation.transport()) {
            case TCP -> Optional.of("tcp");
            case UDP -> Optional.of("udp");
            case ICMP -> Optional.of(conversation.client().address().version() == 6 ? "icmpv6" : "icmp");
            case OTHER -> Optional.empty();
        };
    }

    private static Optional<String> application(ConversationRow row) {
        if (row.detail() == null || row.detail().headers().application() == null) {
            return Optional.empty();
        }
        return switch (row.detail().headers().application()) {
            case TLS -> Optional.of("tls");
            case HTTP -> Optional.of("http");
            case DNS -> Optional.of("dns");
            case QUIC -> Optional.of("quic");
            case HTTP2, SSH, SMB -> Optional.empty();
        };
    }

    private static Optional<String> vlan(ConversationRow row) {
        return row.detail() == null || row.detail().headers().vlans().length == 0
                ? Optional.empty()
                : Optional.of("vlan.id == " + row.detail().headers().vlans()[0]);
    }

    /** The opposite. */
    static String not(String filter) {
        return "not (" + filter + ")";
    }

    /** Both, or the second alone where nothing is filtered yet. */
    static String and(String present, String more) {
        return present.isEmpty() ? more : "(" + present + ") and (" + more + ")";
    }

    /** Either, or the second alone where nothing is filtered yet. */
    static String or(String present, String more) {
        return present.isEmpty() ? more : "(" + present + ") or (" + more + ")";
    }
}
