package phalanx.app.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phalanx.app.terminal.ExitCode;
import phalanx.capture.live.CaptureOptions;
import phalanx.capture.live.LiveCapture;
import phalanx.capture.live.RingOptions;
import phalanx.capture.remote.HopAddress;
import phalanx.capture.remote.HopCaptures;
import phalanx.capture.remote.PushListener;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.WholeFile;
import phalanx.telemetry.OtlpReceiver;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Captures on interfaces of this machine and of others until it is stopped. */
@Command(
        name = "capture",
        mixinStandardHelpOptions = true,
        header = "Captures on interfaces of this machine and of others into pcapng files.",
        description = {
            "By libpcap when this process may, else by dumpcap or tcpdump. Ctrl+C ends it. The file can be read while it grows:"
                    + " phalanx filter --follow.",
            "With --file-size or --file-seconds it goes on in a new file; with --files the oldest goes.",
            "With --hop several capture points start and end together, each with a file of its name in the folder --output. They may be"
                    + " on other machines: ssh://USER@HOST:PORT/INTERFACE uses dumpcap or tcpdump there, agent://HOST:PORT/INTERFACE a"
                    + " phalanx agent, push waits for one that comes. A line that is cut is made again for a minute; what was missed is told.",
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
            "  phalanx capture --hop inside=eth1 --hop outside=eth0 --output router --analyze",
            "  phalanx capture --interface eth0 --output trace.pcapng --otlp",
            "  phalanx capture --hop client=ssh://admin@web1/eth0 --hop lb=agent://lb1/eth1 --hop here=eth0 --output path",
            "  phalanx capture --hop lb=push --listen 10.0.0.1:7373 --output path"
        })
public final class CaptureCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private @Nullable Points points;

    /** On what is captured: one interface, or several under names. */
    static final class Points {
        @Option(
                names = "--interface",
                paramLabel = "NAME",
                description = "as phalanx interfaces lists it, or the address of one elsewhere")
        private @Nullable String device;

        @Option(
                names = "--hop",
                paramLabel = "NAME=ADDRESS",
                description = "a capture point: an interface, ssh://..., agent://... or push; may be repeated")
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

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "where agents come that push; a port alone is of the loopback")
    private @Nullable String listen;

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    @Option(
            names = "--otlp",
            paramLabel = "[HOST:]PORT",
            arity = "0..1",
            fallbackValue = "" + OtlpReceiver.HTTP_PORT,
            description =
                    "receive traces, metrics and logs of OpenTelemetry meanwhile, by HTTP there and by gRPC on the port below, into a file"
                            + " beside the capture (default: ${FALLBACK-VALUE} on the loopback; whoever can reach another HOST can send)")
    private @Nullable String otlp;

    @Option(names = "--quiet", description = "no progress and no notices on stderr")
    private boolean quiet;

    @Override
    public Integer call() throws InterruptedException {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        if (files > 0 && fileSize <= 0 && fileSeconds <= 0) {
            throw new CommandLine.ParameterException(line, "--files needs --file-size or --file-seconds.");
        }
        List<HopCaptures.Hop> hops = hops(line);
        try {
            if (Objects.requireNonNull(points).device == null) {
                Files.createDirectories(output);
            }
        } catch (IOException e) {
            line.getErr().println(WholeFile.notWritten(output, e));
            return ExitCode.FORBIDDEN;
        }
        Set<String> pushed = hops.stream()
                .filter(hop -> hop.at() instanceof HopAddress.Pushed)
                .map(HopCaptures.Hop::name)
                .collect(Collectors.toSet());
        return switch (Listening.at(listen, pushed, remote.keys(), line)) {
            case Outcome.Ok<Listening>(Listening at) -> {
                try (at) {
                    yield OtlpCapture.during(
                            otlp,
                            output,
                            Objects.requireNonNull(points).device == null,
                            quiet,
                            line,
                            () -> capture(hops, at.push(), line));
                }
            }
            case Outcome.Failed<Listening>(Problem problem) -> {
                line.getErr().println(problem);
                yield ExitCode.FORBIDDEN;
            }
        };
    }

    private List<HopCaptures.Hop> hops(CommandLine line) {
        Points on = Objects.requireNonNull(points);
        if (on.device != null) {
            HopAddress at = RemoteOptions.address(on.device, false, line);
            return List.of(hop(at.device(), at, output));
        }
        List<HopCaptures.Hop> hops = new ArrayList<>();
        on.hops.forEach((name, address) -> {
            String file = fileName(name, line);
            hops.add(hop(name, RemoteOptions.address(address, false, line), output.resolve(file)));
        });
        return hops;
    }

    private HopCaptures.Hop hop(String name, HopAddress at, Path file) {
        return new HopCaptures.Hop(
                name,
                at,
                new CaptureOptions(at.device(), filter, snaplen, !own, Math.clamp(buffer, 1, 1024) << 20),
                new RingOptions(file, fileSize << 20, fileSeconds, files, floor << 20));
    }

    private int capture(List<HopCaptures.Hop> hops, @Nullable PushListener push, CommandLine line)
            throws InterruptedException {
        Outcome<Map<String, LiveCapture>> begun = remote.access(push).then(access -> HopCaptures.start(hops, access));
        switch (begun) {
            case Outcome.Ok<Map<String, LiveCapture>>(var captures) -> {
                try {
                    for (HopCaptures.Hop hop : hops) {
                        if (!quiet) {
                            LiveCapture capture = Objects.requireNonNull(captures.get(hop.name()));
                            line.getErr()
                                    .println("Capturing on " + hop.at() + " by " + capture.by() + "; Ctrl+C ends.");
                        }
                    }
                    return new CaptureFollower(line, quiet, analyze, duration).follow(captures);
                } finally {
                    captures.values().forEach(LiveCapture::close);
                }
            }
            case Outcome.Failed<Map<String, LiveCapture>>(Problem problem) -> {
                line.getErr().println(problem);
                return ExitCode.FORBIDDEN;
            }
        }
    }

    private static String fileName(String hop, CommandLine line) {
        if (!hop.matches("[\\w.-]+") || hop.startsWith(".")) {
            throw new CommandLine.ParameterException(
                    line, "--hop " + hop + ": a name of letters, digits, - and _ is wanted, for it names a file.");
        }
        return hop + ".pcapng";
    }
}
