package phalanx.topology;

import java.util.Set;
import phalanx.net.Endpoint;
import phalanx.net.IpAddress;

/** What stands at a node of a {@link TrafficGraph}. */
public sealed interface Station {
    /** Unique within a graph, the same for the same captures; what the desk's selection names places by. */
    String id();

    /** What is written at it; an end of the path and a capture point have names elsewhere. */
    String label();

    /** Whether it is, or has, the host of that address, or the service. */
    default boolean holds(Endpoint endpoint) {
        return switch (this) {
            case Host(var address) -> address.equals(endpoint.address());
            case Service(var service) -> service.equals(endpoint);
            case Subnet(var prefix) ->
                IpPrefix.of(endpoint.address(), prefix.bits()).equals(prefix);
            case Named(var _, var addresses, var endpoints) ->
                endpoints.contains(endpoint) || addresses.contains(endpoint.address());
            case CapturePoint _, End _ -> false;
        };
    }

    /** @param capture index of the capture point */
    record CapturePoint(int capture) implements Station {
        @Override
        public String id() {
            return "hop-" + capture;
        }

        @Override
        public String label() {
            return id();
        }
    }

    /** All hosts at one end of the path. */
    record End(boolean client) implements Station {
        @Override
        public String id() {
            return client ? "client" : "server";
        }

        @Override
        public String label() {
            return id();
        }
    }

    record Host(IpAddress address) implements Station {
        @Override
        public String id() {
            return "host-" + address;
        }

        @Override
        public String label() {
            return address.toString();
        }
    }

    /** An address and port that is asked. */
    record Service(Endpoint endpoint) implements Station {
        @Override
        public String id() {
            return "service-" + endpoint;
        }

        @Override
        public String label() {
            return endpoint.toString();
        }
    }

    /** A service by its name, wherever it runs. @param endpoints where it is asked, beside the addresses that are its alone */
    record Named(String name, Set<IpAddress> addresses, Set<Endpoint> endpoints) implements Station {
        public Named {
            addresses = Set.copyOf(addresses);
            endpoints = Set.copyOf(endpoints);
        }

        @Override
        public String id() {
            return "named-" + name;
        }

        @Override
        public String label() {
            return name;
        }
    }

    /** Hosts or services, gathered by their address. */
    record Subnet(IpPrefix prefix) implements Station {
        @Override
        public String id() {
            return "subnet-" + prefix;
        }

        @Override
        public String label() {
            return prefix.toString();
        }
    }
}
