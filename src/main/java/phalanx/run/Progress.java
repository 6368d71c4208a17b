package phalanx.run;

/**
 * How far long work has come, and whether it is still wanted. The worker calls; whoever started the work answers. Called at
 * most a few hundred times a second, from the worker's thread.
 */
public interface Progress {
    /** For work that nobody watches and nobody cancels. */
    Progress NONE = new Progress() {
        @Override
        public void at(String step, long done, long total) {}

        @Override
        public boolean cancelled() {
            return false;
        }
    };

    /**
     * @param step what is being done, for people: {@code Reading client.pcapng}
     * @param done and {@code total} in the same unit; total is 0 when it cannot be known
     */
    void at(String step, long done, long total);

    /** True once the work should stop; the worker then throws {@link Cancelled} at a safe place. */
    boolean cancelled();

    /** @throws Cancelled when the work is no longer wanted */
    default void stopIfCancelled() {
        if (cancelled()) {
            throw new Cancelled();
        }
    }

    /** The work was given up on request. Not a fault. */
    final class Cancelled extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Cancelled() {
            super("cancelled", null, false, false);
        }
    }
}
