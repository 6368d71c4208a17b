package phalanx.proxy.record;

import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * A file that lines are added to. Lines come from the event loops and are written on a thread for the disk; when the disk cannot keep up,
 * lines are left out and counted, never waited for. Any thread.
 */
public final class LogFile {
    private static final int MOST_WAITING = 65_536;
    private static final long EVERY_MILLIS = 100;

    private final String target;
    private final EventExecutor disk;
    private final ConcurrentLinkedQueue<String> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final LongAdder lost;
    private OutputStream out;
    private boolean closed;

    private LogFile(String target, OutputStream out, EventExecutor disk, LongAdder lost) {
        this.target = target;
        this.out = out;
        this.disk = disk;
        this.lost = lost;
    }

    /** Opens a file, {@code stdout} or {@code stderr} to add to it. */
    static LogFile open(String target, EventExecutor disk, LongAdder lost) throws IOException {
        LogFile log = new LogFile(target, stream(target), disk, lost);
        disk.execute(log::writeOn);
        return log;
    }

    private static OutputStream stream(String target) throws IOException {
        return switch (target) {
            case "stdout" -> System.out;
            case "stderr" -> System.err;
            default -> Files.newOutputStream(Path.of(target), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        };
    }

    /** Adds a line. */
    public void add(String line) {
        if (count.incrementAndGet() > MOST_WAITING) {
            count.decrementAndGet();
            lost.increment();
            return;
        }
        waiting.add(line);
    }

    private void writeOn() {
        write();
        if (!closed) {
            disk.schedule(this::writeOn, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void write() {
        StringBuilder text = new StringBuilder();
        int lines = 0;
        for (String line = waiting.poll(); line != null; line = waiting.poll()) {
            text.append(line).append('\n');
            lines++;
        }
        if (lines == 0) {
            return;
        }
        count.addAndGet(-lines);
        try {
            out.write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        } catch (IOException _) { // a full disk: requests matter more
            lost.add(lines);
        }
    }

    /** Goes on in a new file of the same name, after the old one was renamed away. */
    public void reopen() {
        disk.execute(() -> {
            write();
            try {
                OutputStream fresh = stream(target);
                closeFile();
                out = fresh;
            } catch (IOException _) {
                // the old one is still open: lines go there
            }
        });
    }

    private void closeFile() {
        if (!target.equals("stdout") && !target.equals("stderr")) {
            try {
                out.close();
            } catch (IOException _) {
                // what could be written was
            }
        }
    }

    /** Writes what waits, and closes the file. */
    public void close() {
        if (disk.inEventLoop()) {
            end();
        } else {
            disk.submit(this::end).awaitUninterruptibly(2, TimeUnit.SECONDS);
        }
    }

    private void end() {
        if (!closed) {
            closed = true;
            write();
            closeFile();
        }
    }
}
