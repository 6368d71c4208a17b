package phalanx.agents.bus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phalanx.agents.trail.Message;
import phalanx.run.Outcome;

class BrokerBusTest {
    private static final Seal SEAL = new Seal(new byte[32]);

    @TempDir
    Path folder;

    private static Message message(int number) {
        return new Message.Begun(Instant.EPOCH, "INC-1", "INC-1/" + number);
    }

    /** A broker in a queue, which can be cut off. */
    private static final class Queue implements Lines {
        final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        volatile boolean away;
        final AtomicInteger asked = new AtomicInteger();

        private void reach() {
            asked.incrementAndGet();
            if (away) {
                throw new IllegalStateException("away");
            }
        }

        @Override
        public void send(String incident, String line) {
            reach();
            lines.add(line);
        }

        @Override
        public void receive(Consumer<String> taken) {
            try {
                String line = lines.poll(20, TimeUnit.MILLISECONDS);
                if (line != null) {
                    taken.accept(line);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void endSending() {}

        @Override
        public void endReceiving() {}
    }

    private static BusAddress local() {
        return ((Outcome.Ok<BusAddress>) BusAddress.read("redis://127.0.0.1:1/x")).value();
    }

    @Test
    void what_others_write_is_passed_over_and_what_is_behind_it_comes() throws InterruptedException {
        Queue broker = new Queue();
        BlockingQueue<Message> came = new LinkedBlockingQueue<>();
        String genuine = SEAL.write(message(1));
        List.of(
                        "",
                        "nonsense",
                        genuine.substring(0, 20),
                        genuine.replace("INC-1/1", "INC-1/2"),
                        new Seal(new byte[] {1}).write(message(3)),
                        " " + genuine.substring(genuine.indexOf(' ') + 1),
                        "x".repeat(2_000_000))
                .forEach(broker.lines::add);
        broker.lines.add(genuine);
        try (BrokerBus bus = new BrokerBus(local(), broker, SEAL, 10)) {
            bus.deliver(message -> {
                came.add(message);
                throw new IllegalStateException("a fault of the loop");
            });
            assertEquals(message(1), came.poll(5, TimeUnit.SECONDS));
            assertTrue(bus.publish(message(4)));
            assertEquals(message(4), came.poll(5, TimeUnit.SECONDS));
            assertEquals(0, came.size());
        }
    }

    @Test
    void while_the_broker_is_away_messages_wait_up_to_a_bound_and_then_come_in_order() throws InterruptedException {
        Queue broker = new Queue();
        broker.away = true;
        try (BrokerBus bus = new BrokerBus(local(), broker, SEAL, 5)) {
            assertTrue(bus.publish(message(0)));
            while (broker.asked.get() == 0) {
                Thread.onSpinWait(); // the first is in the sender's hand
            }
            long from = System.nanoTime();
            List<Boolean> taken = IntStream.rangeClosed(1, 7)
                    .mapToObj(i -> bus.publish(message(i)))
                    .toList();
            assertTrue(System.nanoTime() - from < TimeUnit.SECONDS.toNanos(1), "publishing does not wait");
            assertEquals(List.of(true, true, true, true, true, false, false), taken);
            while (!bus.away()) {
                Thread.onSpinWait();
            }
            int before = broker.asked.get();
            Thread.sleep(700);
            assertTrue(
                    broker.asked.get() - before <= 3, "asked at growing intervals: " + (broker.asked.get() - before));
            BlockingQueue<Message> came = new LinkedBlockingQueue<>();
            bus.deliver(came::add);
            broker.away = false;
            for (int i = 0; i <= 5; i++) {
                assertEquals(message(i), came.poll(10, TimeUnit.SECONDS));
            }
            assertFalse(bus.away());
        }
    }

    @Test
    void addresses() {
        assertEquals("redis://127.0.0.1:6379/agents", read("redis://127.0.0.1/agents"));
        assertEquals("kafkas://broker.example:9093/a.b-c_1", read("kafkas://broker.example:9093/a.b-c_1"));
        assertEquals("kafka://localhost:9092/t", read("kafka://localhost/t"));
        assertEquals(
                "PLAIN",
                BusAddress.read("kafkas://b/t?login=plain") instanceof Outcome.Ok<BusAddress>(BusAddress address)
                        ? address.login()
                        : "");
    }

    private static String read(String text) {
        return BusAddress.read(text) instanceof Outcome.Ok<BusAddress>(BusAddress address) ? address.toString() : "";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://elsewhere.example/agents",
                "kafka://10.0.0.1:9092/t",
                "redis://eva:secret@127.0.0.1/agents",
                "redis://127.0.0.1",
                "redis://127.0.0.1/a/../b",
                "kafka://127.0.0.1/t?login=none",
                "http://127.0.0.1/x",
                "kafka://127.0.0.1.evil.example/t",
                "\u0000"
            })
    void addresses_that_are_refused_and_hold_no_secret_in_the_refusal(String text) {
        Outcome.Failed<?> failed = assertInstanceOf(Outcome.Failed.class, BusAddress.read(text));
        assertEquals(BusAddress.REFUSED, failed.problem().code());
        assertFalse(failed.problem().toString().contains("secret"));
    }

    @Test
    void secrets_come_from_the_environment_or_a_file_that_its_owner_alone_can_read() throws Exception {
        Path key = folder.resolve("bus.key");
        Path password = Files.writeString(folder.resolve("password"), "tell-nobody\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
        Map<String, String> environment =
                Map.of("PHALANX_BUS_USER", "eva", "PHALANX_BUS_PASSWORD_FILE", password.toString());
        Outcome.Failed<?> open = assertInstanceOf(Outcome.Failed.class, BusSecrets.of(environment, key));
        assertTrue(open.problem().what().contains("can be read by others"));
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        BusSecrets first = secrets(environment, key);
        assertEquals("eva", first.user());
        assertEquals("tell-nobody", first.password());
        assertFalse(first.toString().contains("tell"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
        assertArrayEquals(first.key(), secrets(Map.of(), key).key(), "the key outlasts the program");
        Files.writeString(key, "short");
        assertInstanceOf(Outcome.Failed.class, BusSecrets.of(Map.of(), key));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(2, files.count());
        }
    }

    private static BusSecrets secrets(Map<String, String> environment, Path key) {
        return ((Outcome.Ok<BusSecrets>) BusSecrets.of(environment, key)).value();
    }
}
