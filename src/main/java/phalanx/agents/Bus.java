package phalanx.agents;

import java.time.Duration;
import java.util.function.Consumer;
import phalanx.agents.trail.Message;

/**
 * Carries messages between the agents: each that was taken at least once, those of one incident in order. What waits to be sent may be lost
 * with the program: the trail knows what was decided, and nothing counts before it was delivered. Any thread.
 */
public interface Bus extends AutoCloseable {
    /** So long a message may take to come back; what was decided longer ago is not carried out. */
    Duration OLDEST = Duration.ofSeconds(30);

    /** Takes a message to be sent; never waits. @return false when no more can wait: then it is not sent */
    boolean publish(Message message);

    /** Names who gets the messages, one after the other on a thread of the bus, from now on. Once. */
    void deliver(Consumer<Message> to);

    @Override
    void close();

    /** A bus within this program. */
    static Bus inProcess() {
        return new InProcessBus();
    }
}
