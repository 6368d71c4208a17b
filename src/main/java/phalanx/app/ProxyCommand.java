package phalanx.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phalanx.config.Directive;
import phalanx.proxy.ProxyConfig;
import phalanx.proxy.ProxyServer;
import phalanx.proxy.http.Variables;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The reverse proxy by itself. */
@Command(
        name = "proxy",
        header = "Run the reverse proxy, or check its configuration.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  phalanx proxy check --config proxy-config/phalanx.conf",
            "  phalanx proxy run --config proxy-config/phalanx.conf"
        })
final class ProxyCommand {
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(30);

    @Spec
    private @Nullable CommandSpec spec;

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    private PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }

    @Command(name = "check", header = "Name every fault of a configuration.", mixinStandardHelpOptions = true)
    int check(@Option(names = "--config", required = true, paramLabel = "FILE") Path file) {
        ProxyConfig.Read read = ProxyConfig.read(file);
        read.faults().forEach(err()::println);
        if (read.config().isEmpty()) {
            return ExitCode.USAGE;
        }
        out().println(file + " is a good configuration.");
        return ExitCode.OK;
    }

    @Command(
            name = "directives",
            header = "List every directive: its form, places and meaning.",
            mixinStandardHelpOptions = true)
    int directives() {
        ProxyConfig.DIRECTIVES.stream()
                .sorted(Comparator.comparing(Directive::name))
                .forEach(d -> out().println(d.form() + "\n    " + d.says()
                        + (d.standard().isEmpty() ? "" : " Standard: " + d.standard() + ".") + "\n    In: "
                        + String.join(", ", d.blocks())));
        return ExitCode.OK;
    }

    @Command(name = "run", header = "Serve until SIGTERM.", mixinStandardHelpOptions = true)
    int run(@Option(names = "--config", required = true, paramLabel = "FILE") Path file) throws InterruptedException {
        ProxyConfig.Read read = ProxyConfig.read(file);
        read.faults().forEach(err()::println);
        if (read.config().isEmpty()) {
            return ExitCode.USAGE;
        }
        read.config().get().notices().forEach(err()::println);
        switch (ProxyServer.start(read.config().get())) {
            case Outcome.Failed<ProxyServer>(Problem problem) -> {
                err().println(problem);
                return problem.code().equals(ProxyServer.TAKEN) ? ExitCode.FORBIDDEN : ExitCode.USAGE;
            }
            case Outcome.Ok<ProxyServer>(ProxyServer server) -> {
                CountDownLatch stop = new CountDownLatch(1);
                Signals.on("TERM", stop::countDown);
                Signals.on("INT", stop::countDown);
                Signals.on("HUP", () -> server.reload().forEach(err()::println));
                out().println("ready "
                        + server.http().stream()
                                .map(at -> "http=" + Variables.endpoint(at))
                                .collect(Collectors.joining(" "))
                        + server.streamAddresses().stream().map(at -> " " + at).collect(Collectors.joining())
                        + " admin=" + Variables.endpoint(server.adminAddress()));
                out().flush();
                stop.await();
                server.drain(LONGEST_DRAIN);
                server.close();
                return ExitCode.OK;
            }
        }
    }
}
