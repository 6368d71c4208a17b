package phalanx.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import phalanx.lab.deploy.ServiceSettings;
import phalanx.lab.service.MarketplaceService;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * An instance of a service in a process of its own, which ends with this one. It may be started again once it is over. Any thread; one
 * line is said at a time.
 */
public final class ServiceProcess implements AutoCloseable {
    /** A process of the lab does not start or does not answer. */
    public static final String SILENT = "PHX-7001";

    /** Its port is another program's. */
    static final String TAKEN = "PHX-7006";

    private static final String MAIN = "phalanx.app.LabService";
    private static final long START_SECONDS = 40, ANSWER_SECONDS = 12;
    private static final List<String> FLAGS = List.of(
            "-Xmx40m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ActiveProcessorCount=1",
            "-XX:ReservedCodeCacheSize=24m",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "-Dio.netty.leakDetection.level=disabled",
            "-Dio.netty.noUnsafe=false",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private final MarketplaceService.Start start;
    private final Path log;
    private volatile @Nullable Process process;
    private BlockingQueue<String> answers = new ArrayBlockingQueue<>(16);

    /** @param log where what it writes to its standard error goes */
    ServiceProcess(MarketplaceService.Start start, Path log) {
        this.start = start;
        this.log = log;
    }

    /** {@code quote-1}. */
    public String name() {
        return start.instance();
    }

    public boolean alive() {
        Process now = process;
        return now != null && now.isAlive();
    }

    /** The process's number in the operating system; -1 before the first start. */
    public long pid() {
        Process now = process;
        return now == null ? -1 : now.pid();
    }

    /** Starts it, and waits until it serves. */
    synchronized Outcome<String> start(String version, ServiceSettings settings) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(MAIN);
        command.addAll(start.words());
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().put("MALLOC_ARENA_MAX", "1"); // a third less of memory with glibc
            builder.environment().remove("JAVA_TOOL_OPTIONS");
            Process made = builder.start();
            process = made;
            BlockingQueue<String> heard = new ArrayBlockingQueue<>(16);
            answers = heard;
            Jobs.assistant("lab " + name(), () -> hear(made, heard));
            return say(settingsLine(version, settings), START_SECONDS);
        } catch (IOException e) {
            return silent("cannot be started (" + e.getMessage() + ")");
        }
    }

    private static void hear(Process from, BlockingQueue<String> to) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(from.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                to.add(line);
            }
        } catch (IOException | IllegalStateException _) {
            from.destroyForcibly(); // it is over, or says what nobody asked
        }
        to.offer("failed its process is over");
    }

    private static String settingsLine(String version, ServiceSettings settings) {
        return "settings " + version + " " + settings.line();
    }

    /** Is like this from now on. */
    Outcome<String> deploy(String version, ServiceSettings settings) {
        return say(settingsLine(version, settings), ANSWER_SECONDS);
    }

    /** Makes the indexes of its database anew where they are missing. */
    Outcome<String> remakeIndexes() {
        return say("indexes", ANSWER_SECONDS);
    }

    /** Begins trouble in it: {@code fail SHARE}, {@code burn}, {@code hang}, {@code leak}, {@code hold} or {@code unindex}. */
    public Outcome<String> trouble(String kind, double share) {
        return say("trouble " + kind + " " + share, ANSWER_SECONDS);
    }

    /** Ends all trouble in it. */
    public Outcome<String> untrouble() {
        return say("untrouble", ANSWER_SECONDS);
    }

    private synchronized Outcome<String> say(String line, long seconds) {
        Process to = process;
        if (to == null || !to.isAlive()) {
            return silent("does not run");
        }
        try {
            answers.clear();
            OutputStream out = to.getOutputStream();
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            String answer = answers.poll(seconds, TimeUnit.SECONDS);
            if (answer == null) {
                return silent("does not answer within " + seconds + " s");
            }
            if (answer.startsWith("taken ")) {
                return Outcome.failed(taken(answer.substring(6)));
            }
            return answer.startsWith("failed ") ? silent("says: " + answer.substring(7)) : Outcome.ok(answer);
        } catch (IOException e) {
            return silent("is over (" + e.getMessage() + ")");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return silent("was not waited for");
        }
    }

    /** Its port is another program's. */
    Problem taken(String why) {
        return new Problem(
                TAKEN,
                "The lab's " + name() + " cannot listen: " + why + ".",
                "Another program took the port meanwhile: start the lab again.");
    }

    private Outcome<String> silent(String what) {
        return Outcome.failed(new Problem(
                SILENT,
                "The lab's " + name() + " " + what + ".",
                "What it wrote is in " + log + "; start the lab again."));
    }

    /** Ends it at once, as {@code kill -9} does. */
    public void kill() {
        Process now = process;
        if (now != null) {
            now.destroyForcibly();
            try {
                now.waitFor(5, TimeUnit.SECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        kill();
    }
}
