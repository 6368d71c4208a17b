package phalanx.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phalanx.app.terminal.ExitCode;
import phalanx.app.terminal.Signals;
import phalanx.config.Directive;
import phalanx.config.Values;
import phalanx.proxy.ProxyConfig;
import phalanx.proxy.ProxyServer;
import phalanx.proxy.http.Variables;
import phalanx.proxy.listen.LabAuthority;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
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
        read.config().get().notices().forEach(err()::println);
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

    @Command(
            name = "ca",
            header = "Make certificates of a laboratory authority of your own.",
            description =
                    "The authority is made at the first call; clients that trust its ca.pem trust what it issues.",
            mixinStandardHelpOptions = true)
    int ca(
            @Option(
                            names = "--folder",
                            paramLabel = "FOLDER",
                            defaultValue = "lab-ca",
                            description = "default: ${DEFAULT-VALUE}")
                    Path folder,
            @Parameters(paramLabel = "NAME", arity = "1..*", description = "hosts and addresses of one certificate")
                    List<String> names) {
        if (names.stream().anyMatch(name -> !name.matches("[A-Za-z0-9.*:_-]{1,253}"))) {
            err().println("PHX-0002 A name is a host such as shop.example.com or an address such as 127.0.0.1.");
            return ExitCode.USAGE;
        }
        try {
            LabAuthority authority = LabAuthority.in(folder);
            Path certificate = authority.issue(names).toAbsolutePath();
            String key = certificate.toString().replaceAll("\\.pem$", "-key.pem");
            out().println("Authority, for clients to trust: " + authority.certificateFile());
            out().println("In the configuration: ssl_certificate " + certificate + "; ssl_certificate_key " + key
                    + ";");
            return ExitCode.OK;
        } catch (IOException | GeneralSecurityException e) {
            err().println("PHX-5006 No certificate could be made in " + folder + " (" + e.getMessage()
                    + "). Name a folder that can be written, whose ca.pem and ca-key.pem belong together.");
            return ExitCode.FORBIDDEN;
        }
    }

    @Command(name = "run", header = "Serve until SIGTERM.", mixinStandardHelpOptions = true)
    int run(
            @Option(names = "--config", required = true, paramLabel = "FILE") Path file,
            @Option(
                            names = "--capture",
                            paramLabel = "FOLDER",
                            description =
                                    "write the traffic of both sides, in plain text, as client-side.pcapng and server-side.pcapng")
                    @Nullable
                    Path capture,
            @Option(
                            names = "--capture-size",
                            paramLabel = "SIZE",
                            defaultValue = "1g",
                            description = "the most that is written (default: ${DEFAULT-VALUE})")
                    String captureSize)
            throws InterruptedException {
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
                ProxyCaptures captures =
                        new ProxyCaptures(server, Values.bytes(captureSize).orElse(ProxyCaptures.STANDARD_SIZE), err());
                server.captures(captures);
                if (capture != null && captures.start(capture) instanceof Outcome.Failed<Path>(Problem problem)) {
                    server.close();
                    err().println(problem);
                    return ExitCode.FORBIDDEN;
                }
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
                captures.close();
                return ExitCode.OK;
            }
        }
    }
}
