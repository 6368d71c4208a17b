package phalanx.lab.service;

import com.sun.management.OperatingSystemMXBean;

/** The processor time that this process took since it was asked last, as a share of one processor for each that it is given. Any thread. */
final class CpuShare {
    private final OperatingSystemMXBean system;
    private long nanos = System.nanoTime();
    private long used;

    CpuShare(OperatingSystemMXBean system) {
        this.system = system;
        this.used = system.getProcessCpuTime();
    }

    synchronized double sinceLastAsked() {
        long now = System.nanoTime();
        long taken = system.getProcessCpuTime();
        double share = now == nanos
                ? 0
                : (taken - used) / (double) (now - nanos) / Runtime.getRuntime().availableProcessors();
        nanos = now;
        used = taken;
        return Math.min(1, share);
    }
}
