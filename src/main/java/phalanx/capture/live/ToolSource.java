package phalanx.capture.live;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import phalanx.capture.CaptureFile;
import phalanx.capture.CaptureSummary;
import phalanx.capture.FrameCursor;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** Captures by {@code dumpcap}, else {@code tcpdump}, in a process of its own that may have a right this one has not. */
final class ToolSource implements FrameSource {
    private static final int MOST_SAID = 4096;
    private static final int PATIENCE_SECONDS = 5;
    private static final List<String> TOOLS = List.of("dumpcap", "tcpdump");
    /** Where they are though the user's path leaves it out. */
    private static final List<String> USUAL = List.of("/usr/bin", "/usr/sbin", "/usr/local/bin", "/opt/homebrew/bin");

    private final CaptureOptions options;
    private final Process process;
    private final String name;
    private final StringBuilder said = new StringBuilder();
    private final Thread listener;
    private volatile boolean stopped;
    private volatile long dropped = -1;

    private ToolSource(CaptureOptions options, String name, Process process) {
        this.options = options;
        this.name = name;
        this.process = process;
        listener = Jobs.assistant(name + " complaints", this::listen);
    }

    /** Failed when there is no such tool; one that may not capture says so in {@link #run}. */
    static Outcome<FrameSource> open(CaptureOptions options) {
        return open(options, TOOLS);
    }

    /** @param tools by preference */
    static Outcome<FrameSource> open(CaptureOptions options, List<String> tools) {
        Optional<Path> tool = tools.stream().flatMap(ToolSource::find).findFirst();
        if (tool.isEmpty()) {
            return Outcome.failed(
                    new Problem(
                            CaptureProblems.FORBIDDEN,
                            "You may not capture on " + options.device()
                                    + ", and neither dumpcap nor tcpdump is installed.",
                            "Install Wireshark's command line tools and join the group wireshark, or run Phalanx as an administrator."));
        }
        String name = String.valueOf(tool.get().getFileName());
        try {
            Process process = new ProcessBuilder(
                            name.equals("dumpcap") ? dumpcap(tool.get(), options) : tcpdump(tool.get(), options))
                    .start();
            process.getOutputStream().close();
            return Outcome.ok(new ToolSource(options, name, process));
        } catch (IOException e) {
            return Outcome.failed(CaptureProblems.of(options.device(), String.valueOf(e.getMessage())));
        }
    }

    private static Stream<Path> find(String tool) {
        String path = System.getenv("PATH");
        return Stream.concat(path == null ? Stream.of() : Stream.of(path.split(File.pathSeparator, -1)), USUAL.stream())
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable);
    }

    private static List<String> dumpcap(Path tool, CaptureOptions options) {
        List<String> command = new ArrayList<>(List.of(
                tool.toString(),
                "-q",
                "-i",
                options.device(),
                "-s",
                Integer.toString(options.snaplen()),
                "-B",
                Integer.toString(Math.max(1, options.bufferBytes() >> 20)),
                "-w",
                "-"));
        if (!options.promiscuous()) {
            command.add("-p");
        }
        if (!options.filter().isBlank()) {
            command.addAll(List.of("-f", options.filter()));
        }
        return command;
    }

    private static List<String> tcpdump(Path tool, CaptureOptions options) {
        List<String> command = new ArrayList<>(List.of(
                tool.toString(),
                "-n",
                "-U",
                "--time-stamp-precision=nano",
                "-i",
                options.device(),
                "-s",
                Integer.toString(options.snaplen()),
                "-B",
                Integer.toString(Math.max(1, options.bufferBytes() >> 10)),
                "-w",
                "-"));
        if (!options.promiscuous()) {
            command.add("-p");
        }
        if (!options.filter().isBlank()) {
            command.addAll(List.of("--", options.filter()));
        }
        return command;
    }

    private void listen() {
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (said) {
                    said.append(line, 0, Math.min(line.length(), MOST_SAID)).append('\n');
                    said.delete(0, Math.max(0, said.length() - MOST_SAID));
                }
            }
        } catch (IOException _) {
            return; // it ended
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Outcome<Boolean> run(FrameReceiver to) throws IOException {
        try {
            Outcome<FrameCursor> opened =
                    CaptureFile.open("What " + name + " sends", Channels.newChannel(process.getInputStream()));
            if (opened instanceof Outcome.Ok<FrameCursor>(FrameCursor cursor)) {
                try (cursor) {
                    take(cursor, to);
                }
            }
            return stopped ? Outcome.ok(true) : Outcome.failed(complaint());
        } finally {
            end();
        }
    }

    private void take(FrameCursor cursor, FrameReceiver to) throws IOException {
        while (cursor.next()) {
            to.frame(
                    cursor.linkType(),
                    cursor.timeNanos(),
                    cursor.bytes(),
                    cursor.start(),
                    cursor.captured(),
                    cursor.length());
        }
        dropped = cursor.summary().interfaces().stream()
                .mapToLong(CaptureSummary.Interface::drops)
                .filter(drops -> drops >= 0)
                .reduce(Long::sum)
                .orElse(-1);
    }

    private Problem complaint() {
        try {
            listener.join(TimeUnit.SECONDS.toMillis(1));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        synchronized (said) {
            return CaptureProblems.of(options.device(), said.toString());
        }
    }

    private void end() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** The tool writes out what it has and ends, and its stream with it. */
    @Override
    public void stop() {
        stopped = true;
        process.toHandle().destroy(); // Process.destroy() would close the stream before it is read
        Jobs.assistant("end of " + name, this::awaitEnd);
    }

    @Override
    public long dropped() {
        return dropped;
    }
}
