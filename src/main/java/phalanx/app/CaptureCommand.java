package phalanx.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phalanx.capture.live.CaptureOptions;
import phalanx.capture.live.LiveCapture;
import phalanx.capture.live.RingOptions;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.WholeFile;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Captures on interfaces of this machine until it is stopped. */
@Command(
        name = "capture",
        mixinStandardHelpOptions = true,
        header = "Captures on interfaces of this machine into pcapng files.",
        description = {
            "By libpcap when this process may, else by dumpcap or tcpdump. Ctrl+C ends it. The file can be read while it grows:"
                    + " phalanx filter --follow.",
            "With --file-size or --file-seconds it goes on in a new file; with --files the oldest goes.",
            "With --hop several capture points start and end together, each with a file of its name in the folder --output.",
            "With --analyze it says what is wrong while it captures, a line whenever that changes, and answers to the whole files at "
                    + "the end as phalanx analyze does."
        },
        footer = {
            "",
            "Examples:",
            "  phalanx interfaces",
            "  phalanx capture --interface eth0 --output trace.pcapng",
            "  phalanx capture --interface eth0 --filter 'tcp port 443' --snaplen 128 --output trace.pcapng",
            "  phalanx capture --interface eth0 --output ring.pcapng --file-size 100 --files 20",
            "  phalanx capture --hop inside=eth1 --hop outside=eth0 --output router --analyze"
        })
final class CaptureCommand implements Callable<Integer> {
    private static final long LOOK_MILLIS = 200;

    @Spec
    private @Nullable CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private @Nullable Points points;

    /** On what is captured: one interface, or several under names. */
    static final class Points {
        @Option(names = "--interface", paramLabel = "NAME", description = "as phalanx interfaces lists it")
        private @Nullable String device;

        @Option(names = "--hop", paramLabel = "NAME=INTERFACE", description = "a capture point; may be repeated")
        private Map<String, String> hops = Map.of();
    }

    @Option(
            names = "--output",
            required = true,
            paramLabel = "PATH",
            description = "the pcapng file, with --hop the folder; nothing is overwritten")
    private Path output = Path.of("");

    @Option(
            names = "--filter",
            paramLabel = "FILTER",
            description = "only what this capture filter takes (libpcap's language: tcp port 443 and host 10.0.0.1)")
    private String filter = "";

    @Option(names = "--snaplen", paramLabel = "BYTES", description = "keep so many bytes of each frame (default: all)")
    private int snaplen;

    @Option(names = "--no-promiscuous", description = "leave out frames that are for others")
    private boolean own;

    @Option(
            names = "--buffer",
            paramLabel = "MB",
            defaultValue = "32",
            description = "the kernel's buffer (default: ${DEFAULT-VALUE})")
    private int buffer;

    @Option(names = "--duration", paramLabel = "SECONDS", description = "end by itself after so long")
    private long duration;

    @Option(names = "--file-size", paramLabel = "MB", description = "go on in a new file when one has so much")
    private long fileSize;

    @Option(names = "--file-seconds", paramLabel = "SECONDS", description = "go on in a new file after so long")
    private long fileSeconds;

    @Option(names = "--files", paramLabel = "COUNT", description = "keep the newest so many files")
    private int files;

    @Option(
            names = "--leave-free",
            paramLabel = "MB",
            defaultValue = "1024",
            description = "end, or let the oldest file go, before the disk has less left (default: ${DEFAULT-VALUE})")
    private long floor;

    @Option(names = "--analyze", description = "say what is wrong while it captures, and at the end")
    private boolean analyze;

    @Option(names = "--quiet", description = "no progress and no notices on stderr")
    private boolean quiet;

