package phalanx.proxy.guard.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import phalanx.proxy.http.Exchange;

/** A zone at work: one time for each key. Keys beyond what it keeps push out those not seen for longest. Any thread. */
public final class RateZone {
    private static final Duration KEPT = Duration.ofHours(1);

    private final LimitZone settings;
    private final Cache<Object, AtomicLong> due;
    private final LongAdder passed = new LongAdder();
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

    /** Requests that it did not. */
    public long refused() {
        return refused.sum();
    }

    /** 0 to let a request pass, else the nanoseconds after which it may be tried again. @param ahead requests that may come early */
    long take(Exchange exchange, int ahead) {
        Object key = settings.key().of(exchange);
        if (key == null) {
            return 0;
        }
        long interval = settings.intervalNanos();
        long most = ahead > KEPT.toNanos() / interval ? KEPT.toNanos() : interval * ahead;
        long wait = CellRate.take(due.get(key, _ -> new AtomicLong()), System.nanoTime(), interval, most);
        (wait == 0 ? passed : refused).increment();
        return wait;
    }
}
