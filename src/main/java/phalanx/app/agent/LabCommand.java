package phalanx.app.agent;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import phalanx.app.terminal.ExitCode;
import phalanx.app.terminal.Signals;
import phalanx.config.HostPort;
import phalanx.lab.LabStatus;
import phalanx.lab.Layout;
import phalanx.lab.Marketplace;
import phalanx.lab.chaos.Chaos;
import phalanx.lab.chaos.FaultBook;
import phalanx.lab.control.LabClient;
import phalanx.lab.control.LabControl;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.WholeFile;
import phalanx.telemetry.OtlpLimits;
import phalanx.telemetry.OtlpReceiver;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The lab. */
@Command(
        name = "lab",
        mixinStandardHelpOptions = true,
        header = "A marketplace of services that really runs, and can really be broken.",
        description = {
            "Seven processes, the proxy between them, customers, telemetry, and a Git repository that it is deployed from. What is promised"
                    + " to customers: 99 of 100 requests within 400 ms, and fewer errors than one in a hundred."
        },
        footer = {
            "",
            "Examples:",
            "  phalanx lab up                      start it; Ctrl+C ends it",
            "  phalanx lab up --agents             and let the agents mend what breaks",
            "  phalanx lab inject slow-query       break it, elsewhere",
            "  phalanx lab status                  what customers feel",
            "  phalanx lab clear                   take back what was broken"
        })
public final class LabCommand {
    @Spec
    private @Nullable CommandSpec spec;

    /** Which lab. */
    static final class Folder {
        @Option(
                names = "--folder",
                paramLabel = "FOLDER",
                defaultValue = "lab",
                description = "the lab's: its repository, its logs (default: ${DEFAULT-VALUE})")
        private Path folder = Path.of("lab");
    }

    private CommandLine line() {
        return Objects.requireNonNull(spec).commandLine();
    }

    private int told(Problem problem) {
        line().getErr().println(problem);
        return problem.code().equals(LabClient.NOT_DONE) ? ExitCode.USAGE : ExitCode.FORBIDDEN;
    }

    private int told(Outcome<String> outcome) {
        return switch (outcome) {
            case Outcome.Ok<String>(String what) -> {
                line().getOut().println(what);
                yield ExitCode.OK;
            }
            case Outcome.Failed<String>(Problem problem) -> told(problem);
        };
    }

    @Command(name = "up", header = "Start a lab, until SIGTERM or lab down.", mixinStandardHelpOptions = true)
    int up(
            @Mixin Folder where,
            @Option(
                            names = "--rate",
                            paramLabel = "N",
                            defaultValue = "40",
                            description = "requests a second (default: ${DEFAULT-VALUE})")
                    double rate,
            @Option(
                            names = "--seed",
                            paramLabel = "N",
                            defaultValue = "1",
                            description = "of what is by chance (default: ${DEFAULT-VALUE})")
                    long seed,
            @Option(
                            names = "--otlp",
                            paramLabel = "URL",
                            defaultValue = "",
                            description = "where telemetry goes, by OTLP over HTTP (default: nowhere)")
                    String otlp,
            @Option(
                            names = "--agents",
                            description =
                                    "let the agents watch it, and do what trust_policy.json in its folder lets them")
                    boolean agents,
            @Mixin TeamOptions team,
            @Option(names = "--status", description = "a line each second, also where no terminal is") boolean lines)
            throws InterruptedException {
        if (!(rate > 0 && rate <= 1000)) {
            throw new CommandLine.ParameterException(line(), "--rate is from above 0 to 1000 requests a second.");
        }
        if (agents && !otlp.isEmpty()) {
            throw new CommandLine.ParameterException(
                    line(), "--agents take the telemetry themselves: leave --otlp out.");
        }
        AgentTeam.Choice choice = team.choice();
        if (!agents && !choice.equals(AgentTeam.Choice.STANDARD)) {
            throw new CommandLine.ParameterException(
                    line(), "--bus, --profile and --packets are the agents': add --agents.");
        }
        String collector = otlp.isEmpty()
                ? ""
                : HostPort.read(otlp.replaceFirst("^http://", "").replaceFirst("/$", ""), HostPort.LOOPBACK, 4318)
                        .orElseThrow(() -> new CommandLine.ParameterException(line(), otlp + " is no HOST:PORT."))
                        .toString();
        Path folder = where.folder.toAbsolutePath().normalize();
        CountDownLatch stop = new CountDownLatch(1);
        Signals.on("TERM", stop::countDown);
        Signals.on("INT", stop::countDown);
        if (!agents) {
            return run(new Marketplace.Settings(folder, rate, seed, collector), null, choice, stop, lines);
        }
        Path told = folder.resolve("otlp-" + System.currentTimeMillis() + ".jsonl");
        switch (OtlpReceiver.start(
                HostPort.LOOPBACK, 0, 0, told, choice.small() ? OtlpLimits.SMALL : OtlpLimits.USUAL)) {
            case Outcome.Failed<OtlpReceiver>(Problem problem) -> {
                return told(problem);
            }
            case Outcome.Ok<OtlpReceiver>(OtlpReceiver receiver) -> {
                try (receiver) {
                    String to = HostPort.LOOPBACK + ":" + receiver.http().getPort();
                    return run(new Marketplace.Settings(folder, rate, seed, to), receiver, choice, stop, lines);
                }
            }
        }
    }

