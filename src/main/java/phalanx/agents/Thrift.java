package phalanx.agents;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import phalanx.run.MemoryGuard;

/**
 * The profile {@code small}: a process of 512 MiB. From 450 MiB on, less telemetry is held and no model is called, which is told; what is
 * decided stays the same but for the memory of past incidents, which is not searched then. The loop's thread; {@link #tight} any.
 */
public final class Thrift {
    private static final long MIB = 1 << 20;
    /** Of 512, with room for what a second may bring. */
    static final long HIGH = 450 * MIB;

    static final long LOW = 400 * MIB;
    /** Seconds that it must be below. */
    static final int PATIENCE = 10;
    /** Seconds between requests to the JVM to give memory back. */
    private static final int GIVE_BACK = 30;

    private final MemoryGuard guard;
    private final LongSupplier resident;
    private final Consumer<Boolean> shed;
    private final Consumer<String> notice;
    private final Runnable giveBack;
    private volatile boolean tight;
    private int since;

    /**
     * @param resident octets that the process holds now
     * @param shed told to hold less telemetry, or as much as before
     * @param notice told of each change in one sentence
     * @param giveBack makes the JVM give back what is free
     */
    Thrift(LongSupplier resident, Consumer<Boolean> shed, Consumer<String> notice, Runnable giveBack) {
        this.guard = new MemoryGuard(resident, HIGH, LOW, PATIENCE);
        this.resident = resident;
        this.shed = shed;
        this.notice = notice;
        this.giveBack = giveBack;
    }

    /** Of this process. @param shed told to hold less telemetry, or as much as before @param notice told of each change in one sentence */
    public static Thrift ofThisProcess(Consumer<Boolean> shed, Consumer<String> notice) {
        return new Thrift(MemoryGuard::resident, shed, notice, System::gc);
    }

    /** Each second. */
    void look() {
        guard.look().ifPresent(this::changed);
        if (tight && since++ % GIVE_BACK == 0) {
            giveBack.run();
        }
    }

    private void changed(boolean now) {
        tight = now;
        since = 0;
        shed.accept(now);
        long mib = resident.getAsLong() / MIB;
        notice.accept(
                now
                        ? "Phalanx holds " + mib
                                + " MiB of memory: one of eight traces and a quarter of the series are held from now on, and"
                                + " memory of past incidents is not searched."
                        : "Phalanx holds " + mib
                                + " MiB of memory again: all telemetry is held, and memory is searched, as before.");
    }

    /** Whether memory is short. */
    public boolean tight() {
        return tight;
    }
}
