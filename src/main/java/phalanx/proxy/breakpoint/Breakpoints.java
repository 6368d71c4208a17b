package phalanx.proxy.breakpoint;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.Failure;
import phalanx.proxy.http.Fields;
import phalanx.proxy.http.Replies;
import phalanx.proxy.record.RequestRecord;

/**
 * The breakpoints of a proxy and what has stopped at them. What nobody lets go on does so by itself after ten minutes; when very many
 * have stopped, more do not. Any thread; an exchange is stopped and let go on its event loop.
 */
public final class Breakpoints {
    /** The most that may be set. */
    public static final int MOST = 32;

    private static final int MOST_STOPPED = 100;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Map<Long, Held> held = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong passed = new AtomicLong();
    private volatile List<Breakpoint> all = List.of();

    /**
     * What has stopped.
     *
     * @param number names it here
     * @param at where
     * @param request what is known of its exchange
     * @param fields a copy of the fields of the message that would go on
     */
    public record Stopped(long number, Breakpoint at, RequestRecord request, Fields fields) {}

    /** What becomes of it. */
    record Held(Stopped shown, Exchange exchange, Consumer<Edit> goOn, Runnable abort, ScheduledFuture<?> timer) {}

    /** Those that are set. */
    public List<Breakpoint> all() {
        return all;
    }

    /** Sets these, {@link #MOST} of them at the most, in place of those before; what has stopped stays so. */
    public void set(List<Breakpoint> now) {
        all = List.copyOf(now.subList(0, Math.min(now.size(), MOST)));
    }

    /** What has stopped, the oldest first. */
    public List<Stopped> stopped() {
        return held.values().stream()
                .map(Held::shown)
                .sorted(Comparator.comparingLong(Stopped::number))
                .toList();
    }

    /** Exchanges that did not stop because too many had. */
    public long passed() {
        return passed.get();
    }

    /** Takes an exchange on its way to whoever answers, and stops it if it is to. */
    public void apply(Exchange exchange, Exchange.Handler next) {
        List<Breakpoint> now = all;
        if (now.isEmpty()) {
            next.handle(exchange);
            return;
        }
        Breakpoint back = matching(now, exchange, Breakpoint.When.RESPONSE);
        if (back != null) {
            exchange.wrapClient(client -> new HeldAnswer(exchange, client, this, back));
        }
        Breakpoint here = matching(now, exchange, Breakpoint.When.REQUEST);
        if (here == null) {
            next.handle(exchange);
            return;
        }
        Fields fields = exchange.request().fields();
        long number = stop(
                exchange,
                here,
                fields,
                edit -> {
                    if (!exchange.over()) {
                        edit.apply(fields);
                        next.handle(exchange);
                    }
                },
                () -> exchange.reset(
                        Failure.proxy(502, "proxy_internal_response", "The request was given up at a breakpoint.")));
        exchange.whenOver(_ -> forget(number));
    }

    private static @Nullable Breakpoint matching(List<Breakpoint> all, Exchange exchange, Breakpoint.When when) {
        for (Breakpoint one : all) {
            if (one.when() == when && one.matches(exchange.request())) {
                return one;
            }
        }
        return null;
    }

    /** Stops a message; the number it is known by, 0 where it went on at once. */
    long stop(Exchange exchange, Breakpoint at, Fields fields, Consumer<Edit> goOn, Runnable abort) {
        if (held.size() >= MOST_STOPPED) {
            passed.incrementAndGet();
            goOn.accept(Edit.NONE);
            return 0;
        }
        exchange.injected("stopped at breakpoint " + at.text());
        long number = numbers.incrementAndGet();
        Stopped shown = new Stopped(number, at, RequestRecord.of(exchange), fields.copy());
        ScheduledFuture<?> timer = exchange.worker()
                .loop()
                .schedule(() -> goOn(number, Edit.NONE), LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        held.put(number, new Held(shown, exchange, goOn, abort, timer));
        return number;
    }

    /** Lets something go on, changed or as it is; false when nothing of that number has stopped. */
    public boolean goOn(long number, Edit edit) {
        return with(number, one -> one.goOn().accept(edit));
    }

    /** Cuts the client off in place of an answer; false when nothing of that number has stopped. */
    public boolean abort(long number) {
        return with(number, one -> one.abort().run());
    }

    /** Answers a request from here; false when no request of that number has stopped. */
    public boolean answer(long number, int status) {
        Held waiting = held.get(number);
        return waiting != null
                && waiting.shown().at().when() == Breakpoint.When.REQUEST
                && with(number, one -> Replies.text(one.exchange(), status, "This answer was made at a breakpoint.\n"));
    }

    private boolean with(long number, Consumer<Held> action) {
        Held one = forget(number);
        if (one != null) {
            one.exchange().worker().run(() -> action.accept(one));
        }
        return one != null;
    }

    /** Knows no more of something that stopped, whose exchange has ended by itself. */
    @Nullable
    Held forget(long number) {
        Held one = held.remove(number);
        if (one != null) {
            one.timer().cancel(false);
        }
        return one;
    }

    /** Sets none, and lets all go on. */
    public void clear() {
        all = List.of();
        held.keySet().forEach(number -> goOn(number, Edit.NONE));
    }
}
