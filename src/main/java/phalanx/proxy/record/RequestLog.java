package phalanx.proxy.record;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import phalanx.proxy.http.Exchange;

/**
 * The last requests, in a ring for each event loop: older ones are overwritten, and how many there were is told. Noting one allocates
 * nothing: records kept for a while are what makes garbage collection pause. Any thread reads; an exchange is noted on its loop.
 */
public final class RequestLog {
    private final RequestRing[] rings;

    /** @param size requests kept for each event loop */
    public RequestLog(int loops, int size) {
        rings = new RequestRing[loops];
        for (int i = 0; i < loops; i++) {
            rings[i] = new RequestRing(size);
        }
    }

    /** Notes an exchange that is over. */
    public void add(Exchange exchange) {
        rings[exchange.worker().index()].add(exchange);
    }

    /** Requests noted so far, those overwritten since included. */
    public long count() {
        long count = 0;
        for (RequestRing ring : rings) {
            count += ring.count();
        }
        return count;
    }

    /** The newest ones, the newest first. */
    public List<RequestRecord> newest(int most) {
        List<RequestRecord> found = new ArrayList<>();
        for (RequestRing ring : rings) {
            ring.newest(most, found);
        }
        found.sort(Comparator.comparingLong(RequestRecord::endNanos).reversed());
        return found.size() > most ? List.copyOf(found.subList(0, most)) : found;
    }
}
