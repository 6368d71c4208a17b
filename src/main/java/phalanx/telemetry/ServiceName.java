package phalanx.telemetry;

import phalanx.net.IpAddress;

/**
 * Who stands behind an address. Any thread.
 *
 * @param space its namespace, empty where there is none
 * @param service which one it is a part of, empty for a node
 */
public record ServiceName(IpAddress address, Kind kind, String space, String name, String service) {
    /** What has the address; the first is the most telling one. */
    public enum Kind {
        POD("pod"),
        SERVICE("service"),
        NODE("node");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** {@code shop/cart-7d9}. */
    public String shown() {
        return space.isEmpty() ? name : space + "/" + name;
    }
}
