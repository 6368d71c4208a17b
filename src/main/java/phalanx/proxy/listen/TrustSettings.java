package phalanx.proxy.listen;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phalanx.config.Directive;
import phalanx.config.Section;
import phalanx.config.Word;
import phalanx.proxy.http.ClientConnection;
import phalanx.proxy.http.FieldName;
import phalanx.proxy.http.Fields;

/**
 * Whose word counts for whom a request comes from. Any thread.
 *
 * @param trusted proxies before us; what others say of clients is passed on but not believed
 * @param header which field names the client
 */
public record TrustSettings(List<AddressRange> trusted, Header header) {
    /** The fields. */
    public enum Header {
        X_FORWARDED_FOR,
        X_REAL_IP,
        FORWARDED
    }

    private static final Directive FROM = Directive.of(
            "http server",
            "set_real_ip_from ADDRESS[/BITS]...",
            "",
            "Proxies before this one that are believed about clients, in fields and in PROXY headers.");
    private static final Directive HEADER = Directive.of(
            "http server",
            "real_ip_header NAME",
            "X-Forwarded-For",
            "The field that names the client: X-Forwarded-For, X-Real-IP or Forwarded.");

    public static final List<Directive> DIRECTIVES = List.of(FROM, HEADER);

    /** Reads them from a {@code server} block. */
    public static TrustSettings from(Section section) {
        List<AddressRange> ranges = section.nearest(FROM).stream()
                .flatMap(node -> node.arguments().stream())
                .mapMulti((Word word, Consumer<AddressRange> out) -> section.read(
                                FROM, word, "an address, with its bits or without", AddressRange::read)
                        .ifPresent(out))
                .toList();
        Header header = section.choice(
                        HEADER,
                        Map.of(
                                "X-Forwarded-For", Header.X_FORWARDED_FOR,
                                "X-Real-IP", Header.X_REAL_IP,
                                "Forwarded", Header.FORWARDED))
                .orElse(Header.X_FORWARDED_FOR);
        return new TrustSettings(ranges, header);
    }

    /** Whether an address is one of the trusted proxies'. */
    public boolean trusts(InetAddress address) {
        for (AddressRange range : trusted) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** Who asks: the last address named that is not a trusted proxy's, as far as trusted proxies vouch for it. */
    public InetSocketAddress client(ClientConnection connection, Fields fields) {
        InetSocketAddress client = connection.client();
        if (trusted.isEmpty() || !trusts(client.getAddress())) {
            return client;
        }
        String named = switch (header) {
            case X_FORWARDED_FOR -> fields.joined(FieldName.X_FORWARDED_FOR);
            case X_REAL_IP -> fields.joined(FieldName.X_REAL_IP);
            case FORWARDED -> fields.joined(FieldName.FORWARDED);
        };
        if (named == null) {
            return client;
        }
        String[] hops = named.split(",", -1);
        for (int i = hops.length - 1; i >= 0 && trusts(client.getAddress()); i--) {
            InetAddress hop = address(header == Header.FORWARDED ? forwardedFor(hops[i]) : hops[i].strip());
            if (hop == null) { // what cannot be read ends what can be believed
                break;
            }
            client = new InetSocketAddress(hop, 0);
        }
        return client;
    }

    private static String forwardedFor(String element) {
        for (String pair : element.split(";", -1)) {
            String[] sides = pair.strip().split("=", 2);
            if (sides.length == 2 && sides[0].equalsIgnoreCase("for")) {
                return sides[1].replace("\"", "");
            }
        }
        return "";
    }

    private static @Nullable InetAddress address(String text) {
        String bare = text;
        if (bare.startsWith("[") && bare.indexOf(']') > 0) {
            bare = bare.substring(1, bare.indexOf(']'));
        } else if (bare.indexOf(':') > 0 && bare.indexOf(':') == bare.lastIndexOf(':')) {
            bare = bare.substring(0, bare.indexOf(':'));
        }
        byte[] octets = NetUtil.createByteArrayFromIpAddressString(bare);
        try {
            return octets == null ? null : InetAddress.getByAddress(octets);
        } catch (UnknownHostException _) {
            return null;
        }
    }
}
