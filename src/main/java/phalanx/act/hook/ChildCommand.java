package phalanx.act.hook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import phalanx.run.ForeignText;
import phalanx.run.Jobs;

/** Runs a command as a child process with a time limit. Nothing that it started outlives it. Any thread. */
final class ChildCommand {
    /** Octets of its output that are kept. */
    static final int MOST = 64 << 10;

    private static final String MARK = "PHALANX_HOOK";
    /** Looks for processes that were started while others were killed. */
    private static final int ROUNDS = 20;
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
        String mark = UUID.randomUUID().toString();
        builder.environment().put(MARK, mark);
        Process process = builder.start();
        process.getOutputStream().close();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Thread reader = Jobs.assistant("hook output", () -> drain(process.getInputStream(), said));
        try {
            boolean over = process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (over) {
                reader.join(LAST_WORDS);
            }
            return new Ended(over ? process.exitValue() : -1, text(said));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Ended(-1, text(said));
        } finally {
            end(process, mark);
        }
    }

    /** What it started, and what those started, is killed, too: told by the tree, and by the mark where its parent is gone. */
    private static void end(Process process, String mark) {
        List<ProcessHandle> tree = process.descendants().toList();
        process.destroyForcibly();
        tree.forEach(ProcessHandle::destroyForcibly);
        for (int i = 0; i < ROUNDS; i++) {
            List<ProcessHandle> left = ProcessHandle.allProcesses()
                    .filter(one -> marked(one, mark))
                    .toList();
            if (left.isEmpty()) {
                return;
            }
            left.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static boolean marked(ProcessHandle process, String mark) {
        try {
            String environment = Files.readString(
                    Path.of("/proc", String.valueOf(process.pid()), "environ"), StandardCharsets.ISO_8859_1);
            return environment.contains(MARK + "=" + mark);
        } catch (IOException _) {
            return false; // another user's, or a system without /proc
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
