package phalanx.agents;

import java.util.function.Consumer;

/** Carries messages between the agents: each at least once, those of one sender in order. Any thread. */
public interface Bus extends AutoCloseable {
    /** Sends; returns when the message will not be lost any more. */
    void publish(Message message);

    /** Names who gets the messages, one after the other on a thread of the bus, from now on. Once. */
    void deliver(Consumer<Message> to);

    @Override
    void close();
}
