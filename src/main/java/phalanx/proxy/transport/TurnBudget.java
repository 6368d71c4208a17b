package phalanx.proxy.transport;

import java.util.concurrent.TimeUnit;

/**
 * How much a loop reads of large answers of HTTP/1 in one round. Behind that, each of them reads one piece more and waits for the next
 * round: without it, fifty at once read megabytes each before the next small request is looked at. On its loop.
 */
public final class TurnBudget {
    /** Smaller pieces are not counted: they are no bulk. A record of TLS is. */
    private static final int BULK = 8 << 10;

    private static final int MOST = 4 << 20;

    private final Worker worker;
    private int spent;

    TurnBudget(Worker worker) {
        this.worker = worker;
    }

    /** Notes what was read; false when who read it should go on in the next turn only. */
    public boolean spend(int octets) {
        if (octets < BULK) {
            return true;
        }
        if (spent == 0) {
            worker.loop().schedule(() -> spent = 0, 0, TimeUnit.NANOSECONDS);
        }
        spent += octets;
        return spent < MOST;
    }
}
