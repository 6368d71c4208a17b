package phalanx.app.agent;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phalanx.agents.Site;
import phalanx.agents.govern.TrustPolicy;
import phalanx.agents.observe.Inventory;
import phalanx.agents.observe.Measure;
import phalanx.agents.observe.Objective;
import phalanx.agents.observe.Subject;
import phalanx.app.terminal.ExitCode;
import phalanx.app.terminal.Signals;
import phalanx.config.HostPort;
import phalanx.config.JsonSection;
import phalanx.proxy.ProxyConfig;
import phalanx.proxy.ProxyServer;
import phalanx.proxy.http.Variables;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.telemetry.OtlpLimits;
import phalanx.telemetry.OtlpReceiver;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The agents over services of the user's own. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        header = "Run a proxy, and the agents that watch over what is behind it, until SIGTERM.",
        description = {
            "The agents read the proxy's figures and the telemetry that services send by OTLP, and do what the policy lets them: at the"
                    + " proxy, and by merge requests in the repository that configuration is deployed from."
        },
        footer = {
            "",
            "Example:",
            "  phalanx agent run --proxy proxy.conf --repository shop.git --inventory inventory.json \\",
            "      --policy trust_policy.json --environment staging --case agents-case"
        })
final class AgentRunCommand implements Callable<Integer> {
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(30);

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--proxy", required = true, paramLabel = "FILE", description = "the proxy's configuration")
    private Path proxy = Path.of("");

    @Option(
            names = "--repository",
            required = true,
            paramLabel = "FOLDER",
            description = "bare, that configuration is deployed from")
    private Path repository = Path.of("");

    @Option(
            names = "--proxy-in-repository",
            paramLabel = "PATH",
            defaultValue = "deploy/proxy.conf",
            description = "the proxy's configuration within it (default: ${DEFAULT-VALUE})")
    private String proxyFile = "";

    @Option(
            names = "--inventory",
            required = true,
            paramLabel = "FILE",
            description = "which services there are, and where their settings stand")
    private Path inventory = Path.of("");

    @Option(names = "--policy", required = true, paramLabel = "FILE", description = "what the agents may do")
    private Path policy = Path.of("");

    @Option(
            names = "--environment",
            required = true,
            paramLabel = "NAME",
            description = "which environment of the policy holds")
    private String environment = "";

    @Option(
            names = "--otlp",
            paramLabel = "PORT",
            defaultValue = "4318",
            description =
                    "of the loopback, where telemetry comes by OTLP over HTTP; 0 for any (default: ${DEFAULT-VALUE})")
    private int otlp;

    @Option(
            names = "--p99",
            paramLabel = "MS",
            defaultValue = "400",
            description =
                    "what users are promised: of a hundred answers one may take longer (default: ${DEFAULT-VALUE})")
    private double p99;

    @Option(
            names = "--errors",
            paramLabel = "PERCENT",
            defaultValue = "1",
            description = "and so many requests may fail (default: ${DEFAULT-VALUE})")
    private double errors;

    @Option(
            names = "--blocked",
            paramLabel = "PERCENT",
            defaultValue = "20",
            description =
                    "look closer when the guard refuses more of the requests than this (default: ${DEFAULT-VALUE})")
    private double blocked;

    @Mixin
    private TeamOptions team = new TeamOptions();

    @Mixin
    private AgentCase where = new AgentCase();

    private CommandLine line() {
        return Objects.requireNonNull(spec).commandLine();
    }

