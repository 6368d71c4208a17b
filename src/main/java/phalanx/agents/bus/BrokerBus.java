package phalanx.agents.bus;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phalanx.agents.Bus;
import phalanx.agents.trail.Message;
import phalanx.run.Jobs;

/**
 * A bus by a broker. What is published waits in this program until the broker has it, while the broker is away, too; what comes is taken
 * before the broker is told so. What is not of these agents is passed over and counted. Any thread.
 */
public final class BrokerBus implements Bus {
    private static final System.Logger LOG = System.getLogger("phalanx.agents");
    /** Messages that may wait; the agents send some dozens an incident. */
    private static final int WAITING = 10_000;
    /** Given to what waits when the program ends. */
    private static final long FAREWELL_MILLIS = 2_000;

    private final BusAddress address;
    private final Lines lines;
    private final Seal seal;
    private final Broker sending;
    private final Broker receiving;
    private final BlockingQueue<Message> queue;
    private final Thread sender;
    private @Nullable Thread receiver;
    private volatile boolean closed;
    private long foreign;

    BrokerBus(BusAddress address, Lines lines, Seal seal, int waiting) {
        this.address = address;
        this.lines = lines;
        this.seal = seal;
        this.sending = new Broker(address + " (to)");
        this.receiving = new Broker(address + " (from)");
        this.queue = new LinkedBlockingQueue<>(waiting);
        this.sender = Jobs.assistant("agents-send", this::send);
    }

    /** Connects in the background, at once and whenever it must. */
    public static BrokerBus open(BusAddress address, BusSecrets secrets) {
        Lines lines = switch (address.kind()) {
            case KAFKA -> new KafkaLines(address, secrets);
            case REDIS -> new RedisLines(address, secrets);
        };
        return new BrokerBus(address, lines, new Seal(secrets.key()), WAITING);
    }

    @Override
    public boolean publish(Message message) {
        return queue.offer(message);
    }

    /** Whether messages wait for the broker. */
    public boolean away() {
        return sending.away() || receiving.away();
    }

    private void send() {
        try {
            while (!closed || !queue.isEmpty()) {
                Message message = queue.poll(100, TimeUnit.MILLISECONDS);
                if (message == null) {
                    continue;
                }
                String line = seal.write(message);
                while (!sending.ask(() -> lines.send(message.incident(), line))) {
                    LOG.log(System.Logger.Level.DEBUG, "{0} messages wait for {1}", queue.size() + 1, address);
                }
            }
        } catch (InterruptedException _) {
            // what still waits is lost, and has not happened
        } finally {
            lines.endSending();
        }
    }

    @Override
    public void deliver(Consumer<Message> to) {
        receiver = Jobs.assistant("agents", () -> {
            try {
                while (!closed) {
                    receiving.ask(() -> lines.receive(line -> take(line, to)));
                }
            } catch (InterruptedException _) {
                // closed
            } finally {
                lines.endReceiving();
            }
        });
    }

    private void take(String line, Consumer<Message> to) {
        Optional<Message> message = seal.read(line);
        if (message.isEmpty()) {
            foreign++;
            if (Long.bitCount(foreign) == 1) { // the first, and then ever more seldom
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0} messages on {1} are not of these agents, or damaged; they are passed over.",
                        foreign,
                        address);
            }
            return;
        }
        try {
            to.accept(message.get());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a message was lost", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            sender.join(FAREWELL_MILLIS);
            sender.interrupt();
            Thread taking = receiver;
            if (taking != null) {
                taking.join(FAREWELL_MILLIS);
                taking.interrupt();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
