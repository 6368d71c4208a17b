package phalanx.app.terminal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import phalanx.run.WholeFile;

/** Lets Ctrl+C and SIGTERM cancel work in order and end the process with {@link ExitCode#CANCELLED}, not with the signal's number. */
public final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 2;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    private Interruption(TerminalProgress progress) {
        hook = Thread.ofPlatform().name("cancel").unstarted(() -> {
            progress.cancel();
            try {
                if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    System.getLogger("phalanx.app").log(System.Logger.Level.DEBUG, "work did not stop in time");
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            WholeFile.abandonAll();
            Runtime.getRuntime().halt(ExitCode.CANCELLED);
        });
    }

    /** From now until closed. */
    public static Interruption cancels(TerminalProgress progress) {
        Interruption interruption = new Interruption(progress);
        try {
            Runtime.getRuntime().addShutdownHook(interruption.hook);
        } catch (IllegalStateException _) {
            progress.cancel(); // the process is ending already
        }
        return interruption;
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The process is ending already, by the hook.
        }
    }
}
