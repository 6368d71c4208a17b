package phalanx.show.conversations;

import java.util.Comparator;
import phalanx.net.Endpoint;

/** An endpoint among others: by address as a number, then by port. */
record EndpointOrder(Endpoint endpoint) implements Comparable<EndpointOrder> {
    private static final Comparator<Endpoint> ORDER =
            Comparator.comparing(Endpoint::address).thenComparingInt(Endpoint::port);

    @Override
    public int compareTo(EndpointOrder other) {
        return ORDER.compare(endpoint, other.endpoint);
    }
}
