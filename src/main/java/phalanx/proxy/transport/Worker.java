package phalanx.proxy.transport;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * What belongs to one event loop: a connection, its exchanges and the upstream connections that serve them all stay on one, so nothing
 * is handed between threads. Used on that loop only, but for {@link #loop} and {@link #index}.
 */
public final class Worker {
    /** Exchanges that a connection begins or gives up before the others have their turn. */
    public static final int MOST_AT_ONCE = 4;

    private static final long TICK_MILLIS = 250;
    private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private final int index;
    private final EventLoop loop;
    private final Deadlines deadlines = new Deadlines();
    private final TurnBudget budget = new TurnBudget(this);
    private final SplittableRandom random;
    private long dateSecond;
    private String date = "";

    /** @param seed for the choices left to chance, so that a run can be repeated */
    public Worker(int index, EventLoop loop, long seed) {
        this.index = index;
        this.loop = loop;
        this.random = new SplittableRandom(seed + index);
        loop.scheduleAtFixedRate(
                () -> deadlines.check(System.nanoTime()), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** From 0 on. */
    public int index() {
        return index;
    }

    public EventLoop loop() {
        return loop;
    }

    /** Does something on the loop: at once when called there. A connection that cannot even be opened tells so elsewhere. */
    public void run(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    /**
     * Does something for a connection behind what its loop has read already, and what is left of it behind the next look at all connections
     * when it asks again: one with much to do does not keep the others waiting. (What is merely executed comes before that look.) Only on
     * the loop; a fault of it is the connection's.
     */
    public void nextTurn(Channel channel, Runnable task) {
        loop.schedule(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) { // a future that nobody looks at would swallow it
                        channel.pipeline().fireExceptionCaught(e);
                    }
                },
                0,
                TimeUnit.NANOSECONDS);
    }

    public Deadlines deadlines() {
        return deadlines;
    }

    public TurnBudget budget() {
        return budget;
    }

    public SplittableRandom random() {
        return random;
    }

    /** Now, as a Date field has it (RFC 9110 section 5.6.7). */
    public String date() {
        long second = System.currentTimeMillis() / 1000;
        if (second != dateSecond) {
            dateSecond = second;
            String text = DATE.format(Instant.ofEpochSecond(second));
            date = text.charAt(6) == ' ' ? text.substring(0, 5) + "0" + text.substring(5) : text;
        }
        return date;
    }
}
