package phalanx.proxy.route;

import java.util.concurrent.TimeUnit;

/**
 * Whether a server may be sent requests, and why not. What people, probes and real requests say is kept apart. Any thread.
 */
public final class Health {
    /** What is known of a server. */
    public enum State {
        UP,
        /** Somebody marked it down. */
        MARKED_DOWN,
        /** Somebody lets its exchanges end and gives it no new ones. */
        DRAINING,
        /** Probes say so. */
        PROBES_FAIL,
        /** Requests failed one after another: it gets none for a while, then one to try. */
        EJECTED
    }

    private volatile boolean markedDown;
    private volatile boolean draining;
    private volatile boolean probesFail;
    private volatile String probeSays = "";
    private volatile long upSince = System.nanoTime() - TimeUnit.DAYS.toNanos(1);
    private int failuresInARow;
    private int ejections;
    private long ejectedUntil;
    private boolean ejected;
    private boolean trialUnderWay;

    /** The state, the gravest reason first. */
    public synchronized State state() {
        return markedDown
                ? State.MARKED_DOWN
                : draining ? State.DRAINING : probesFail ? State.PROBES_FAIL : ejected ? State.EJECTED : State.UP;
    }

    boolean probesFail() {
        return probesFail;
    }

    /** What the last probe met; empty when it was well. */
    public String probeSays() {
        return probeSays;
    }

    public void markDown(boolean down) {
        markedDown = down;
        recovered(!down);
    }

    public void drain(boolean drain) {
        draining = drain;
        recovered(!drain);
    }

    void probed(boolean fails, String says) {
        boolean before = probesFail;
        probesFail = fails;
        probeSays = says;
        recovered(before && !fails);
        if (before && !fails) {
            readmit();
        }
    }

    private void recovered(boolean now) {
        if (now) {
            upSince = System.nanoTime();
        }
    }

    private synchronized void readmit() {
        ejected = false;
        failuresInARow = 0;
        trialUnderWay = false;
    }

    /** {@link System#nanoTime} of its last recovery, for slow start. */
    long upSince() {
        return upSince;
    }

    /** Whether a person took it out: then it gets nothing even when all others are down. */
    boolean takenOut() {
        return markedDown || draining;
    }

    /** Whether it may get a request now. An ejected one whose time is over gets one to try. */
    synchronized boolean available(long now) {
        if (markedDown || draining || probesFail) {
            return false;
        }
        return !ejected || now - ejectedUntil >= 0 && !trialUnderWay;
    }

    /** A request goes to it. */
    synchronized void chosen(long now) {
        if (ejected && now - ejectedUntil >= 0) {
            trialUnderWay = true;
        }
    }

    /** A request ended without telling anything of the server. */
    public synchronized void endedUnknown() {
        trialUnderWay = false;
    }

    /** How a request ended. */
    public synchronized void ended(boolean failed, int mostFailures, long ejectionNanos, long now) {
        trialUnderWay = false;
        if (!failed) {
            failuresInARow = 0;
            if (ejected) {
                ejected = false;
                ejections = 0;
                upSince = now;
            }
            return;
        }
        failuresInARow++;
        if (mostFailures > 0 && (failuresInARow >= mostFailures || ejected)) {
            ejected = true;
            ejections = Math.min(ejections + 1, 10);
            ejectedUntil = now + ejectionNanos * ejections;
        }
    }
}
