package phalanx.app.capture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phalanx.app.terminal.Counted;
import phalanx.app.terminal.ExitCode;
import phalanx.config.HostPort;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.telemetry.OtlpLimits;
import phalanx.telemetry.OtlpReceiver;
import phalanx.telemetry.OtlpStore;
import picocli.CommandLine;

/** Receives traces, metrics and logs while packets are captured, into a file beside these. */
final class OtlpCapture {
    private OtlpCapture() {}

    /** What takes as long as it does. */
    @FunctionalInterface
    interface Work {
        int run() throws InterruptedException;
    }

    /**
     * Captures, and receives as long.
     *
     * @param at {@code [HOST:]PORT} of OTLP/HTTP, gRPC comes on the one below; null to receive nothing
     * @param output of the capture: a folder with a file for each point, or a file
     * @return what the work returns, or that nobody can listen there
     */
    static int during(@Nullable String at, Path output, boolean folder, boolean quiet, CommandLine line, Work capture)
            throws InterruptedException {
        if (at == null) {
            return capture.run();
        }
        HostPort http = HostPort.read(at, HostPort.LOOPBACK, OtlpReceiver.HTTP_PORT)
                .orElseThrow(() -> new CommandLine.ParameterException(line, "--otlp wants [HOST:]PORT, found " + at));
        Path file = folder
                ? output.resolve("otlp.jsonl")
                : output.resolveSibling(
                        String.valueOf(output.getFileName()).replaceFirst("\\.[^.]*$", "") + ".otlp.jsonl");
        if (Files.exists(file)) {
            throw new CommandLine.ParameterException(line, file + " is there already, and nothing is overwritten.");
        }
        Outcome<OtlpReceiver> started =
                OtlpReceiver.start(http.host(), http.port(), Math.max(0, http.port() - 1), file, OtlpLimits.USUAL);
        switch (started) {
            case Outcome.Ok<OtlpReceiver>(OtlpReceiver receiver) -> {
                try (receiver) {
                    if (!quiet) {
                        line.getErr()
                                .println("Receiving OTLP at "
                                        + told(http, receiver.http().getPort()) + " (HTTP) and "
                                        + told(http, receiver.grpc().getPort()) + " (gRPC).");
                        receiver.exposed().ifPresent(line.getErr()::println);
                    }
                    return capture.run();
                } finally {
                    tell(receiver, quiet, line);
                }
            }
            case Outcome.Failed<OtlpReceiver>(Problem problem) -> {
                line.getErr().println(problem);
                return ExitCode.FORBIDDEN;
            }
        }
    }

    private static HostPort told(HostPort at, int port) {
        return new HostPort(at.host(), port);
    }

    private static void tell(OtlpReceiver receiver, boolean quiet, CommandLine line) {
        OtlpStore.Counts counts = receiver.store().counts();
        List<String> faults = new ArrayList<>();
        add(faults, counts.refused(), "request", " refused");
        add(faults, counts.turnedAway(), "connection", " turned away, for all places were taken");
        add(faults, counts.wrong(), "record", " not understood");
        add(faults, receiver.notKept(), "message", " too many to keep");
        if (!quiet || !faults.isEmpty()) {
            Path file = receiver.file();
            line.getErr()
                    .println(Counted.of(counts.spans(), "span")
                            + ", " + Counted.of(counts.points(), "point")
                            + ", " + Counted.of(counts.records(), "log record")
                            + (file == null ? "" : " in " + file.getFileName())
                            + (faults.isEmpty() ? "" : "; " + String.join(", ", faults)));
        }
    }

    private static void add(List<String> faults, long count, String one, String what) {
        if (count > 0) {
            faults.add(Counted.of(count, one) + what);
        }
    }
}
