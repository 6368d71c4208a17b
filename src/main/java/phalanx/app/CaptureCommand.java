package phalanx.app;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import phalanx.capture.live.CaptureOptions;
import phalanx.capture.live.LiveCapture;
import phalanx.capture.live.RingOptions;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Captures on an interface of this machine until it is stopped. */
@Command(
        name = "capture",
        mixinStandardHelpOptions = true,
        header = "Captures on an interface of this machine into pcapng files.",
        description = {
            "By libpcap when this process may, else by dumpcap or tcpdump. Ctrl+C ends it. The file can be read while it grows:"
                    + " phalanx filter --follow.",
            "With --file-size or --file-seconds it goes on in a new file; with --files the oldest goes."
        },
        footer = {
            "",
            "Examples:",
            "  phalanx interfaces",
            "  phalanx capture --interface eth0 --output trace.pcapng",
            "  phalanx capture --interface eth0 --filter 'tcp port 443' --snaplen 128 --output trace.pcapng",
            "  phalanx capture --interface eth0 --output ring.pcapng --file-size 100 --files 20"
        })
final class CaptureCommand implements Callable<Integer> {
    private static final long LOOK_MILLIS = 200;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--interface", required = true, paramLabel = "NAME", description = "as phalanx interfaces lists it")
    private String device = "";

    @Option(names = "--output", required = true, paramLabel = "PATH", description = "the pcapng file; not overwritten")
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

    @Option(names = "--quiet", description = "no progress and no notices on stderr")
    private boolean quiet;

    @Override
    public Integer call() throws InterruptedException {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        if (files > 0 && fileSize <= 0 && fileSeconds <= 0) {
            throw new CommandLine.ParameterException(line, "--files needs --file-size or --file-seconds.");
        }
        Outcome<LiveCapture> started = LiveCapture.start(
                new CaptureOptions(device, filter, snaplen, !own, Math.clamp(buffer, 1, 1024) << 20),
                new RingOptions(output, fileSize << 20, fileSeconds, files, floor << 20));
        return switch (started) {
            case Outcome.Failed<LiveCapture>(var problem) -> {
                line.getErr().println(problem);
                yield ExitCode.FORBIDDEN;
            }
            case Outcome.Ok<LiveCapture>(var capture) -> {
                try (capture) {
                    yield follow(capture, line);
                }
            }
        };
    }

    private int follow(LiveCapture capture, CommandLine line) throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        Signals.on("TERM", stop::countDown);
        Signals.on("INT", stop::countDown);
        long end = duration > 0 ? System.nanoTime() + duration * 1_000_000_000L : Long.MAX_VALUE;
        if (!quiet) {
            line.getErr().println("Capturing on " + device + " by " + capture.by() + "; Ctrl+C ends.");
        }
        try (TerminalProgress progress = new TerminalProgress(line.getErr(), !quiet && TerminalProgress.isTerminal())) {
            while (capture.isRunning() && stop.getCount() > 0 && System.nanoTime() < end) {
                progress.at(told(capture), 0, 0);
                capture.await(LOOK_MILLIS);
            }
        }
        capture.close();
        Problem problem = capture.problem();
        if (problem != null) {
            line.getErr().println(problem);
        }
        if (!quiet) {
            line.getErr().println(told(capture));
        }
        return problem == null ? ExitCode.OK : ExitCode.PARTLY_READ;
    }

    private static String told(LiveCapture capture) {
        LiveCapture.Counts counts = capture.counts();
        return String.format(
                Locale.ROOT,
                "%,d packets, %,.1f MB, %s in %s",
                counts.frames(),
                counts.octets() / 1e6,
                counts.dropped() < 0 ? "" : String.format(Locale.ROOT, "%,d dropped,", counts.dropped()),
                capture.file().getFileName());
    }
}
