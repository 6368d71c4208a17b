package phalanx.run;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** Work of one owner, one piece after the other on a daemon thread of its own. Any thread; what comes after the end is left undone. */
public final class InTurn implements Executor, AutoCloseable {
    private final ExecutorService thread;

    /** @param name of the thread */
    public InTurn(String name) {
        thread = Executors.newSingleThreadExecutor(
                work -> Thread.ofPlatform().daemon().name(name).unstarted(work));
    }

    @Override
    public void execute(Runnable work) {
        try {
            thread.execute(work);
        } catch (RejectedExecutionException _) {
            // it is over
        }
    }

    /** Interrupts what is under way, and leaves undone what waits. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
