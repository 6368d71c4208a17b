package phalanx.show;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Everything that goes wrong without anybody asking: what no one caught on any thread, warnings in the log, traces on the standard error.
 * Listens from its making until it is closed. Any thread.
 */
public final class Faults implements AutoCloseable {
    private static final int DEEPEST = 60;

    private final List<String> seen = new ArrayList<>();
    private final Thread.@Nullable UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    private final PrintStream error = System.err;
    private final Handler log = new Handler() {
        @Override
        public void publish(LogRecord record) {
            // As in the program: the toolkit warns of colours that it cannot yet look up in what is not yet shown.
            Level least = String.valueOf(record.getLoggerName()).startsWith("javafx") ? Level.SEVERE : Level.WARNING;
            if (record.getLevel().intValue() >= least.intValue()) {
                see(record.getLoggerName() + ": " + record.getMessage(), record.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    public Faults() {
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> see("on " + thread.getName(), thrown));
        Logger.getLogger("").addHandler(log);
        System.setErr(new PrintStream(new Traces(), true, StandardCharsets.UTF_8));
    }

    private void see(String where, @Nullable Throwable thrown) {
        StringBuilder told = new StringBuilder(where);
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (ofTheToolkit(at)) {
                return;
            }
            told.append("\n").append(at);
            Arrays.stream(at.getStackTrace())
                    .limit(DEEPEST)
                    .forEach(frame -> told.append("\n    at ").append(frame));
        }
        synchronized (seen) {
            seen.add(told.toString());
        }
    }

    /**
     * The headless toolkit copies windows into a picture of the screen and fails for what is beside it, and knows no dragging from
     * window to window.
     */
    private static boolean ofTheToolkit(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .map(StackTraceElement::getClassName)
                .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk."))
                .findFirst()
                .orElse("")
                .startsWith("com.sun.glass.ui.");
    }

    /** What was seen until now. */
    public List<String> seen() {
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }

    @Override
    public void close() {
        Thread.setDefaultUncaughtExceptionHandler(before);
        Logger.getLogger("").removeHandler(log);
        System.setErr(error);
    }

    /** Passes on what is printed; a line of a trace that did not come through the log is a fault with the line before it. */
    private final class Traces extends OutputStream {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private String last = "";

        @Override
        public synchronized void write(int octet) {
            error.write(octet);
            if (octet != '\n') {
                line.write(octet);
                return;
            }
            String text = line.toString(StandardCharsets.UTF_8);
            line.reset();
            if (text.startsWith("\tat ") && !last.startsWith("\tat ") && !text.contains("com.sun.glass.ui.")) {
                see("printed: " + last + text, null);
            }
            last = text;
        }
    }
}
