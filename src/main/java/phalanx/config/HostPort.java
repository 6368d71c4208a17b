package phalanx.config;

import java.util.Optional;

/**
 * A place to listen or to connect to. Any thread.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 * @param port 0 to 65535
 */
public record HostPort(String host, int port) {
    /** Where the loopback is meant. */
    public static final String LOOPBACK = "127.0.0.1";

    /** {@code HOST:PORT} or {@code [IPV6]:PORT}; a port alone gets the host given, a host alone the port given unless that is -1. */
    public static Optional<HostPort> read(String text, String host, int port) {
        if (text.matches("[0-9]{1,5}")) {
            return port(text).map(p -> new HostPort(host, p));
        }
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[");
        int closing = bracketed ? text.indexOf(']') : -1;
        if (bracketed && closing < 0 || !bracketed && text.indexOf(':') != colon) {
            return Optional.empty();
        }
        String name = bracketed ? text.substring(1, closing) : colon < 0 ? text : text.substring(0, colon);
        if (name.equals("*")) {
            name = "0.0.0.0";
        }
        if (!name.matches(bracketed ? "[0-9a-fA-F:.%a-z]+" : "[A-Za-z0-9._-]+")) {
            return Optional.empty();
        }
        String shown = name;
        if (colon > closing) {
            if (bracketed && colon != closing + 1) {
                return Optional.empty();
            }
            return port(text.substring(colon + 1)).map(p -> new HostPort(shown, p));
        }
        return port < 0 ? Optional.empty() : Optional.of(new HostPort(shown, port));
    }

    private static Optional<Integer> port(String text) {
        return Values.number(text, 0, 65535).map(Long::intValue);
    }

    @Override
    public String toString() {
        return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
}
