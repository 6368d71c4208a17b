package phalanx.proxy.guard.client;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.Failure;
import phalanx.proxy.http.FieldName;

/** The limits that hold at a place, at work. Any thread; an exchange is counted on its event loop. */
public final class RateLimits {
    /** A request is one too many. */
    public static final long REFUSED = -1;

    private final List<Counted> limits;
    private final Flooding flooding;

    /** Told of clients that are refused by their own limit. */
    public interface Flooding {
        /** @param interval nanoseconds between two requests that the client may send */
        void refused(InetAddress client, long interval);
    }

    private record Counted(RateZone zone, int ahead, int free, String says) {}

    public RateLimits(List<Limit> limits, RateZones zones, Flooding flooding) {
        this.flooding = flooding;
        this.limits = limits.stream()
                .map(limit -> new Counted(
                        zones.of(limit.zone()),
                        limit.ahead(),
                        limit.free(),
                        "over the rate of " + limit.zone().name()))
                .toList();
    }

    /** Nanoseconds for which a request is to be held back, or {@link #REFUSED}: then it has been answered. */
    public long take(Exchange exchange) {
        if (limits.size() > 1) { // what one refuses is counted by no other, as in nginx
            for (Counted limit : limits) {
                long wait = limit.zone().early(exchange, limit.ahead());
                if (wait > 0) {
                    refuse(exchange, limit, wait);
                    return REFUSED;
                }
            }
        }
        long longest = 0;
        for (Counted limit : limits) {
            long wait = limit.zone().take(exchange, limit.ahead(), limit.free());
            if (wait > 0) {
                refuse(exchange, limit, wait);
                return REFUSED;
            }
            if (-wait > longest) {
                longest = -wait;
                exchange.guard("held back for " + (longest + 999_999) / 1_000_000 + " ms: " + limit.says());
            }
        }
        return longest;
    }

    private void refuse(Exchange exchange, Counted limit, long wait) {
        LimitZone zone = limit.zone().settings();
        if (zone.key().equals(LimitZone.Key.ADDRESS)) {
            flooding.refused(exchange.clientAddress().getAddress(), zone.intervalNanos());
        }
        long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(wait + TimeUnit.SECONDS.toNanos(1) - 1));
        exchange.guard("refused: " + limit.says());
        exchange.editResponse(head -> head.fields().set(FieldName.RETRY_AFTER, Long.toString(seconds)));
        exchange.failed(Failure.denied(429, "There are more requests than the limit allows."));
    }
}
