package phalanx.net;

/**
 * One side of a flow.
 *
 * @param port 0..65535; 0 where the protocol has none
 */
public record Endpoint(IpAddress address, int port) {
    public Endpoint {
        if (port < 0 || port > 0xFFFF) {
            throw new IllegalArgumentException("port " + port);
        }
    }

    /** {@code 10.0.0.1:80}, {@code [2001:db8::1]:80}, or the bare address when there is no port. */
    @Override
    public String toString() {
        if (port == 0) {
            return address.toString();
        }
        return address.version() == 6 ? "[" + address + "]:" + port : address + ":" + port;
    }
}
