package phalanx.capture.live;

import java.util.List;

/**
 * An interface of this machine that can be captured on. Immutable, any thread.
 *
 * @param name as the operating system calls it
 * @param description empty when it has none
 * @param addresses IPv4 and IPv6, as text
 * @param up whether it is in use
 * @param loopback whether it leads to this machine alone
 * @param octets received and sent since it came up, -1 where the operating system does not say
 */
public record CaptureInterface(
        String name, String description, List<String> addresses, boolean up, boolean loopback, long octets) {
    public CaptureInterface {
        addresses = List.copyOf(addresses);
    }
}
