package phalanx.app.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import phalanx.agents.Agents;
import phalanx.agents.observe.Subject;
import phalanx.app.pipeline.Pipeline;
import phalanx.app.pipeline.UserRules;
import phalanx.capture.FrameCursor;
import phalanx.capture.live.CaptureOptions;
import phalanx.capture.live.LiveCapture;
import phalanx.capture.live.RingOptions;
import phalanx.config.HostPort;
import phalanx.decode.filter.DisplayFilter;
import phalanx.decode.filter.Field;
import phalanx.decode.filter.FieldValues;
import phalanx.decode.filter.Fields;
import phalanx.inspect.Inspection;
import phalanx.inspect.Inspector;
import phalanx.inspect.PacketFields;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;

/**
 * Captures what goes to the servers that the agents know, and tells the agents of each segment what the TCP analysis
 * says of it, and what the rules find in the newest of them. Any thread.
 */
public final class PacketWatch implements AutoCloseable {
    /** The headers of a segment; what it carries is nobody's business here. */
    private static final int SNAPLEN = 128;

    private static final long MOST_OCTETS = 64L << 20;
    private static final int MOST_FILES = 3;

    private final LiveCapture capture;
    private final Agents agents;
    private final List<Way> ways;
    private final DisplayFilter again = filter("tcp.analysis.retransmission");
    private final DisplayFilter reset = filter("tcp.flags.reset == 1");
    private final Field ports = Objects.requireNonNull(Fields.FRAME.find("tcp.port"));
    private final FieldValues values = new FieldValues();
    private final CaptureWatch findings;
    /** The file that is read, by the thread that reads. */
    private String reading = "";

    private volatile boolean over;

    /** @param packets those of the server's address */
    private record Way(Subject subject, int port, DisplayFilter packets) {}

    private PacketWatch(LiveCapture capture, Agents agents) {
        this.capture = capture;
        this.agents = agents;
        this.ways = agents.servers().entrySet().stream()
                .map(one -> way(one.getKey(), one.getValue()))
                .toList();
        WireFindings wire = new WireFindings(agents.servers());
        this.findings = new CaptureWatch(
                Map.of("agents", capture),
                new Pipeline(UserRules.read(null)).live(),
                analysis -> agents.found(wire.of(analysis)),
                problem -> System.getLogger("phalanx.agents").log(System.Logger.Level.DEBUG, problem::toString));
        Jobs.assistant("packets for the agents", this::watch);
    }

    /**
     * Begins.
     *
     * @param device an interface of this machine
     * @param file what the files of its ring are named after; three of 64 MiB at most
     */
    public static Outcome<PacketWatch> start(String device, Path file, Agents agents) {
        String servers = agents.servers().keySet().stream()
                .map(server -> "port " + server.port())
                .distinct()
                .sorted()
                .collect(Collectors.joining(" or "));
        return LiveCapture.start(
                        new CaptureOptions(
                                device,
                                "tcp and (" + servers + ") or udp port 53",
                                SNAPLEN,
                                false,
                                CaptureOptions.USUAL_BUFFER),
                        new RingOptions(file, MOST_OCTETS, 0, MOST_FILES, RingOptions.USUAL_FLOOR))
                .then(capture -> Outcome.ok(new PacketWatch(capture, agents)));
    }

    private static Way way(HostPort server, Subject subject) {
        String address = server.host().contains(":") ? "ipv6.addr" : "ip.addr";
        return new Way(subject, server.port(), filter(address + " == " + server.host()));
    }

    private static DisplayFilter filter(String text) {
        return switch (DisplayFilter.parse(text)) {
            case Outcome.Ok<DisplayFilter>(DisplayFilter filter) -> filter;
            case Outcome.Failed<DisplayFilter>(Problem problem) -> throw new IllegalStateException(problem.toString());
        };
    }

    /** File by file, as the ring goes on. */
    private void watch() {
        while (!over && capture.isRunning()) {
            Path file = capture.file();
            reading = file.toAbsolutePath().toString();
            try {
                Outcome<Inspection> seen = Inspector.visit(
                        file,
                        () -> !over && capture.isRunning() && file.equals(capture.file()),
                        this::frame,
                        Progress.NONE);
                if (seen instanceof Outcome.Failed<Inspection>(Problem problem)) {
                    System.getLogger("phalanx.agents").log(System.Logger.Level.WARNING, problem::toString);
                    return;
                }
            } catch (IOException e) {
                throw new IllegalStateException(e); // nothing is written here
            }
        }
    }

    private void frame(FrameCursor cursor, PacketFields fields) {
        values.reset();
        fields.values(ports, values);
        for (int i = 0; i < values.count(); i++) {
            long port = values.number(i);
            for (int j = 0; j < ways.size(); j++) {
                Way way = ways.get(j);
                if (way.port() == port && way.packets().holds(fields)) {
                    long second = TimeUnit.NANOSECONDS.toSeconds(cursor.timeNanos());
                    agents.segment(
                            way.subject(), again.holds(fields), reset.holds(fields), second, reading, cursor.frame());
                    return;
                }
            }
        }
    }

    @Override
    public void close() {
        over = true;
        findings.close();
        capture.stop();
        capture.close();
    }
}
