package phalanx.app.agent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import phalanx.app.capture.RemoteOptions;
import phalanx.app.terminal.ExitCode;
import phalanx.app.terminal.Signals;
import phalanx.capture.remote.AgentAccess;
import phalanx.capture.remote.AgentPush;
import phalanx.capture.remote.AgentServer;
import phalanx.capture.remote.HopAddress;
import phalanx.capture.remote.RemoteAccess;
import phalanx.config.HostPort;
import phalanx.run.ForeignText;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Captures on this machine for a Phalanx on another one. */
@Command(
        name = "agent",
        mixinStandardHelpOptions = true,
        header =
                "Captures on this machine for a Phalanx on another one; or steers the agents that mend (the commands below).",
        subcommands = {
            AgentRunCommand.class,
            AgentOrders.Pause.class,
            AgentOrders.Resume.class,
            AgentOrders.Approve.class,
            AgentOrders.Reject.class,
            AgentVotesCommand.class,
            AgentExplainCommand.class,
            AgentLogCommand.class,
            AgentRequestsCommand.class
        },
        description = {
            "Without a command it captures. It waits (--listen), or goes to a phalanx capture that waits (--push). The line is TLS; who connects believes the"
                    + " certificate by its fingerprint, which the one that waits prints, and shows the token that both share.",
            "While the line is slow or cut, frames are kept in a buffer and sent later; what does not fit is counted."
        },
        footer = {
            "",
            "Examples:",
            "  phalanx agent --listen 10.0.0.5:7373",
            "  phalanx agent --push 10.0.0.1:7373 --hop lb=eth1 --fingerprint SHA256:... --token-file token",
            "Then on the other machine:",
            "  phalanx capture --hop lb=agent://10.0.0.5/eth1 --fingerprint SHA256:... --token-file token --output path",
            "  phalanx capture --hop lb=push --listen 10.0.0.1:7373 --output path",
            "The agents of a lab (phalanx lab up --agents), elsewhere:",
            "  phalanx agent log --follow",
            "  phalanx agent votes",
            "  phalanx agent approve INC-1795392000000/1 --reason 'seen on the dashboard, too'"
        })
public final class AgentCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @ArgGroup
    private @Nullable Way way;

    /** Waits, or goes. */
    static final class Way {
        @Option(
                names = "--listen",
                paramLabel = "HOST:PORT",
                description = "wait there; a port alone is of the loopback")
        private @Nullable String listen;

        @Option(names = "--push", paramLabel = "HOST:PORT", description = "go there")
        private @Nullable String push;
    }

    @Option(
            names = "--hop",
            paramLabel = "NAME=INTERFACE",
            description = "what is pushed, under the name that the other side waits for; may be repeated")
    private Map<String, String> hops = Map.of();

    @Option(
            names = "--buffer",
            paramLabel = "MB",
            defaultValue = "64",
            description =
                    "kept of each capture while the line is slow or cut; all of them have half of Java's memory at most"
                            + " (default: ${DEFAULT-VALUE})")
    private int buffer;

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    @Override
    public Integer call() throws InterruptedException {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        Way chosen = way;
        if (chosen == null) {
            throw new CommandLine.ParameterException(
                    line,
                    "Missing required argument (specify one of these): (--listen=HOST:PORT | --push=HOST:PORT), or a"
                            + " command.");
        }
        CountDownLatch stop = new CountDownLatch(1);
        Signals.on("TERM", stop::countDown);
        Signals.on("INT", stop::countDown);
        return chosen.listen != null
                ? listen(place(chosen.listen, line), line, stop)
                : push(place(Objects.requireNonNull(chosen.push), line), line, stop);
    }

    private static HostPort place(String text, CommandLine line) {
        return HostPort.read(text, HostPort.LOOPBACK, HopAddress.AGENT_PORT)
                .orElseThrow(() -> new CommandLine.ParameterException(line, text + " is no HOST:PORT."));
    }

    private long bufferOctets() {
        return (long) Math.clamp(buffer, 1, 4096) << 20;
    }

    private int listen(HostPort at, CommandLine line, CountDownLatch stop) throws InterruptedException {
        Outcome<AgentServer> begun = remote.keys()
                .own()
                .then(own -> AgentServer.listen(
                                at.host(),
                                at.port(),
                                own.identity(),
                                own.token(),
                                bufferOctets(),
                                RemoteAccess.USUAL_PATIENCE,
                                said -> tell(line, said))
                        .then(server -> {
                            line.getErr().println("The token is in " + own.tokenPlace() + ". Ctrl+C ends.");
                            line.getOut()
                                    .println("ready agent="
                                            + new HostPort(
                                                    at.host(), server.address().getPort()) + " fingerprint="
                                            + own.fingerprint());
                            line.getOut().flush();
                            return Outcome.ok(server);
                        }));
        switch (begun) {
            case Outcome.Ok<AgentServer>(AgentServer server) -> {
                try (server) {
                    stop.await();
                }
                return ExitCode.OK;
            }
            case Outcome.Failed<AgentServer>(Problem problem) -> {
                line.getErr().println(problem);
                return ExitCode.FORBIDDEN;
            }
        }
    }

    private static void tell(CommandLine line, String said) {
        line.getErr().println(ForeignText.line(said));
    }

    private int push(HostPort to, CommandLine line, CountDownLatch stop) throws InterruptedException {
        if (hops.isEmpty()) {
            throw new CommandLine.ParameterException(line, "--push needs --hop NAME=INTERFACE.");
        }
        AgentAccess access;
        try {
            access = remote.agents();
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandLine.ParameterException(line, "The token cannot be used: " + e.getMessage(), e);
        }
        List<AgentPush> pushes = new ArrayList<>();
        List<Problem> problems = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch left = new CountDownLatch(hops.size());
        hops.forEach((hop, device) -> {
            AgentPush push = new AgentPush(
                    to.host(),
                    to.port(),
                    access,
                    hop,
                    device,
                    bufferOctets(),
                    RemoteAccess.USUAL_PATIENCE,
                    said -> tell(line, said));
            pushes.add(push);
            Jobs.assistant("push " + hop, () -> {
                try {
                    if (push.run() instanceof Outcome.Failed<Boolean>(Problem problem)) {
                        problems.add(problem);
                    }
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                } finally {
                    left.countDown();
                    if (left.getCount() == 0) {
                        stop.countDown();
                    }
                }
            });
        });
        stop.await();
        pushes.forEach(AgentPush::close);
        problems.forEach(line.getErr()::println);
        return problems.isEmpty() ? ExitCode.OK : ExitCode.FORBIDDEN;
    }
}
