package phalanx.show;

import java.util.Map;
import phalanx.net.Endpoint;
import phalanx.net.IpAddress;
import phalanx.telemetry.ServiceName;
import phalanx.telemetry.Telemetry;

/**
 * What hosts are called by what was imported: {@code shop/cart-7d9} where a cluster has a name for an address, else the address. Immutable,
 * any thread.
 */
public final class HostNames {
    /** All hosts are called by their addresses. */
    public static final HostNames NONE = new HostNames(Map.of());

    private final Map<IpAddress, ServiceName> names;

    private HostNames(Map<IpAddress, ServiceName> names) {
        this.names = names;
    }

    /** Looks at all names once. */
    public static HostNames of(Telemetry telemetry) {
        return telemetry.names().isEmpty() ? NONE : new HostNames(telemetry.byAddress());
    }

    /** Whether both call all hosts the same. */
    public boolean same(HostNames other) {
        return names.equals(other.names);
    }

    /** Whether somebody has a name for an address. */
    public boolean knows(IpAddress address) {
        return names.containsKey(address);
    }

    /** {@code shop/cart-7d9}. */
    public String of(IpAddress address) {
        ServiceName name = names.get(address);
        return name == null ? address.toString() : name.shown();
    }

    /** {@code shop/cart-7d9:8080}. */
    public String of(Endpoint endpoint) {
        ServiceName name = names.get(endpoint.address());
        return name == null ? endpoint.toString() : name.shown() + ":" + endpoint.port();
    }
}
