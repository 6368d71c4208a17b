package phalanx.capture.remote;

import java.net.InetSocketAddress;

/** Filters that leave out the line that the capture itself travels on: else each packet of it would bring another one. Any thread. */
final class OwnLine {
    private OwnLine() {}

    /** @param seen {@code SSH_CONNECTION}: client, its port, server, its port */
    static String bySsh(String seen, String filter) {
        if (!seen.matches("[0-9A-Fa-f:.]+ \\d{1,5} [0-9A-Fa-f:.]+ \\d{1,5}")) {
            throw new IllegalArgumentException("it does not say how it is connected");
        }
        String[] part = seen.split(" ", -1);
        return without(
                "tcp and host %s and port %s and host %s and port %s".formatted(part[0], part[1], part[2], part[3]),
                filter);
    }

    /** @param listener the side that was connected to, whose port stays the same when the line is made again */
    static String to(InetSocketAddress listener, String filter) {
        String address = listener.getAddress().getHostAddress().replaceFirst("%.*", "");
        return without("tcp and host %s and port %d".formatted(address, listener.getPort()), filter);
    }

    private static String without(String own, String filter) {
        String others = "not (" + own + ")";
        return filter.isBlank()
                ? others
                : others + " and (" + filter + ")"; // first, for "vlan" moves what comes after it
    }
}
