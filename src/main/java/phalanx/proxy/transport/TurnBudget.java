package phalanx.proxy.transport;

/**
 * How much a loop reads for those who move much, before all its other connections have their turn: without it, fifty large answers at
 * once are copied before the next small request is looked at. On its loop.
 */
public final class TurnBudget {
    /** Smaller pieces are not counted: they are no bulk. */
    private static final int BULK = 32 << 10;

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
            worker.nextTurn(() -> spent = 0);
        }
        spent += octets;
        return spent < MOST;
    }
}
