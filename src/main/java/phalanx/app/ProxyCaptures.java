package phalanx.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.ProxyServer;
import phalanx.proxy.admin.CaptureControl;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** Starts and ends captures of one proxy's traffic, one at a time, each in a folder of its own. Any thread but an event loop. */
final class ProxyCaptures implements CaptureControl, AutoCloseable {
    /** The most that a capture takes unless something else is asked for, in bytes. */
    static final long STANDARD_SIZE = 1L << 30;

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss.SSS").withZone(ZoneOffset.UTC);

    /** Captures as large as they may be, after which older ones must go first. */
    private static final int MOST_HELD = 4;

    private final ProxyServer proxy;
    private final Path folder;
    private final long most;
    private final PrintWriter says;
    private @Nullable ProxyCapture running;
    private @Nullable Path at;

    /**
     * Folders are made in {@code captures} beside the configuration.
     *
     * @param most bytes of both files of one capture
     * @param says where its errors go
     */
    ProxyCaptures(ProxyServer proxy, long most, PrintWriter says) {
        this.proxy = proxy;
        this.folder = proxy.folder().resolve("captures");
        this.most = most;
        this.says = says;
    }

    @Override
    public Outcome<Path> start() {
        if (now().isEmpty() && held() > MOST_HELD * most) {
            return Outcome.failed(new Problem(
                    "PHX-5007",
                    folder + " holds more captures than " + MOST_HELD + " of the largest would be.",
                    "Move or delete those that are no longer needed."));
        }
        return start(folder.resolve(NAME.format(Instant.now())));
    }

    /** Bytes of the captures made before. */
    private long held() {
        try (Stream<Path> files = Files.walk(folder, 2)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException _) { // there is none yet
            return 0;
        }
    }

    /** Begins in this folder, unless it captures already. */
    synchronized Outcome<Path> start(Path into) {
        if (running != null && running.full()) { // it ended by itself
            stop();
        }
        if (at != null) {
            return Outcome.ok(at);
        }
        try {
            ProxyCapture capture = new ProxyCapture(into, most, says);
            proxy.tap(capture);
            running = capture;
            at = into.toAbsolutePath();
            return Outcome.ok(at);
        } catch (IOException e) {
            return Outcome.failed(new Problem(
                    "PHX-5007",
                    "Nothing can be captured in " + into + " (" + e.getMessage() + ").",
                    "Name a folder that can be written and holds none yet."));
        }
    }

    @Override
    public synchronized Optional<Path> stop() {
        ProxyCapture capture = running;
        Path done = at;
        running = null;
        at = null;
        if (capture == null) {
            return Optional.empty();
        }
        proxy.tap(null);
        try {
            capture.close();
        } catch (IOException e) {
            says.println("PHX-5007 The end of the captures could not be written (" + e.getMessage()
                    + "). What was written before can be read.");
        }
        return Optional.ofNullable(done);
    }

    @Override
    public synchronized Optional<Path> now() {
        return Optional.ofNullable(at);
    }

    @Override
    public void close() {
        stop();
    }
}
