package phalanx.proxy.guard.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import phalanx.proxy.http.Exchange;

/** A zone at work: one time for each key. Keys beyond what it keeps push out those not seen for longest. Any thread. */
public final class RateZone {
    /** The longest that a burst may be ahead of its rate: 1,440 requests of one a minute. */
    private static final Duration KEPT = Duration.ofDays(1);

    private final LimitZone settings;
    private final Cache<Object, AtomicLong> due;
    private final LongAdder passed = new LongAdder();
    private final LongAdder held = new LongAdder();
    private final LongAdder refused = new LongAdder();

    RateZone(LimitZone settings) {
        this.settings = settings;
        this.due = Caffeine.newBuilder()
                .maximumSize(settings.most())
                .expireAfterAccess(KEPT)
                .build();
    }

    public LimitZone settings() {
        return settings;
    }

    /** Keys that are kept now, about. */
    public long keys() {
        return due.estimatedSize();
    }

    /** Requests that it let pass. */
    public long passed() {
        return passed.sum();
    }

    /** Of those the ones that it held back. */
    public long held() {
        return held.sum();
    }

    /** Requests that it did not. */
    public long refused() {
        return refused.sum();
    }

    /** Nanoseconds after which a request may be tried again if it is refused now, else 0: nothing is counted but the refusal. */
    long early(Exchange exchange, int ahead) {
        Object key = settings.key().of(exchange);
        AtomicLong known = key == null ? null : due.getIfPresent(key);
        if (known == null) {
            return 0;
        }
        long wait = CellRate.early(known, System.nanoTime(), nanos(settings.intervalNanos(), ahead));
        if (wait > 0) {
            refused.increment();
        }
        return Math.max(0, wait);
    }

    /**
     * Takes a request.
     *
     * @param ahead requests that may come early
     * @param free those of them that are not held back
     * @return above 0 to refuse it: nanoseconds after which it may be tried again; below 0 to hold it back for so many; 0 to let it pass
     */
    long take(Exchange exchange, int ahead, int free) {
        Object key = settings.key().of(exchange);
        if (key == null) {
            return 0;
        }
        long interval = settings.intervalNanos();
        long wait =
                CellRate.take(due.get(key, _ -> new AtomicLong()), System.nanoTime(), interval, nanos(interval, ahead));
        if (wait > 0) {
            refused.increment();
            return wait;
        }
        passed.increment();
        long hold = Math.max(0, -wait - nanos(interval, free));
        if (hold > 0) {
            held.increment();
        }
        return -hold;
    }

    private static long nanos(long interval, int requests) {
        return requests > KEPT.toNanos() / interval ? KEPT.toNanos() : interval * requests;
    }
}
