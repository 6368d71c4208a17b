package phalanx.agents.bus;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    private Process process;

    public BrokerProcess(BusAddress.Kind kind, Path folder) throws IOException {
        this.kind = kind;
        this.folder = Files.createDirectories(folder);
        if (kind == BusAddress.Kind.REDIS && !Files.isExecutable(REDIS)) {
            if (System.getenv("PHALANX_CI") != null) {
                fail("no redis-server");
            }
            Assumptions.abort("no redis-server");
        }
        if (kind == BusAddress.Kind.KAFKA) {
            Files.writeString(folder.resolve("server.properties"), """
                    process.roles=broker,controller
                    node.id=1
                    controller.quorum.voters=1@127.0.0.1:%2$d
                    listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                    advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                    controller.listener.names=CONTROLLER
                    listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
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
                    """.formatted(port, second, folder.resolve("log")));
        }
        start();
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
        String url = (kind == BusAddress.Kind.KAFKA ? "kafka" : "redis") + "://127.0.0.1:" + port + "/" + name;
        return BusAddress.read(url) instanceof Outcome.Ok<BusAddress>(BusAddress address) ? address : fail(url);
    }

    public void start() throws IOException {
        List<String> command = kind == BusAddress.Kind.REDIS
                ? List.of(
                        REDIS.toString(),
                        "--port",
                        String.valueOf(port),
                        "--bind",
                        "127.0.0.1",
                        "--dir",
                        folder.toString(),
                        "--appendonly",
                        "yes",
                        "--save",
                        "")
                : List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KafkaMain.class.getName(),
                        folder.resolve("server.properties").toString());
        process = new ProcessBuilder(command)
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
