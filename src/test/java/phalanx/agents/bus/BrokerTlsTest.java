package phalanx.agents.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import phalanx.agents.trail.Message;
import phalanx.proxy.listen.LabAuthority;
import phalanx.run.Outcome;

/** Real brokers of a team: by TLS, with a certificate of an authority of their own, and a password. */
class BrokerTlsTest {
    private static final String PASSWORD = "not-a-secret";
    private static final Message MESSAGE = new Message.Begun(Instant.EPOCH, "INC-1", "INC-1/1");
    /** Held, so that its handler stays. */
    private static final Logger LOG = Logger.getLogger("phalanx.agents");

    @TempDir
    Path folder;

    private final Queue<String> told = new ConcurrentLinkedQueue<>();
    private final Handler listener = new Handler() {
        private final SimpleFormatter text = new SimpleFormatter();

        @Override
        public void publish(LogRecord line) {
            told.add(text.formatMessage(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(listener);
    }

    @AfterEach
    void stop() {
        LOG.removeHandler(listener);
    }

    private LabAuthority authority() throws Exception {
        return LabAuthority.in(folder.resolve("authority"));
    }

    private BrokerProcess broker(BusAddress.Kind kind, String host) throws Exception {
        Path certificate = authority().issue(List.of(host));
        Path key = Path.of(certificate.toString().replace(".pem", "-key.pem"));
        Path both =
                Files.writeString(folder.resolve("broker.pem"), Files.readString(key) + Files.readString(certificate));
        return new BrokerProcess(kind, folder.resolve("broker"), new BrokerProcess.Secured(both, PASSWORD));
    }

    private BusSecrets secrets(String authorities, String password) {
        Outcome<BusSecrets> read = BusSecrets.of(
                Map.of("PHALANX_BUS_USER", "agents", "PHALANX_BUS_PASSWORD", password, "PHALANX_BUS_CA", authorities),
                folder.resolve("bus.key"));
        return ((Outcome.Ok<BusSecrets>) read).value();
    }

    /** Nothing comes through, and the log says why. */
    private void assertAway(BrokerProcess broker, BusSecrets secrets, String why) throws InterruptedException {
        told.clear();
        try (BrokerBus bus = BrokerBus.open(broker.address("team"), secrets)) {
            assertTrue(bus.publish(MESSAGE));
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (told.isEmpty() && System.nanoTime() < end) {
                Thread.sleep(20);
            }
            assertTrue(bus.away());
        }
        assertTrue(told.stream().anyMatch(line -> line.contains(why)), () -> why + " / " + told);
        assertFalse(told.toString().contains(secrets.password()), told::toString);
    }

    @ParameterizedTest
    @EnumSource
    void messages_go_over_tls_to_a_broker_that_is_vouched_for_and_to_no_other(BusAddress.Kind kind) throws Exception {
        String authorities = authority().certificateFile().toString();
        BlockingQueue<Message> came = new LinkedBlockingQueue<>();
        try (BrokerProcess broker = broker(kind, "localhost")) {
            try (BrokerBus bus = BrokerBus.open(broker.address("team"), secrets(authorities, PASSWORD))) {
                bus.deliver(came::add);
                assertTrue(bus.publish(MESSAGE));
                assertEquals(MESSAGE, came.poll(30, TimeUnit.SECONDS), told::toString);
            }
            assertAway(broker, secrets("", PASSWORD), "unable to find valid certification path");
            assertAway(
                    broker,
                    secrets(authorities, "another-word"),
                    kind == BusAddress.Kind.REDIS ? "WRONGPASS" : "Authentication failed");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_broker_of_another_name_is_told_nothing(BusAddress.Kind kind) throws Exception {
        String authorities = authority().certificateFile().toString();
        try (BrokerProcess broker = broker(kind, "broker.example")) {
            assertAway(broker, secrets(authorities, PASSWORD), "localhost");
        }
    }

    @Test
    void a_file_without_certificates_is_refused() throws IOException {
        for (String content :
                List.of("", "nothing", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")) {
            Path file = Files.writeString(folder.resolve("team.pem"), content);
            Outcome.Failed<?> failed = assertInstanceOf(
                    Outcome.Failed.class,
                    BusSecrets.of(Map.of("PHALANX_BUS_CA", file.toString()), folder.resolve("bus.key")));
            assertEquals(BusAddress.REFUSED, failed.problem().code());
            assertTrue(failed.problem().what().startsWith("team.pem holds no certificate"), failed.toString());
        }
        Outcome.Failed<?> missing = assertInstanceOf(
                Outcome.Failed.class,
                BusSecrets.of(Map.of("PHALANX_BUS_CA", "/nowhere/team.pem"), folder.resolve("bus.key")));
        assertEquals(
                "team.pem cannot be read (NoSuchFileException).",
                missing.problem().what());
    }
}
