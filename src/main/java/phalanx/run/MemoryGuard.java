package phalanx.run;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Says when this process holds too much memory, and when it holds less again: above a limit at once, below a lower one only after it was
 * so for a while, so that it does not change its mind each second. One thread.
 */
public final class MemoryGuard {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";

    private final LongSupplier resident;
    private final long high;
    private final long low;
    private final int patience;
    private boolean tight;
    private int below;

    /**
     * @param resident octets that the process holds now
     * @param high from here on it is too much, octets
     * @param low below this it is not any more, octets
     * @param patience looks in a row that must be below
     */
    public MemoryGuard(LongSupplier resident, long high, long low, int patience) {
        this.resident = resident;
        this.high = high;
        this.low = low;
        this.patience = patience;
    }

    /** Looks. @return true where it became too much, false where it no longer is, empty where nothing changed */
    public Optional<Boolean> look() {
        long now = resident.getAsLong();
        below = now < low ? below + 1 : 0;
        boolean next = tight ? below < patience : now >= high;
        if (next == tight) {
            return Optional.empty();
        }
        tight = next;
        return Optional.of(next);
    }

    /** Whether it was too much at the last look. */
    public boolean tight() {
        return tight;
    }

    /** Octets of this process that are in memory (Linux, proc_pid_status(5)); elsewhere what the JVM has taken for its heap and beside it. */
    public static long resident() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(RESIDENT)) {
                    return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
        } catch (IOException | NumberFormatException _) {
            // no Linux
        }
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        return memory.getHeapMemoryUsage().getCommitted()
                + memory.getNonHeapMemoryUsage().getCommitted();
    }
}
