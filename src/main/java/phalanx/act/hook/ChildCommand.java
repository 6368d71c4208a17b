package phalanx.act.hook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import phalanx.run.ForeignText;
import phalanx.run.Jobs;

/** Runs a command as a child process with a time limit, after which it and all that it started is killed. Any thread. */
final class ChildCommand {
    /** Octets of its output that are kept. */
    static final int MOST = 64 << 10;

    private static final Duration LOOK = Duration.ofMillis(20);
    /** For what it wrote last to arrive. */
    private static final Duration LAST_WORDS = Duration.ofMillis(500);

    private ChildCommand() {}

    /** How it ended. @param code -1 where the time was over  @param output both streams, without control characters */
    record Ended(int code, String output) {
        boolean inTime() {
            return code >= 0;
        }
    }

    /** @throws IOException where it could not be started: nothing was done */
    static Ended run(List<String> words, Map<String, String> environment, Duration limit) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        Set<ProcessHandle> started = new LinkedHashSet<>();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Thread reader = Jobs.assistant("hook output", () -> drain(process.getInputStream(), said));
        long end = System.nanoTime() + limit.toNanos();
        try {
            boolean over = false;
            while (!over && System.nanoTime() < end) {
                process.descendants().forEach(started::add); // those whose parent ends first are still known
                over = process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            }
            if (over) {
                reader.join(LAST_WORDS);
            }
            return new Ended(over ? process.exitValue() : -1, text(said));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Ended(-1, text(said));
        } finally {
            process.descendants().forEach(started::add);
            process.destroyForcibly();
            started.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static void drain(InputStream in, ByteArrayOutputStream said) {
        byte[] buffer = new byte[8192];
        try (in) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                synchronized (said) {
                    said.write(buffer, 0, Math.min(n, MOST - said.size()));
                }
            }
        } catch (IOException e) {
            System.getLogger("phalanx.act").log(System.Logger.Level.DEBUG, "a hook's output ended", e);
        }
    }

    private static String text(ByteArrayOutputStream said) {
        synchronized (said) {
            return cleaned(said.toString(StandardCharsets.UTF_8));
        }
    }

    /** Lines without control characters. */
    static String cleaned(String text) {
        return String.join("\n", text.lines().map(ForeignText::line).toList());
    }
}