    /** @param telemetry what the agents hear, null without agents */
    private int run(
            Marketplace.Settings settings,
            @Nullable OtlpReceiver telemetry,
            AgentTeam.Choice choice,
            CountDownLatch stop,
            boolean lines)
            throws InterruptedException {
        Path folder = settings.folder();
        switch (Marketplace.start(settings)) {
            case Outcome.Failed<Marketplace>(Problem problem) -> {
                return told(problem);
            }
            case Outcome.Ok<Marketplace>(Marketplace lab) -> {
                try (lab;
                        LabControl _ = new LabControl(lab, new Chaos(lab), folder, stop::countDown)) {
                    ready(lab, folder);
                    if (telemetry == null) {
                        boolean shown = lines
                                || Optional.ofNullable(System.console())
                                        .filter(Console::isTerminal)
                                        .isPresent();
                        watch(lab, stop, shown);
                        return ExitCode.OK;
                    }
                    return switch (LabAgents.start(lab, folder, telemetry, choice, line().getOut())) {
                        case Outcome.Failed<AgentTeam>(Problem problem) -> told(problem);
                        case Outcome.Ok<AgentTeam>(AgentTeam agents) -> {
                            try (agents) {
                                watch(lab, stop, lines); // the agents' steps are what is to be read
                            }
                            yield ExitCode.OK;
                        }
                    };
                } catch (IOException e) {
                    return told(WholeFile.notWritten(folder, e));
                }
            }
        }
    }

    private void watch(Marketplace lab, CountDownLatch stop, boolean shown) throws InterruptedException {
        while (!stop.await(1, TimeUnit.SECONDS)) {
            if (shown) {
                show(lab.status());
            }
        }
    }

    private void ready(Marketplace lab, Path folder) {
        Layout layout = lab.layout();
        line().getOut()
                .println("ready edge=" + layout.edge() + " admin=" + layout.admin() + " repository="
                        + lab.repository().folder() + " folder=" + folder);
        line().getOut().flush();
    }

    private void show(LabStatus status) {
        PrintWriter out = line().getOut();
        out.printf(
                Locale.ROOT,
                "%3d requests/s  %5.1f %% errors  p99 %5.0f ms  %s  %s%n",
                status.lastSecond().requests(),
                100 * status.lastSecond().errorShare(),
                status.lastSecond().p99Millis(),
                status.kept() ? "kept  " : "BROKEN",
                status.deployment().applied().substring(0, 12)
                        + status.deployment().refused().map(why -> "  " + why).orElse(""));
        out.flush();
    }

    @Command(name = "faults", header = "What can be broken.", mixinStandardHelpOptions = true)
    int faults() {
        FaultBook.ALL.forEach(fault -> line().getOut().printf("%-20s %s%n", fault.name(), fault.says()));
        return ExitCode.OK;
    }

    @Command(name = "inject", header = "Break something.", mixinStandardHelpOptions = true)
    int inject(
            @Mixin Folder where,
            @Parameters(paramLabel = "FAULT", description = "lab faults lists them") String fault,
            @Option(names = "--seed", paramLabel = "N", description = "says where, and how hard (default: by chance)")
                    @Nullable
                    Long seed) {
        if (!fault.matches("[a-z0-9-]{1,40}")) {
            throw new CommandLine.ParameterException(
                    line(), "A fault is a name such as slow-query; lab faults lists them.");
        }
        return told(new LabClient(where.folder).inject(fault, seed == null ? "" : Long.toString(seed)));
    }

    @Command(name = "clear", header = "Take back all that was broken.", mixinStandardHelpOptions = true)
    int clear(@Mixin Folder where) {
        return told(new LabClient(where.folder).clear());
    }

    @Command(name = "down", header = "End the lab.", mixinStandardHelpOptions = true)
    int down(@Mixin Folder where) {
        return told(new LabClient(where.folder).down());
    }

    @Command(name = "status", header = "What customers feel, and what runs.", mixinStandardHelpOptions = true)
    int status(@Mixin Folder where, @Option(names = "--json", description = "as JSON") boolean json) {
        return told(new LabClient(where.folder).status(json));
    }
}
