package phalanx.proxy.guard.client;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import phalanx.proxy.http.Exchange;

/**
 * What the guard has done: the last thousand events. Refused requests of one client make one event a second at most, which counts those
 * since the one before; those of all clients fifty, so that a flood from everywhere leaves room for bans. Any thread; nothing waits.
 */
public final class GuardLog {
    private static final int MOST = 1_000;
    private static final int CLIENTS = 10_000;
    private static final long EVERY_MILLIS = 1_000;
    private static final int MOST_REFUSALS = 50;

    private final Clock clock;
    private final Deque<Event> events = new ArrayDeque<>(MOST);
    private final Set<Runnable> listeners = new CopyOnWriteArraySet<>();
    private final Cache<InetAddress, Refusals> refusals = Caffeine.newBuilder()
            .maximumSize(CLIENTS)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();
    private long last;
    private long second;
    private int refusalsInSecond;

    /** What was done. */
    public enum Kind {
        /** Requests were refused: attacks, of a banned client, or too many. */
        REFUSED,
        /** A client is far above its limit. */
        FLOOD,
        BANNED,
        /** A ban was lifted before its end. */
        LIFTED,
        /** A ban has come to its end. */
        ENDED;

        /** {@code refused}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Something that the guard did.
     *
     * @param number grows
     * @param millis since 1970
     * @param client as {@link ClientNetwork#text} has it
     * @param requests that it is about; 0 where it is about none
     * @param says what was found, or why; of attacks what is somebody's own is masked
     */
    public record Event(long number, long millis, Kind kind, String client, int requests, String says) {}

    /** Guarded by itself. */
    private static final class Refusals {
        private int untold;
        private long toldAt;
    }

    public GuardLog(Clock clock) {
        this.clock = clock;
    }

    /** A request was refused. On its event loop. */
    public void refused(Exchange exchange) {
        InetAddress network = ClientNetwork.of(exchange.clientAddress().getAddress());
        Refusals one = refusals.get(network, _ -> new Refusals());
        int requests;
        synchronized (one) {
            one.untold++;
            long now = clock.millis();
            if (now - one.toldAt < EVERY_MILLIS || !room(now)) {
                return;
            }
            one.toldAt = now;
            requests = one.untold;
            one.untold = 0;
        }
        add(Kind.REFUSED, network, requests, exchange.guard());
    }

    /** Whether one more event of a refusal may be told in this second. */
    private boolean room(long now) {
        synchronized (events) {
            if (now / EVERY_MILLIS != second) {
                second = now / EVERY_MILLIS;
                refusalsInSecond = 0;
            }
            return refusalsInSecond++ < MOST_REFUSALS;
        }
    }

    /** Adds an event. @param requests that it is about; 0 where it is about none */
    public void add(Kind kind, InetAddress network, int requests, String says) {
        String client = ClientNetwork.text(network);
        synchronized (events) {
            if (events.size() == MOST) {
                events.removeFirst();
            }
            events.addLast(new Event(++last, clock.millis(), kind, client, requests, says));
        }
        listeners.forEach(Runnable::run);
    }

    /** The events behind a number, oldest first. @param most that are wanted */
    public List<Event> after(long number, int most) {
        synchronized (events) {
            return events.stream()
                    .filter(event -> event.number() > number)
                    .limit(most)
                    .toList();
        }
    }

    /** Has somebody told when there is more. @return ends it */
    public Runnable tell(Runnable who) {
        listeners.add(who);
        return () -> listeners.remove(who);
    }
}