    @Override
    public Integer call() throws InterruptedException {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        if (files > 0 && fileSize <= 0 && fileSeconds <= 0) {
            throw new CommandLine.ParameterException(line, "--files needs --file-size or --file-seconds.");
        }
        Map<String, LiveCapture> captures = new LinkedHashMap<>();
        try {
            Points on = Objects.requireNonNull(points);
            if (on.device != null) {
                start(on.device, on.device, output, captures, line);
            } else {
                on.hops.keySet().forEach(hop -> fileName(hop, line));
                Files.createDirectories(output);
                for (Map.Entry<String, String> hop : on.hops.entrySet()) {
                    start(hop.getKey(), hop.getValue(), output.resolve(fileName(hop.getKey(), line)), captures, line);
                }
            }
            return follow(captures, line);
        } catch (NotStarted e) {
            line.getErr().println(e.problem);
            return ExitCode.FORBIDDEN;
        } catch (IOException e) {
            line.getErr().println(WholeFile.notWritten(output, e));
            return ExitCode.FORBIDDEN;
        } finally {
            captures.values().forEach(LiveCapture::close);
        }
    }

    private static String fileName(String hop, CommandLine line) {
        if (!hop.matches("[\\w.-]+") || hop.startsWith(".")) {
            throw new CommandLine.ParameterException(
                    line, "--hop " + hop + ": a name of letters, digits, - and _ is wanted, for it names a file.");
        }
        return hop + ".pcapng";
    }

    /** One of the captures could not begin. */
    private static final class NotStarted extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Problem problem;

        NotStarted(Problem problem) {
            this.problem = problem;
        }
    }

    private void start(String name, String device, Path file, Map<String, LiveCapture> into, CommandLine line)
            throws NotStarted {
        switch (LiveCapture.start(
                new CaptureOptions(device, filter, snaplen, !own, Math.clamp(buffer, 1, 1024) << 20),
                new RingOptions(file, fileSize << 20, fileSeconds, files, floor << 20))) {
            case Outcome.Failed<LiveCapture>(var problem) -> throw new NotStarted(problem);
            case Outcome.Ok<LiveCapture>(var capture) -> {
                into.put(name, capture);
                if (!quiet) {
                    line.getErr().println("Capturing on " + device + " by " + capture.by() + "; Ctrl+C ends.");
                }
            }
        }
    }

    private int follow(Map<String, LiveCapture> captures, CommandLine line) throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        Signals.on("TERM", stop::countDown);
        Signals.on("INT", stop::countDown);
        long end = duration > 0 ? System.nanoTime() + duration * 1_000_000_000L : Long.MAX_VALUE;
        CaptureAnswers answers = new CaptureAnswers(line, quiet);
        try (TerminalProgress progress = new TerminalProgress(line.getErr(), !quiet && TerminalProgress.isTerminal());
                CaptureWatch _ = analyze ? answers.watch(captures, progress) : null) {
            while (captures.values().stream().anyMatch(LiveCapture::isRunning) && System.nanoTime() < end) {
                progress.at(
                        captures.values().stream().map(CaptureCommand::told).collect(Collectors.joining("; ")), 0, 0);
                if (stop.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
        }
        captures.values().forEach(LiveCapture::stop);
        int code = ExitCode.OK;
        for (LiveCapture capture : captures.values()) {
            capture.close();
            Problem problem = capture.problem();
            boolean any = capture.counts().frames() > 0;
            if (problem != null) {
                line.getErr().println(problem);
                code = any ? ExitCode.PARTLY_READ : ExitCode.FORBIDDEN;
            }
            if (!quiet && (any || problem == null)) {
                line.getErr().println(told(capture));
            }
        }
        return analyze && code != ExitCode.FORBIDDEN ? Math.max(code, answers.atTheEnd(captures)) : code;
    }

    private static String told(LiveCapture capture) {
        LiveCapture.Counts counts = capture.counts();
        return String.format(
                Locale.ROOT,
                "%,d packets, %,.1f MB,%s in %s",
                counts.frames(),
                counts.octets() / 1e6,
                counts.dropped() < 0 ? "" : String.format(Locale.ROOT, " %,d dropped,", counts.dropped()),
                capture.file().getFileName());
    }
}
