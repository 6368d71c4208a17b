package phalanx.app.capture;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import phalanx.app.terminal.ExitCode;
import phalanx.app.terminal.Signals;
import phalanx.config.HostPort;
import phalanx.receive.ReceiveLimits;
import phalanx.receive.ReceiveServer;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes finished captures that other machines send. */
@Command(
        name = "receive",
        mixinStandardHelpOptions = true,
        header = "Takes finished captures that other machines send by HTTP.",
        description = {
            "POST /captures?name=LABEL with the token and the capture as the body. What is no capture, too large, too slow or too much is"
                    + " refused and leaves nothing behind. On the loopback in plain text, elsewhere by TLS with a certificate of its own."
        },
        footer = {
            "",
            "Examples:",
            "  phalanx receive --folder captures",
            "  curl -H \"Authorization: Bearer $(cat token)\" -H 'Content-Type: application/octet-stream' \\",
            "      --data-binary @client.pcapng 'http://127.0.0.1:7374/captures?name=client'"
        })
public final class ReceiveCommand implements Callable<Integer> {
    private static final int PORT = 7374;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--folder", required = true, paramLabel = "FOLDER", description = "where captures go")
    private Path folder = Path.of("");

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:" + PORT,
            description = "a port alone is of the loopback (default: ${DEFAULT-VALUE})")
    private String listen = "";

    @Option(
            names = "--file-size",
            paramLabel = "MB",
            defaultValue = "1024",
            description = "of a capture at most (default: ${DEFAULT-VALUE})")
    private long fileSize;

    @Option(
            names = "--total-size",
            paramLabel = "MB",
            defaultValue = "20480",
            description = "of all captures in the folder at most (default: ${DEFAULT-VALUE})")
    private long totalSize;

    @Option(
            names = "--files",
            paramLabel = "COUNT",
            defaultValue = "1000",
            description = "in the folder at most (default: ${DEFAULT-VALUE})")
    private int files;

    @Mixin
    private HopKeys keys = new HopKeys();

    @Override
    public Integer call() throws InterruptedException {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        HostPort at = HostPort.read(listen, HostPort.LOOPBACK, PORT)
                .orElseThrow(() -> new CommandLine.ParameterException(line, listen + " is no HOST:PORT."));
        CountDownLatch stop = new CountDownLatch(1);
        Signals.on("TERM", stop::countDown);
        Signals.on("INT", stop::countDown);
        switch (keys.own().then(own -> start(at, own, line))) {
            case Outcome.Ok<ReceiveServer>(ReceiveServer server) -> {
                try (server) {
                    stop.await();
                }
                return ExitCode.OK;
            }
            case Outcome.Failed<ReceiveServer>(Problem problem) -> {
                line.getErr().println(problem);
                return ExitCode.FORBIDDEN;
            }
        }
    }

    private Outcome<ReceiveServer> start(HostPort at, HopKeys.Own own, CommandLine line) {
        ReceiveLimits limits = new ReceiveLimits(
                fileSize << 20, totalSize << 20, files, ReceiveLimits.USUAL.slowest(), ReceiveLimits.USUAL.patience());
        try {
            return ReceiveServer.start(
                            at.host(),
                            at.port(),
                            folder,
                            limits,
                            own.token()::is,
                            own.identity().keyManagers(),
                            line.getErr()::println)
                    .then(server -> {
                        line.getErr().println("The token is in " + own.tokenPlace() + ". Ctrl+C ends.");
                        line.getOut()
                                .println("ready receive="
                                        + new HostPort(
                                                at.host(), server.address().getPort()) + " fingerprint="
                                        + own.fingerprint());
                        line.getOut().flush();
                        return Outcome.ok(server);
                    });
        } catch (GeneralSecurityException e) {
            return Outcome.failed(new Problem(
                    HopKeys.UNUSABLE,
                    "The certificate of this machine cannot be used (" + e.getMessage() + ").",
                    "Move it away; another one is made."));
        }
    }
}
