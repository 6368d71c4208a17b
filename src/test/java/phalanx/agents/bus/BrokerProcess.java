package phalanx.agents.bus;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import phalanx.run.Outcome;

/** A broker of a test's own on the loopback, which can be killed and comes again with what it had. */
public final class BrokerProcess implements AutoCloseable {
    private static final Path REDIS = Path.of("/usr/bin/redis-server");

    private final BusAddress.Kind kind;
    private final Path folder;
    private final int port = free();
    private final int second = free();
    private final int inner = free();
    private final Optional<Secured> secured;
    private Process process;

    /** How it is spoken to by TLS: its certificate and key in one file of PEM, and the password of the user {@code agents}. */
    record Secured(Path certificateAndKey, String password) {}

    public BrokerProcess(BusAddress.Kind kind, Path folder) throws IOException {
        this(kind, folder, Optional.empty());
    }

    /** One that only who has the password may use, by TLS. */
    BrokerProcess(BusAddress.Kind kind, Path folder, Secured secured) throws IOException {
        this(kind, folder, Optional.of(secured));
    }

    private BrokerProcess(BusAddress.Kind kind, Path folder, Optional<Secured> secured) throws IOException {
        this.kind = kind;
        this.folder = Files.createDirectories(folder);
        this.secured = secured;
        if (kind == BusAddress.Kind.REDIS && !Files.isExecutable(REDIS)) {
            if (System.getenv("PHALANX_CI") != null) {
                fail("no redis-server");
            }
            Assumptions.abort("no redis-server");
        }
        if (kind == BusAddress.Kind.KAFKA) {
            Files.writeString(
                    folder.resolve("server.properties"),
                    """
                    process.roles=broker,controller
                    node.id=1
                    controller.quorum.voters=1@127.0.0.1:%2$d
                    listeners=AGENTS://127.0.0.1:%1$d,INNER://127.0.0.1:%4$d,CONTROLLER://127.0.0.1:%2$d
                    advertised.listeners=AGENTS://localhost:%1$d,INNER://127.0.0.1:%4$d
                    controller.listener.names=CONTROLLER
                    inter.broker.listener.name=INNER
                    listener.security.protocol.map=AGENTS:%5$s,INNER:PLAINTEXT,CONTROLLER:PLAINTEXT
                    log.dirs=%3$s
                    num.partitions=1
                    offsets.topic.num.partitions=1
                    offsets.topic.replication.factor=1
                    share.coordinator.state.topic.replication.factor=1
                    share.coordinator.state.topic.min.isr=1
                    transaction.state.log.replication.factor=1
                    transaction.state.log.min.isr=1
                    group.initial.rebalance.delay.ms=0
                    broker.session.timeout.ms=2000
                    broker.heartbeat.interval.ms=500
                    """.formatted(
                                            port,
                                            second,
                                            folder.resolve("log"),
                                            inner,
                                            secured.isPresent() ? "SASL_SSL" : "PLAINTEXT")
                            + secured.map(BrokerProcess::kafkaProperties).orElse(""));
        }
        start();
    }

    private static String kafkaProperties(Secured by) {
        return """
                ssl.keystore.type=PEM
                ssl.keystore.location=%s
                listener.name.agents.sasl.enabled.mechanisms=SCRAM-SHA-512
                listener.name.agents.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
                """.formatted(by.certificateAndKey());
    }

    private List<String> redis() {
        List<String> command = new ArrayList<>(List.of(
                REDIS.toString(),
                "--bind",
                "127.0.0.1",
                "--dir",
                folder.toString(),
                "--appendonly",
                "yes",
                "--save",
                ""));
        command.addAll(secured.map(by -> {
                    String pem = by.certificateAndKey().toString();
                    return List.of(
                            "--port",
                            "0",
                            "--tls-port",
                            String.valueOf(port),
                            "--tls-cert-file",
                            pem,
                            "--tls-key-file",
                            pem,
                            "--tls-ca-cert-file",
                            pem,
                            "--tls-auth-clients",
                            "no",
                            "--user",
                            "default",
                            "off",
                            "--user",
                            "agents",
                            "on",
                            ">" + by.password(),
                            "~*",
                            "&*",
                            "+@all");
                })
                .orElseGet(() -> List.of("--port", String.valueOf(port))));
        return command;
    }

    private List<String> kafka() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KafkaMain.class.getName(),
                folder.resolve("server.properties").toString()));
        secured.ifPresent(by -> command.add("SCRAM-SHA-512=[name=agents,password=" + by.password() + "]"));
        return command;
    }

    private static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Where it is. */
    public BusAddress address(String name) {
        String scheme = (kind == BusAddress.Kind.KAFKA ? "kafka" : "redis") + (secured.isPresent() ? "s" : "");
        String url = scheme + "://localhost:" + port + "/" + name;
        return BusAddress.read(url) instanceof Outcome.Ok<BusAddress>(BusAddress address) ? address : fail(url);
    }

    public void start() throws IOException {
        process = new ProcessBuilder(kind == BusAddress.Kind.REDIS ? redis() : kafka())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("out").toFile()))
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                fail(Files.readString(folder.resolve("out")));
            }
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException _) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return false;
        }
    }

    /** By SIGKILL. */
    public void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
