package phalanx.capture.remote;

/** How much the buffers of all captures together may hold. Any thread. */
final class BufferRoom {
    /** All agents of this process share it: half of what Java may use. */
    static final BufferRoom OF_PROCESS = new BufferRoom(Runtime.getRuntime().maxMemory() / 2);

    private final long most;
    private long taken;

    /** @param most octets */
    BufferRoom(long most) {
        this.most = most;
    }

    /** What one buffer can have at best, when there is no other one. @param wanted octets */
    long atMost(long wanted) {
        return Math.min(wanted, most);
    }

    /** Takes room for a buffer. @return false when there is not so much left */
    synchronized boolean take(long octets) {
        if (octets > most - taken) {
            return false;
        }
        taken += octets;
        return true;
    }

    /** Gives room back that was taken. */
    synchronized void give(long octets) {
        taken -= octets;
    }
}
