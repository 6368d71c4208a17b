package phalanx.capture.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import phalanx.capture.live.CaptureInterface;
import phalanx.capture.live.CaptureInterfaces;
import phalanx.capture.live.CaptureOptions;
import phalanx.capture.live.FrameSource;
import phalanx.capture.live.LiveCapture;
import phalanx.capture.live.RingOptions;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** Begins captures at several points together, wherever these are. Any thread but the screen's: connecting takes its time. */
public final class HopCaptures {
    private HopCaptures() {}

    /**
     * A capture point.
     *
     * @param name for people, and for an agent that pushes
     * @param options whose device is that of the address
     */
    public record Hop(String name, HopAddress at, CaptureOptions options, RingOptions ring) {}

    /** Begins at one point, here or elsewhere. */
    public static Outcome<FrameSource> open(Hop hop, RemoteAccess access) {
        return switch (hop.at()) {
            case HopAddress.Local _ -> FrameSource.open(hop.options());
            case HopAddress.Ssh ssh -> SshSource.open(ssh, access.ssh(), hop.options(), access.patience());
            case HopAddress.Agent agent ->
                AgentSource.open(agent, dial(agent, access.agent()), hop.options(), access.patience());
            case HopAddress.Pushed pushed -> {
                PushListener push = access.push();
                yield push == null
                        ? Outcome.failed(RemoteProblems.unreachable(pushed, "nobody listens here"))
                        : AgentSource.open(
                                pushed,
                                () -> push.take(hop.name(), access.patience()),
                                hop.options(),
                                access.patience());
            }
        };
    }

    private static Supplier<Outcome<HopLine>> dial(HopAddress.Agent agent, AgentAccess access) {
        return () -> HopLine.connect(agent.toString(), agent.host(), agent.port(), access, "");
    }

    /**
     * Begins at all points or at none, those that are farthest first. What passes before all are ready is in no file: else one would begin
     * while another is still being connected to.
     *
     * @return failed with a sentence that names the point
     */
    public static Outcome<Map<String, LiveCapture>> start(List<Hop> hops, RemoteAccess access) {
        Map<String, LiveCapture> ready = new HashMap<>();
        for (Hop hop : hops.stream()
                .sorted(Comparator.comparing((Hop one) -> !one.at().remote()))
                .toList()) {
            switch (open(hop, access).then(source -> LiveCapture.ready(source, hop.options(), hop.ring()))) {
                case Outcome.Ok<LiveCapture>(LiveCapture capture) -> ready.put(hop.name(), capture);
                case Outcome.Failed<LiveCapture>(Problem why) -> {
                    ready.values().forEach(HopCaptures::undo);
                    return Outcome.failed(hops.size() == 1 ? why : naming(hop, why));
                }
            }
        }
        Map<String, LiveCapture> captures = new LinkedHashMap<>();
        hops.forEach(hop -> captures.put(hop.name(), Objects.requireNonNull(ready.get(hop.name()))));
        captures.values().forEach(capture -> capture.pause(false));
        return Outcome.ok(captures);
    }

    private static void undo(LiveCapture capture) {
        capture.close();
        try {
            Files.deleteIfExists(capture.file());
        } catch (IOException e) {
            System.getLogger("phalanx.capture").log(System.Logger.Level.WARNING, "a file stays", e);
        }
    }

    private static Problem naming(Hop hop, Problem why) {
        return new Problem(why.code(), hop.name() + " did not begin, and so none did: " + why.what(), why.remedy());
    }

    /** What can be captured on there. */
    public static Outcome<List<CaptureInterface>> interfaces(HopAddress machine, RemoteAccess access) {
        return switch (machine) {
            case HopAddress.Local _ -> CaptureInterfaces.list();
            case HopAddress.Ssh ssh ->
                SshLine.open(ssh, access.ssh(), access.ssh().secrets()).then(line -> {
                    try (line) {
                        return SshInterfaces.list(ssh, line);
                    }
                });
            case HopAddress.Agent agent ->
                dial(agent, access.agent()).get().then(line -> {
                    try (line) {
                        line.send(new Message.ListInterfaces());
                        return switch (line.receive(Message.MOST_SENT)) {
                            case Message.Interfaces(List<CaptureInterface> all) -> Outcome.ok(all);
                            case Message.Refused(String what, String remedy) ->
                                Outcome.failed(RemoteProblems.refused(agent, what, remedy));
                            default -> Outcome.failed(HopLine.otherVersion(agent.toString()));
                        };
                    } catch (IOException e) {
                        return Outcome.failed(RemoteProblems.unreachable(agent, String.valueOf(e.getMessage())));
                    }
                });
            case HopAddress.Pushed pushed ->
                Outcome.failed(RemoteProblems.unreachable(pushed, "an agent that pushes chooses its interface itself"));
        };
    }
}
