package phalanx.explain;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import phalanx.net.Endpoint;
import phalanx.net.IpAddress;
import phalanx.stitch.CapturePoint;
import phalanx.stitch.Conversation;
import phalanx.stitch.Stitched;
import phalanx.telemetry.Event;
import phalanx.telemetry.LabelledSeries;
import phalanx.telemetry.Telemetry;

/** How what other tools recorded joins the captures: by address and time. Immutable, any thread. */
public final class Joined {
    /** Nanoseconds before the captures, and behind them, in which something may still concern them. */
    private static final long BEFORE = 3_600_000_000_000L, BEHIND = 600_000_000_000L;

    private final Set<IpAddress> addresses = new HashSet<>();
    private final Map<Set<Endpoint>, Integer> conversations = new HashMap<>();
    private final long firstNanos;
    private final long lastNanos;

    public Joined(Stitched stitched) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (CapturePoint point : stitched.captures()) {
            var summary = point.capture().summary();
            if (summary.frames() > 0) {
                first = Math.min(first, summary.firstNanos());
                last = Math.max(last, summary.lastNanos());
            }
        }
        firstNanos = first;
        lastNanos = last;
        for (Conversation conversation : stitched.conversations()) {
            for (Conversation.Leg leg : conversation.legs()) {
                conversations.putIfAbsent(pair(leg.client(), leg.server()), conversation.id());
                addresses.add(leg.client().address());
                addresses.add(leg.server().address());
            }
        }
    }

    private static Set<Endpoint> pair(Endpoint one, Endpoint other) {
        return one.equals(other) ? Set.of(one) : Set.of(one, other);
    }

    /** Begin of the first capture, by its own clock; {@link Long#MAX_VALUE} without any packet. */
    public long firstNanos() {
        return firstNanos;
    }

    /** Whether a moment is near enough to the captures to concern them. */
    public boolean isNear(long nanos) {
        return firstNanos <= lastNanos && nanos >= firstNanos - BEFORE && nanos <= lastNanos + BEHIND;
    }

    /** Whether the captures show an address. */
    public boolean shows(IpAddress address) {
        return addresses.contains(address);
    }

    /** Whether an event is of a host that the captures show, or names none. */
    public boolean concerns(Event event) {
        List<IpAddress> of = Stream.of(event.from(), event.to())
                .flatMap(Stream::ofNullable)
                .map(Endpoint::address)
                .toList();
        return of.isEmpty() || of.stream().anyMatch(this::shows);
    }

    /** The conversation that an event is of, -1 for none. */
    public int conversation(Event event) {
        Endpoint from = event.from();
        Endpoint to = event.to();
        return from == null || to == null ? -1 : conversations.getOrDefault(pair(from, to), -1);
    }

    /** How many records join: events and series of that time, names of hosts that the captures show. */
    public long count(Telemetry telemetry) {
        return telemetry.events().stream()
                        .filter(event -> isNear(event.nanos()) && concerns(event))
                        .count()
                + telemetry.series().stream().filter(this::isNear).count()
                + telemetry.names().stream()
                        .filter(name -> shows(name.address()))
                        .count();
    }

    private boolean isNear(LabelledSeries series) {
        for (long nanos : series.points().nanos()) {
            if (isNear(nanos)) {
                return true;
            }
        }
        return false;
    }
}
