package phalanx.proxy.route;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import phalanx.config.HostPort;

/**
 * One server of an upstream: where it is, how much it is given, how it does. Any thread; kept over a reload, so that what was learned
 * about it is not forgotten.
 */
public final class Server {
    private final HostPort name;
    private final InetSocketAddress address;
    private final Health health = new Health();
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final LatencyEstimate latency = new LatencyEstimate();
    private volatile int weight;
    private volatile int mostActive;
    private volatile boolean backup;
    private volatile boolean downByConfiguration;

    /** @param address resolved */
    public Server(HostPort name, InetSocketAddress address, int weight, int mostActive, boolean backup) {
        this.name = name;
        this.address = address;
        settings(weight, mostActive, backup);
    }

    /** Takes settings over. */
    public final void settings(int newWeight, int newMostActive, boolean newBackup) {
        weight = newWeight;
        mostActive = newMostActive;
        backup = newBackup;
    }

    /** As the configuration or discovery names it. */
    public HostPort name() {
        return name;
    }

    public InetSocketAddress address() {
        return address;
    }

    public Health health() {
        return health;
    }

    /** Its share of requests against the others': at least 0. */
    public int weight() {
        return weight;
    }

    public void weight(int share) {
        weight = share;
    }

    /** Exchanges it serves now. */
    public int active() {
        return active.get();
    }

    /** Exchanges it may serve at once, 0 for no limit. */
    public int mostActive() {
        return mostActive;
    }

    /** What {@code down} in the configuration said last. */
    boolean downByConfiguration() {
        return downByConfiguration;
    }

    void downByConfiguration(boolean down) {
        downByConfiguration = down;
    }

    /** Whether it serves only when all others are down. */
    public boolean backup() {
        return backup;
    }

    public long requests() {
        return requests.get();
    }

    /** Exchanges that failed on its side, answers of 5xx included. */
    public long failures() {
        return failures.get();
    }

    /** How long it takes to its first octet, smoothed. */
    public LatencyEstimate latency() {
        return latency;
    }

    /** Takes one of its places, if one is free. */
    boolean acquire() {
        int most = mostActive;
        if (most == 0) {
            active.incrementAndGet();
            return true;
        }
        while (true) {
            int now = active.get();
            if (now >= most) {
                return false;
            }
            if (active.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    /** Gives a place back. */
    public void release() {
        active.decrementAndGet();
    }

    /** Counts what it was asked. */
    public void count(boolean failed) {
        requests.incrementAndGet();
        if (failed) {
            failures.incrementAndGet();
        }
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
