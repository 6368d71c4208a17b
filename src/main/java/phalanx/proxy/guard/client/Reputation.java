package phalanx.proxy.guard.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.guard.GuardSettings;

/**
 * What clients have done, an address or of IPv6 a /64: strikes with their reasons, which halve every ten minutes, and bans with their ends.
 * Of a hundred thousand clients strikes are remembered, of so many bans are kept: beyond, those that end first go. Any thread.
 */
public final class Reputation {
    private static final int MOST = 100_000;
    private static final Duration HALF_LIFE = Duration.ofMinutes(10);
    /** After so long next to nothing is left of any strikes. */
    private static final Duration FORGOTTEN = Duration.ofHours(6);

    private final Clock clock;
    private final GuardLog log;
    private final Cache<InetAddress, Standing> standings =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(FORGOTTEN).build();
    private final Map<InetAddress, Ban> bans = new ConcurrentHashMap<>();
    private final AtomicBoolean changed = new AtomicBoolean();

    /** The strikes of a client. Guarded by itself. */
    private static final class Standing {
        private double points;
        private long at;
        private final Map<String, Integer> reasons = new LinkedHashMap<>();
    }

    /**
     * A client that is banned.
     *
     * @param network its address, for IPv6 the first 64 bits
     * @param until milliseconds since 1970
     * @param reasons what it did and how often
     */
    public record Ban(InetAddress network, long until, Map<String, Integer> reasons) {
        public Ban {
            reasons = Map.copyOf(reasons);
        }

        /** The address, {@code /64} behind it for IPv6. */
        public String text() {
            return ClientNetwork.text(network);
        }
    }

    /** Told of clients that do what they should not. */
    public interface Strikes {
        /** @param reason what was done, in a word */
        void strike(InetAddress client, String reason, double points);
    }

    /** @param log told of bans and their ends */
    public Reputation(Clock clock, GuardLog log) {
        this.clock = clock;
        this.log = log;
    }

    /** Strikes by the rules of a {@code server} block. */
    public Strikes strikes(GuardSettings settings) {
        return (client, reason, points) -> {
            if (!settings.allows(client)) {
                strike(client, reason, points, settings.banThreshold(), settings.banDuration());
            }
        };
    }

    /** Notes what a client did; bans it for a time when its points are above a number. */
    public void strike(InetAddress client, String reason, double points, int threshold, Duration banDuration) {
        InetAddress network = ClientNetwork.of(client);
        Standing standing = standings.get(network, _ -> new Standing());
        long now = clock.millis();
        Map<String, Integer> reasons;
        synchronized (standing) {
            standing.points =
                    standing.points * Math.pow(0.5, (double) (now - standing.at) / HALF_LIFE.toMillis()) + points;
            standing.at = now;
            standing.reasons.merge(reason, 1, Integer::sum);
            if (standing.points <= threshold) {
                return;
            }
            reasons = Map.copyOf(standing.reasons);
        }
        Ban ban = new Ban(network, now + banDuration.toMillis(), reasons);
        if (bannedFor(network) == 0 && bans.putIfAbsent(network, ban) == null) {
            told(ban);
        }
    }

    /**
     * Bans a client from now on, whatever it did before; a ban that holds for longer stays as it is.
     *
     * @param reason in a word
     * @return the ban that holds now
     */
    public Ban ban(InetAddress client, String reason, Duration duration) {
        Ban ban = new Ban(ClientNetwork.of(client), clock.millis() + duration.toMillis(), Map.of(reason, 1));
        Ban holds = bans.merge(ban.network(), ban, (old, wanted) -> old.until() >= wanted.until() ? old : wanted);
        if (holds.equals(ban)) {
            told(ban);
        }
        return holds;
    }

    private void told(Ban ban) {
        changed.set(true);
        if (bans.size() > MOST) {
            makeRoom();
        }
        log.add(
                GuardLog.Kind.BANNED,
                ban.network(),
                0,
                "for " + (ban.until() - clock.millis()) / 1000 + " s: "
                        + String.join(" ", ban.reasons().keySet()));
    }

    private synchronized void makeRoom() {
        if (bans.size() > MOST) {
            bans.values().stream()
                    .sorted(Comparator.comparingLong(Ban::until))
                    .limit(Math.max(MOST / 100, bans.size() - MOST))
                    .toList()
                    .forEach(ban -> forget(ban, GuardLog.Kind.ENDED));
        }
    }

    /** How many are banned. */
    public int count() {
        return bans.size();
    }

    /** Milliseconds for which a client is still banned, 0 when it is not. */
    public long bannedFor(InetAddress client) {
        if (bans.isEmpty()) {
            return 0;
        }
        Ban ban = bans.get(ClientNetwork.of(client));
        if (ban == null) {
            return 0;
        }
        long left = ban.until() - clock.millis();
        if (left <= 0) {
            forget(ban, GuardLog.Kind.ENDED);
        }
        return Math.max(0, left);
    }

    /** What it did is forgotten with the ban. */
    private boolean forget(Ban ban, GuardLog.Kind how) {
        if (!bans.remove(ban.network(), ban)) {
            return false;
        }
        standings.invalidate(ban.network());
        changed.set(true);
        log.add(how, ban.network(), 0, String.join(" ", ban.reasons().keySet()));
        return true;
    }

    /** Ends the bans whose time is over, and tells of it. */
    public void expire() {
        long now = clock.millis();
        for (Ban ban : bans.values()) {
            if (ban.until() <= now) {
                forget(ban, GuardLog.Kind.ENDED);
            }
        }
    }

    /** Who is banned now, the longest first. */
    public List<Ban> bans() {
        expire();
        return bans.values().stream()
                .sorted(Comparator.comparingLong(Ban::until).reversed())
                .toList();
    }

    /** Those of whom it is longest, the longest first: without sorting all. @param most that are wanted */
    public List<Ban> longest(int most) {
        expire();
        PriorityQueue<Ban> chosen = new PriorityQueue<>(Comparator.comparingLong(Ban::until));
        for (Ban ban : bans.values()) {
            if (chosen.size() < most) {
                chosen.add(ban);
            } else if (chosen.element().until() < ban.until()) {
                chosen.remove();
                chosen.add(ban);
            }
        }
        return chosen.stream()
                .sorted(Comparator.comparingLong(Ban::until).reversed())
                .toList();
    }

    /** Lifts a ban and forgets what led to it; false when the address is not banned. */
    public boolean lift(InetAddress client) {
        @Nullable Ban ban = bannedFor(client) == 0 ? null : bans.get(ClientNetwork.of(client));
        return ban != null && forget(ban, GuardLog.Kind.LIFTED);
    }

    /** Lifts one ban, where it is still the one that holds. */
    public boolean lift(Ban ban) {
        return forget(ban, GuardLog.Kind.LIFTED);
    }

    // With a file.

    /** Whether bans have changed since this was asked last. What changes from now on is told of the next time. */
    public boolean changed() {
        return changed.getAndSet(false);
    }

    /** What was to be written was not. */
    public void unsaved() {
        changed.set(true);
    }

    /** Takes bans as a file has them. @param gone those that it had before and has no more: they are lifted */
    public void take(Collection<Ban> read, Set<InetAddress> gone) {
        gone.forEach(this::lift);
        long now = clock.millis();
        read.stream().filter(ban -> ban.until() > now).forEach(ban -> bans.put(ban.network(), ban));
        if (bans.size() > MOST) {
            makeRoom();
        }
        changed.set(true);
    }
}
