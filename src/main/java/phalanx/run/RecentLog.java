package phalanx.run;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/** Keeps what was logged last, for whoever reports a fault. Any thread. */
public final class RecentLog extends Handler {
    private static final int MOST = 500;

    private final SimpleFormatter formatter = new SimpleFormatter();
    private final Deque<String> lines = new ArrayDeque<>();

    private RecentLog() {}

    /** Listens from now on to everything that is logged. */
    public static RecentLog listen() {
        RecentLog log = new RecentLog();
        Logger.getLogger("").addHandler(log);
        return log;
    }

    /** The last lines, oldest first; traces of faults by their first line and place. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord entry) {
        if (!isLoggable(entry)) {
            return;
        }
        String line = ForeignText.line(Instant.ofEpochMilli(entry.getMillis()) + " " + entry.getLevel() + " "
                + entry.getLoggerName() + " " + formatter.formatMessage(entry) + cause(entry.getThrown()));
        synchronized (this) {
            lines.add(line);
            if (lines.size() > MOST) {
                lines.removeFirst();
            }
        }
    }

    private static String cause(@Nullable Throwable thrown) {
        if (thrown == null) {
            return "";
        }
        StackTraceElement[] trace = thrown.getStackTrace();
        return " " + thrown + (trace.length == 0 ? "" : " at " + trace[0]);
    }

    @Override
    public void flush() {}

    /** Listens no more; what was heard stays. */
    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}
