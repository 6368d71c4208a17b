package phalanx.proxy.http;

import java.util.concurrent.TimeUnit;

/** How fast a request's body comes, looked at over some seconds at a time. On the connection's event loop. */
final class BodyPace {
    private static final long WINDOW_SECONDS = 5;

    private long octets;
    private boolean any;
    private long since = System.nanoTime();

    /** A body begins. */
    void start(long nowNanos) {
        any = false;
        begin(nowNanos);
    }

    /** Octets came. */
    void add(int count) {
        octets += count;
        any = true;
    }

    /** Whether anything of the body came. */
    boolean any() {
        return any;
    }

    /** Looks anew from now on: what came before, or did not come because nobody took it, says nothing. */
    void begin(long nowNanos) {
        octets = 0;
        since = nowNanos;
    }

    /**
     * Whether too little came in the last seconds. False until enough of them have passed.
     *
     * @param least octets a second; 0 for any
     */
    boolean tooSlow(long nowNanos, long least) {
        if (nowNanos - since < TimeUnit.SECONDS.toNanos(WINDOW_SECONDS)) {
            return false;
        }
        boolean slow = octets < least * WINDOW_SECONDS;
        begin(nowNanos);
        return slow;
    }
}
