package phalanx.proxy.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.time.Duration;
import phalanx.proxy.guard.client.ClientNetwork;
import phalanx.proxy.guard.client.Reputation;
import phalanx.proxy.guard.inspect.Waf;
import phalanx.proxy.http.Exchange;

/**
 * Clients that try paths to see what there is: of each twenty requests, how many met 404 or 403. Who asks for the same few again and again
 * is no such client; where several clients miss at once, the site is what is wrong, and nobody is struck. What other sites have a browser
 * ask (W3C Fetch Metadata, Sec-Fetch-Site) says little of who uses it: one miss in ten counts, for anybody can say so. Any thread.
 */
final class Probing {
    private static final int MOST = 100_000;
    private static final int REQUESTS = 20;
    private static final int PATHS = 8;
    private static final int POINTS = 5;
    /** Of so many misses that other sites had a browser make, one counts. */
    private static final int ONE_OF = 10;

    /** So many others that miss as much, in so many milliseconds, show that it is not them. */
    private static final int OTHERS = 3;

    private static final long TOGETHER = 60_000;

    private final int percent;
    private final Reputation.Strikes strikes;
    private final Cache<InetAddress, Count> counts = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();

    /** Who missed so much last, and when. Guarded by this. */
    private final InetAddress[] last = new InetAddress[OTHERS];

    private final long[] lastAt = new long[OTHERS];
    private int next;

    /** The requests of a client since they were judged last. Guarded by itself. */
    private static final class Count {
        private int requests;
        private int missed;
        /** All that other sites had it miss, counted or not. */
        private int forOthers;
        /** A bit for each path that was missed, as its hash has it. */
        private long paths;
    }

    /** @param percent of requests that may meet 404 or 403 */
    Probing(int percent, Reputation.Strikes strikes) {
        this.percent = percent;
        this.strikes = strikes;
    }

    /** Counts a request once it is over. */
    void watch(Exchange exchange) {
        exchange.whenOver(this::over);
    }

    private void over(Exchange exchange) {
        InetAddress client = exchange.clientAddress().getAddress();
        boolean missed = exchange.status() == 404 || exchange.status() == 403;
        boolean forAnother = missed && Waf.forAnotherSite(exchange);
        InetAddress network = ClientNetwork.of(client);
        if (probes(network, missed, forAnother, exchange.request().path())
                && alone(network, System.currentTimeMillis())) {
            strikes.strike(client, "probing", POINTS);
        }
    }

    /** Whether few others miss as much at the time. */
    private synchronized boolean alone(InetAddress network, long now) {
        int others = 0;
        boolean known = false;
        for (int i = 0; i < OTHERS; i++) {
            if (network.equals(last[i])) {
                known = true;
                lastAt[i] = now;
            }
            others += last[i] != null && !network.equals(last[i]) && now - lastAt[i] < TOGETHER ? 1 : 0;
        }
        if (!known) {
            last[next] = network;
            lastAt[next] = now;
            next = (next + 1) % OTHERS;
        }
        return others < OTHERS - 1;
    }

    private boolean probes(InetAddress network, boolean missed, boolean forAnother, String path) {
        Count count = counts.get(network, _ -> new Count());
        synchronized (count) {
            if (forAnother && ++count.forOthers % ONE_OF != 0) {
                return false;
            }
            count.requests++;
            if (missed) {
                count.missed++;
                count.paths |= 1L << (path.hashCode() * 0x9E3779B9 >>> 26);
            }
            if (count.requests < REQUESTS) {
                return false;
            }
            boolean probes = count.missed * 100 > percent * REQUESTS && Long.bitCount(count.paths) >= PATHS;
            count.requests = 0;
            count.missed = 0;
            count.paths = 0;
            return probes;
        }
    }
}
