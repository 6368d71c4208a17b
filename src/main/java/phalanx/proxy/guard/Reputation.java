package phalanx.proxy.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What clients have done, by address (IPv6 by /64, RFC 6177: one customer has at least that): strikes with their reasons, which halve every
 * ten minutes, and bans with their ends. Addresses beyond a hundred thousand push out those not heard of for longest. Any thread.
 */
public final class Reputation {
    private static final int MOST = 100_000;
    private static final Duration HALF_LIFE = Duration.ofMinutes(10);
    private static final int NETWORK_OCTETS = 8;

    private final Clock clock;
    private final Cache<InetAddress, Standing> standings =
            Caffeine.newBuilder().maximumSize(MOST).build();
    private final AtomicInteger banned = new AtomicInteger();
    private volatile boolean changed;

    /** How a client stands. Guarded by itself. */
    private static final class Standing {
        private double points;
        private long at;
        private long bannedUntil;
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
        /** The address, {@code /64} behind it for IPv6. */
        public String text() {
            return NetUtil.toAddressString(network) + (network instanceof Inet6Address ? "/64" : "");
        }
    }

    /** Told of clients that do what they should not. */
    public interface Strikes {
        /** @param reason what was done, in a word */
        void strike(InetAddress client, String reason, int points);
    }

    /** Strikes by the rules of a {@code server} block. */
    public Strikes strikes(GuardSettings settings) {
        return (client, reason, points) -> {
            if (!settings.allows(client)) {
                strike(client, reason, points, settings.banThreshold(), settings.banDuration());
            }
        };
    }

    public Reputation(Clock clock) {
        this.clock = clock;
    }

    private static InetAddress network(InetAddress client) {
        if (!(client instanceof Inet6Address)) {
            return client;
        }
        byte[] octets = client.getAddress();
        Arrays.fill(octets, NETWORK_OCTETS, octets.length, (byte) 0);
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException _) {
            return client; // of 16 octets: never
        }
    }

    /** Milliseconds for which a client is still banned, 0 when it is not. */
    public long bannedFor(InetAddress client) {
        if (banned.get() == 0) {
            return 0;
        }
        Standing standing = standings.getIfPresent(network(client));
        if (standing == null) {
            return 0;
        }
        synchronized (standing) {
            long left = standing.bannedUntil - clock.millis();
            if (standing.bannedUntil > 0 && left <= 0) {
                standing.bannedUntil = 0;
                standing.points = 0;
                banned.decrementAndGet();
                changed = true;
            }
            return Math.max(0, left);
        }
    }

    /** Notes what a client did; bans it for a time when its points are above a number. */
    public void strike(InetAddress client, String reason, int points, int threshold, Duration banDuration) {
        Standing standing = standings.get(network(client), _ -> new Standing());
        long now = clock.millis();
        synchronized (standing) {
            standing.points =
                    standing.points * Math.pow(0.5, (double) (now - standing.at) / HALF_LIFE.toMillis()) + points;
            standing.at = now;
            standing.reasons.merge(reason, 1, Integer::sum);
            if (standing.points > threshold && standing.bannedUntil <= now) {
                banned.addAndGet(standing.bannedUntil == 0 ? 1 : 0);
                standing.bannedUntil = now + banDuration.toMillis();
                changed = true;
            }
        }
    }

    /** Who is banned now, the longest first. */
    public List<Ban> bans() {
        List<Ban> bans = new ArrayList<>();
        long now = clock.millis();
        standings.asMap().forEach((network, standing) -> {
            synchronized (standing) {
                if (standing.bannedUntil > now) {
                    bans.add(new Ban(network, standing.bannedUntil, Map.copyOf(standing.reasons)));
                }
            }
        });
        bans.sort(Comparator.comparingLong(Ban::until).reversed());
        return bans;
    }

    /** Lifts a ban and forgets what led to it; false when the address is not banned. */
    public boolean lift(InetAddress client) {
        InetAddress network = network(client);
        if (bannedFor(client) == 0) {
            return false;
        }
        standings.invalidate(network);
        banned.decrementAndGet();
        changed = true;
        return true;
    }

    // Across restarts.

    /** Writes the bans to a file when they have changed since. One thread at a time. */
    public void save(Path file) throws IOException {
        if (!changed) {
            return;
        }
        changed = false;
        StringBuilder text = new StringBuilder();
        for (Ban ban : bans()) {
            text.append(NetUtil.toAddressString(ban.network())).append(' ').append(ban.until());
            ban.reasons()
                    .forEach((reason, times) ->
                            text.append(' ').append(reason).append('=').append(times));
            text.append('\n');
        }
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(next, text, StandardCharsets.UTF_8);
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            changed = true;
            throw e;
        }
    }

    /** Reads the bans that a file holds; lines that are none are passed over. */
    public void load(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            String[] words = line.split(" ", -1);
            @Nullable
            InetAddress address = words.length < 2 ? null : address(words[0]).orElse(null);
            if (address == null || !words[1].matches("[0-9]{1,18}") || Long.parseLong(words[1]) <= clock.millis()) {
                continue;
            }
            Standing standing = new Standing();
            standing.bannedUntil = Long.parseLong(words[1]);
            for (int i = 2; i < words.length; i++) {
                int equals = words[i].lastIndexOf('=');
                if (equals > 0 && words[i].substring(equals + 1).matches("[0-9]{1,9}")) {
                    standing.reasons.put(
                            words[i].substring(0, equals), Integer.parseInt(words[i].substring(equals + 1)));
                }
            }
            standings.put(network(address), standing);
            banned.incrementAndGet();
        }
    }

    /** An address without a name's look-up; {@code /64} behind it is passed over. */
    public static Optional<InetAddress> address(String text) {
        int slash = text.indexOf('/');
        byte[] octets = NetUtil.createByteArrayFromIpAddressString(slash < 0 ? text : text.substring(0, slash));
        try {
            return octets == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(octets));
        } catch (UnknownHostException _) {
            return Optional.empty();
        }
    }
}
