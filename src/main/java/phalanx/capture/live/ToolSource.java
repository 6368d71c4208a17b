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
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phalanx.capture.CaptureFile;
import phalanx.capture.FrameCursor;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** Captures by {@code dumpcap}, else {@code tcpdump}, in a process of its own that may have a right this one has not. */
final class ToolSource implements FrameSource {
    private static final int MOST_SAID = 4096;
    private static final int PATIENCE_SECONDS = 5;
    /** Where they are though the user's path leaves it out. */
    private static final List<String> USUAL = List.of("/usr/bin", "/usr/sbin", "/usr/local/bin", "/opt/homebrew/bin");

    private final CaptureOptions options;
    private final Process process;
    private final String name;
    private final StringBuilder said = new StringBuilder();
    private final Thread listener;
    private @Nullable FrameCursor cursor;
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
        return open(options, List.of(CaptureTool.values()));
    }

    /** @param tools by preference */
    static Outcome<FrameSource> open(CaptureOptions options, List<CaptureTool> tools) {
        for (CaptureTool tool : tools) {
            Optional<Path> program = find(tool);
            if (program.isPresent()) {
                return start(options, tool, program.get());
            }
        }
        return Outcome.failed(
                new Problem(
                        CaptureProblems.FORBIDDEN,
                        "You may not capture on " + options.device()
                                + ", and neither dumpcap nor tcpdump is installed.",
                        "Install Wireshark's command line tools and join the group wireshark, or run Phalanx as an administrator."));
    }

    /** Waits until the tool has begun: then its stream has the head of a capture; one that may not says so and ends. */
    private static Outcome<FrameSource> start(CaptureOptions options, CaptureTool tool, Path program) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(tool.arguments(options));
        try {
            Process process = new ProcessBuilder(command).start();
            process.getOutputStream().close();
            ToolSource source = new ToolSource(options, tool.program(), process);
            return switch (CaptureFile.open(
                    "What " + source.name + " sends", Channels.newChannel(process.getInputStream()))) {
                case Outcome.Ok<FrameCursor>(FrameCursor cursor) -> {
                    source.cursor = cursor;
                    yield Outcome.ok(source);
                }
                case Outcome.Failed<FrameCursor> _ -> {
                    source.end();
                    yield Outcome.failed(source.complaint());
                }
            };
        } catch (IOException e) {
            return Outcome.failed(CaptureProblems.of(options.device(), String.valueOf(e.getMessage())));
        }
    }

    private static Optional<Path> find(CaptureTool tool) {
        String path = System.getenv("PATH");
        return Stream.concat(path == null ? Stream.of() : Stream.of(path.split(File.pathSeparator, -1)), USUAL.stream())
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, tool.program()))
                .filter(Files::isExecutable)
                .findFirst();
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
        try (FrameCursor frames = Objects.requireNonNull(cursor)) {
            dropped = to.takeAll(frames);
            return stopped ? Outcome.ok(true) : Outcome.failed(complaint());
        } finally {
            end();
        }
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