    @Override
    public Integer call() throws InterruptedException {
        if (otlp < 0 || otlp > 65_535 || !(p99 > 0) || !(errors > 0 && errors < 100)) {
            throw new CommandLine.ParameterException(
                    line(), "--otlp is a port, --p99 milliseconds above 0, --errors a percentage between 0 and 100.");
        }
        AgentTeam.Choice choice = team.choice();
        ProxyConfig.Read config = ProxyConfig.read(proxy);
        config.faults().forEach(line().getErr()::println);
        JsonSection.Read<Inventory> services = Inventory.read(inventory);
        services.faults().forEach(line().getErr()::println);
        if (config.config().isEmpty() || services.value().isEmpty()) {
            return ExitCode.USAGE;
        }
        CountDownLatch stop = new CountDownLatch(1);
        Signals.on("TERM", stop::countDown);
        Signals.on("INT", stop::countDown);
        return switch (LabAgents.read(policy)) {
            case Outcome.Failed<TrustPolicy>(Problem problem) -> told(problem, ExitCode.USAGE);
            case Outcome.Ok<TrustPolicy>(TrustPolicy rules)
            when !rules.environments().containsKey(environment) ->
                throw new CommandLine.ParameterException(
                        line(),
                        "The policy has no environment " + environment + "; there is: "
                                + String.join(", ", rules.environments().keySet()) + ".");
            case Outcome.Ok<TrustPolicy>(TrustPolicy rules) ->
                switch (ProxyServer.start(config.config().get())) {
                    case Outcome.Failed<ProxyServer>(Problem problem) ->
                        told(problem, problem.code().equals(ProxyServer.TAKEN) ? ExitCode.FORBIDDEN : ExitCode.USAGE);
                    case Outcome.Ok<ProxyServer>(ProxyServer server) -> {
                        try (server) {
                            int code = run(server, rules, services.value().get(), choice, stop);
                            server.drain(LONGEST_DRAIN);
                            yield code;
                        }
                    }
                };
        };
    }

    private int told(Problem problem, int code) {
        line().getErr().println(problem);
        return code;
    }

    private int run(
            ProxyServer server, TrustPolicy rules, Inventory services, AgentTeam.Choice choice, CountDownLatch stop)
            throws InterruptedException {
        Path beside = Objects.requireNonNullElse(policy.toAbsolutePath().getParent(), Path.of(""));
        Outcome<Running> begun = LabAgents.opened(where.folder())
                .then(kept -> OtlpReceiver.start(
                                HostPort.LOOPBACK,
                                otlp,
                                0,
                                where.folder().resolve("otlp-" + System.currentTimeMillis() + ".jsonl"),
                                choice.small() ? OtlpLimits.SMALL : OtlpLimits.USUAL)
                        .then(telemetry -> AgentTeam.start(
                                        server,
                                        new Site(
                                                server,
                                                repository,
                                                proxyFile,
                                                services,
                                                List.of(
                                                        new Objective(Subject.EDGE, Measure.ERRORS, errors / 100),
                                                        new Objective(Subject.EDGE, Measure.P99, p99),
                                                        new Objective(Subject.EDGE, Measure.BLOCKED, blocked / 100)),
                                                rules,
                                                environment,
                                                kept),
                                        choice,
                                        beside,
                                        where.folder(),
                                        telemetry,
                                        line().getOut())
                                .then(team -> Outcome.ok(new Running(team, telemetry)))));
        switch (begun) {
            case Outcome.Failed<Running>(Problem problem) -> {
                return told(problem, ExitCode.FORBIDDEN);
            }
            case Outcome.Ok<Running>(Running running) -> {
                try (running) {
                    line().getOut()
                            .println("ready "
                                    + server.http().stream()
                                            .map(at -> "http=" + Variables.endpoint(at))
                                            .collect(Collectors.joining(" "))
                                    + " admin=" + Variables.endpoint(server.adminAddress()) + " otlp="
                                    + Variables.endpoint(running.telemetry().http()) + " case=" + where.folder());
                    line().getOut().flush();
                    stop.await();
                    return ExitCode.OK;
                }
            }
        }
    }

    /** What was begun. */
    private record Running(AgentTeam team, OtlpReceiver telemetry) implements AutoCloseable {
        @Override
        public void close() {
            team.close();
            telemetry.close();
        }
    }
}
