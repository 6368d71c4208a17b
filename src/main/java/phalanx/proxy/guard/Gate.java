package phalanx.proxy.guard;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.guard.client.ClientNetwork;
import phalanx.proxy.guard.client.Floods;
import phalanx.proxy.guard.client.GuardLog;
import phalanx.proxy.guard.client.Limit;
import phalanx.proxy.guard.client.RateLimits;
import phalanx.proxy.guard.client.RateZones;
import phalanx.proxy.guard.client.Reputation;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.Failure;
import phalanx.proxy.http.FieldName;

/** The guard of a {@code server} block at work: bans, limits, floods. Any thread; an exchange is judged on its event loop. */
public final class Gate {
    private static final int FLOOD_POINTS = 5;

    private final GuardSettings settings;
    private final Shared shared;
    private final Reputation.Strikes strikes;
    private final RateLimits limits;
    private final @Nullable Probing probing;

    /** What all servers of a proxy share. */
    public record Shared(Reputation reputation, RateZones zones, Floods floods, GuardLog log) {}

    public Gate(GuardSettings settings, Shared shared) {
        this.settings = settings;
        this.shared = shared;
        this.strikes = shared.reputation().strikes(settings);
        this.limits = limits(settings.limits());
        this.probing = settings.probeShare() == 0 ? null : new Probing(settings.probeShare(), strikes);
    }

    /** Who is told of clients that attack. */
    public Reputation.Strikes strikes() {
        return strikes;
    }

    /** Limits of a route, at work. */
    public RateLimits limits(List<Limit> of) {
        return new RateLimits(of, shared.zones(), this::refused);
    }

    private void refused(InetAddress client, long interval) {
        if (shared.floods().refused(ClientNetwork.of(client), interval)) {
            shared.log().add(GuardLog.Kind.FLOOD, ClientNetwork.of(client), 0, "far above its limit");
            if (settings.dropFloods()) {
                strikes.strike(client, "flood", FLOOD_POINTS);
            }
        }
    }

    /** Whether a connection is taken; where floods are not dropped, every one is. */
    public boolean admits(InetAddress peer) {
        return !settings.dropFloods()
                || settings.allows(peer)
                || shared.reputation().bannedFor(peer) == 0 && !shared.floods().floods(ClientNetwork.of(peer));
    }

    /** Whether a request is refused for who sends it; then it has been answered. */
    public boolean refuses(Exchange exchange) {
        InetAddress client = exchange.clientAddress().getAddress();
        long banned = shared.reputation().bannedFor(client);
        if (banned == 0 || settings.allows(client)) {
            return limits.take(exchange) == RateLimits.REFUSED;
        }
        String seconds = Long.toString((banned + 999) / 1000);
        exchange.guard("refused: banned for " + seconds + " s");
        exchange.editResponse(head -> head.fields().set(FieldName.RETRY_AFTER, seconds));
        exchange.failed(Failure.BANNED);
        return true;
    }

    /** Sees how an inspected request ends. */
    public void watch(Exchange exchange) {
        if (probing != null) {
            probing.watch(exchange);
        }
    }
}
