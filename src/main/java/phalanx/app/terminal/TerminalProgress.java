package phalanx.app.terminal;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import phalanx.run.Progress;

/** One line on the terminal that tells how far work has come, wiped when it is done. Silent when stderr is no terminal. */
public final class TerminalProgress implements Progress, AutoCloseable {
    private static final long EVERY_NANOS = 100_000_000;

    private final PrintWriter err;
    private final boolean shown;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private long last;
    private int width;

    /** Whether someone sits before a terminal, so that progress and colours make sense. */
    public static boolean isTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    /** @param shown whether steps are written; else only giving up is heard */
    public TerminalProgress(PrintWriter err, boolean shown) {
        this.err = err;
        this.shown = shown;
    }

    @Override
    public void at(String step, long done, long total) {
        long now = System.nanoTime();
        if (shown && now - last >= EVERY_NANOS) {
            last = now;
            String share = total > 0 ? " %3d %%".formatted(100 * done / total) : "";
            String text = step + share;
            err.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
            err.flush();
            width = text.length();
        }
    }

    @Override
    public boolean cancelled() {
        return cancelled.get();
    }

    void cancel() {
        cancelled.set(true);
    }

    /** Makes room for something else; the next step shows again. */
    public void clear() {
        if (width > 0) {
            err.print("\r" + " ".repeat(width) + "\r");
            err.flush();
            width = 0;
        }
    }

    @Override
    public void close() {
        clear();
    }
}
