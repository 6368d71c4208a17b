package phalanx.proxy.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Requests a second of each client address and of all of them (the generic cell rate algorithm, ITU-T I.371: one time for each, moved on
 * by each request). Addresses beyond the cap push out those not seen for longest. Any thread.
 */
public final class RateLimit {
    private static final int MOST_ADDRESSES = 100_000;

    private final Cell perAddress;
    private final Cell global;
    private final AtomicLong globalTime = new AtomicLong();
    private final Cache<InetAddress, AtomicLong> times = Caffeine.newBuilder()
            .maximumSize(MOST_ADDRESSES)
            .expireAfterAccess(1, TimeUnit.HOURS)
            .build();

    public RateLimit(GuardSettings settings) {
        this.perAddress = new Cell(settings.perAddress(), settings.burst());
        this.global = new Cell(settings.global(), Math.max(1, settings.global()));
    }

    /** A rate and how far ahead of it requests may come. */
    private record Cell(long intervalNanos, long aheadNanos) {
        Cell(int perSecond, int burst) {
            this(
                    perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond,
                    perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond * (burst - 1));
        }

        /** 0 to let it pass, else nanoseconds until it would. */
        long take(AtomicLong time, long now) {
            while (true) {
                long due = time.get();
                long from = due == 0 || due - now < 0 ? now : due;
                long wait = from - now - aheadNanos;
                if (wait > 0) {
                    return wait;
                }
                if (time.compareAndSet(due, from + intervalNanos)) {
                    return 0;
                }
            }
        }
    }

    /** 0 to let a request pass, else the seconds after which it may be tried again. */
    public long secondsToWait(InetAddress client) {
        long now = System.nanoTime();
        long wait = 0;
        if (perAddress.intervalNanos() > 0) {
            wait = perAddress.take(times.get(client, _ -> new AtomicLong()), now);
        }
        if (wait == 0 && global.intervalNanos() > 0) {
            wait = global.take(globalTime, now);
        }
        return wait == 0 ? 0 : Math.max(1, (wait + 999_999_999) / 1_000_000_000);
    }
}
