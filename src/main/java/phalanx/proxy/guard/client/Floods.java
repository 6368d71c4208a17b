package phalanx.proxy.guard.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that are far above their limit: those that were refused nine times as often as they may come, for ten seconds or so. They count as
 * such for ten seconds, and again if they go on. Any thread.
 */
public final class Floods {
    private static final int MOST = 100_000;
    private static final int TIMES = 9;
    private static final int FEWEST = 20;
    private static final long LONG = TimeUnit.SECONDS.toNanos(10);

    private final Cache<InetAddress, Count> counts = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();

    private static final class Count {
        private final AtomicLong due = new AtomicLong();
        private volatile long until;

        boolean floods(long now) {
            return until != 0 && until - now > 0;
        }
    }

    /** A client was refused. @param interval nanoseconds between two requests that it may send  @return whether it floods from now on */
    public boolean refused(InetAddress network, long interval) {
        Count count = counts.get(network, _ -> new Count());
        long now = System.nanoTime();
        long between = Math.max(1, interval / TIMES);
        if (count.floods(now) || CellRate.take(count.due, now, between, Math.max(LONG, FEWEST * between)) <= 0) {
            return false;
        }
        count.until = now + LONG;
        return true;
    }

    /** Whether a client is far above its limit. */
    public boolean floods(InetAddress network) {
        Count count = counts.getIfPresent(network);
        return count != null && count.floods(System.nanoTime());
    }
}
