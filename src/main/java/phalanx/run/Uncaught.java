package phalanx.run;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** What no one caught on any thread, as a bug in a view: it goes to the log and is told, once for each place it comes from. Any thread. */
public final class Uncaught implements Thread.UncaughtExceptionHandler {
    private static final System.Logger LOG = System.getLogger("phalanx.run");

    private final Consumer<Throwable> told;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /** @param told on the thread that failed */
    public Uncaught(Consumer<Throwable> told) {
        this.told = told;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        if (known.add(thrown.getClass().getName() + (trace.length == 0 ? "" : trace[0].toString()))) {
            LOG.log(System.Logger.Level.ERROR, "a fault on the thread " + thread.getName(), thrown);
            told.accept(thrown);
        }
    }
}
