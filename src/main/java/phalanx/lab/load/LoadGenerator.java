package phalanx.lab.load;

import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import phalanx.config.HostPort;
import phalanx.lab.http.HttpCaller;
import phalanx.run.Jobs;

/**
 * Customers who come by chance, at a rate, whether or not those before were served (open loop, Poisson arrivals; Schroeder et al., NSDI
 * 2006). Three of five want a quote, two buy a policy. Any thread.
 */
public final class LoadGenerator implements AutoCloseable {
    /** The longest time a customer waits. */
    public static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final double QUOTES = 0.6;
    private static final int CUSTOMERS = 2000, PRODUCTS = 5, REGIONS = 1500;
    private static final int REMEMBERED_SECONDS = 120;

    private final HostPort edge;
    private final double perSecond;
    private final SplittableRandom random;
    private final SplittableRandom traces = new SplittableRandom();
    private final HttpCaller caller = new HttpCaller(null);
    private final Deque<Second> seconds = new ArrayDeque<>();
    private final Thread arrivals;
    private volatile Retries retries = Retries.NONE;
    private volatile boolean over;

    /** Requests that were over in one second. */
    private static final class Second {
        final long number;
        final Histogram micros = new Histogram(TimeUnit.SECONDS.toMicros(60), 2);
        long errors;

        Second(long number) {
            this.number = number;
        }
    }

    /** Begins. @param seed of who comes when and wants what */
    public LoadGenerator(HostPort edge, double perSecond, long seed) {
        this.edge = edge;
        this.perSecond = perSecond;
        this.random = new SplittableRandom(seed);
        this.arrivals = Jobs.assistant("lab customers", this::arrive);
    }

    /** What customers do from now on when a request fails. */
    public void retries(Retries changed) {
        retries = changed;
    }

    public Retries retries() {
        return retries;
    }

    private void arrive() {
        long due = System.nanoTime();
        while (!over) {
            due += (long) (-Math.log(1 - random.nextDouble()) / perSecond * TimeUnit.SECONDS.toNanos(1));
            for (long wait = due - System.nanoTime(); wait > 0 && !over; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            if (!over) {
                send(next(), due, 1);
            }
        }
    }

    private HttpCaller.Call next() {
        int customer = random.nextInt(CUSTOMERS);
        int product = random.nextInt(PRODUCTS);
        boolean quote = random.nextDouble() < QUOTES;
        String body = quote
                ? "{\"region\":" + random.nextInt(REGIONS) + ",\"product\":" + product + "}"
                : "{\"customer\":" + customer + ",\"product\":" + product + ",\"premium\":"
                        + (100 + random.nextInt(900)) + "}";
        return new HttpCaller.Call("POST", edge, quote ? "/quote" : "/policy", body, Map.of(), PATIENCE);
    }

    private void send(HttpCaller.Call call, long due, int sent) {
        caller.send(traced(call)).addListener((Future<HttpCaller.Reply> done) -> {
            boolean failed = !done.isSuccess() || done.getNow().status() >= 400;
            record(System.nanoTime() - due, failed);
            if (failed && sent <= retries.most() && !over) {
                GlobalEventExecutor.INSTANCE.execute(
                        () -> send(call, System.nanoTime(), sent + 1)); // not within this one
            }
        });
    }

    /** With a trace of its own (W3C Trace Context, section 3.2), which is sampled. */
    private HttpCaller.Call traced(HttpCaller.Call call) {
        String traceparent;
        synchronized (traces) {
            traceparent = String.format(
                    Locale.ROOT,
                    "00-%016x%016x-%016x-01",
                    traces.nextLong(),
                    traces.nextLong() | 1,
                    traces.nextLong() | 1);
        }
        return new HttpCaller.Call(
                call.method(), call.at(), call.path(), call.body(), Map.of("traceparent", traceparent), call.limit());
    }

    private void record(long nanos, boolean failed) {
        long number = System.nanoTime() / TimeUnit.SECONDS.toNanos(1);
        synchronized (seconds) {
            if (seconds.isEmpty() || seconds.getLast().number != number) {
                seconds.addLast(new Second(number));
                while (seconds.getFirst().number <= number - REMEMBERED_SECONDS) {
                    seconds.removeFirst();
                }
            }
            Second now = seconds.getLast();
            now.micros.recordValue(
                    Math.min(TimeUnit.NANOSECONDS.toMicros(nanos), now.micros.getHighestTrackableValue()));
            now.errors += failed ? 1 : 0;
        }
    }

    /** The last whole seconds, 120 at most. */
    public LoadWindow window(int wholeSeconds) {
        long now = System.nanoTime() / TimeUnit.SECONDS.toNanos(1);
        Histogram all = new Histogram(TimeUnit.SECONDS.toMicros(60), 2);
        long errors = 0;
        synchronized (seconds) {
            for (Second one : seconds) {
                if (one.number < now && one.number >= now - wholeSeconds) {
                    all.add(one.micros);
                    errors += one.errors;
                }
            }
        }
        return new LoadWindow(
                all.getTotalCount(),
                errors,
                all.getValueAtPercentile(50) / 1000.0,
                all.getValueAtPercentile(99) / 1000.0);
    }

    @Override
    public void close() {
        over = true;
        LockSupport.unpark(arrivals);
        caller.close();
    }
}
