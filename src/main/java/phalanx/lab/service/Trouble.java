package phalanx.lab.service;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import phalanx.run.Jobs;

/** What goes wrong in this process when its parent asks for it. Any thread. */
final class Trouble {
    private static final int CHUNK = 256 << 10;
    /** What a request burns, one at a time: the second one waits for the first. */
    private static final long BURNT_NANOS = TimeUnit.MILLISECONDS.toNanos(220);

    private final Database database;
    private final Object hotSpot = new Object();
    private final List<Connection> held = new ArrayList<>();
    private final List<byte[]> leaked = new ArrayList<>();
    private volatile double failing;
    private volatile boolean burning;
    private volatile boolean hanging;
    private volatile boolean leaking;

    Trouble(Database database) {
        this.database = database;
    }

    /** Begins one: {@code fail SHARE}, {@code burn}, {@code hang}, {@code leak}, {@code hold} or {@code unindex}. */
    void begin(String kind, double share) throws SQLException {
        switch (kind) {
            case "fail" -> failing = share;
            case "burn" -> burning = true;
            case "hang" -> hanging = true;
            case "leak" -> {
                leaking = true;
                Jobs.assistant("session cache", this::leak);
            }
            case "hold" -> hold();
            case "unindex" -> database.dropIndex();
            default -> throw new IllegalArgumentException("no such trouble: " + kind);
        }
    }

    /** Ends all of them. */
    void end() throws SQLException {
        failing = 0;
        burning = false;
        hanging = false;
        leaking = false;
        synchronized (leaked) {
            leaked.clear();
        }
        synchronized (held) {
            for (Connection one : held) {
                one.close();
            }
            held.clear();
        }
        database.makeIndex();
    }

    /** Whether it answers nobody. */
    boolean hangs() {
        return hanging;
    }

    /** What happens to a request on its worker. */
    void strike() {
        if (burning) {
            burn();
        }
        if (failing > 0 && ThreadLocalRandom.current().nextDouble() < failing) {
            throw new IllegalStateException("The revision of this record is not known.");
        }
    }

    private void burn() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        synchronized (hotSpot) {
            long end = threads.getCurrentThreadCpuTime() + BURNT_NANOS;
            double spun = 1;
            while (burning && threads.getCurrentThreadCpuTime() < end && spun > 0) {
                for (int i = 0; i < 1000; i++) {
                    spun = Math.sqrt(spun + i);
                }
            }
        }
    }

    /** Takes every connection there is, as code does that forgets to give them back. */
    private void hold() throws SQLException {
        int most = database.poolSize();
        Jobs.assistant("statement", () -> {
            for (int i = 0; i < most; i++) {
                Connection one = database.takenBySomebody();
                if (one == null) {
                    return;
                }
                synchronized (held) {
                    held.add(one);
                }
            }
        });
    }

    /** Fills the heap to the brim, and then keeps the collector busy with what is left of it. */
    private void leak() {
        try {
            while (leaking) {
                try {
                    keep();
                    Thread.sleep(5);
                } catch (OutOfMemoryError _) {
                    giveBack();
                    churn();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep() {
        synchronized (leaked) {
            leaked.add(new byte[CHUNK]);
        }
    }

    private void giveBack() {
        synchronized (leaked) {
            for (int i = 0; i < 3 && !leaked.isEmpty(); i++) {
                leaked.removeLast();
            }
        }
    }

    /** Without a pause: what is left is used up, and collected, again and again. */
    private void churn() {
        for (int i = 0; leaking && i < 1000; i++) {
            synchronized (leaked) {
                leaked.add(new byte[CHUNK / 4]);
                leaked.removeLast();
            }
        }
    }
}
