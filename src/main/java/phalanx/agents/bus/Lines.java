package phalanx.agents.bus;

import java.util.function.Consumer;

/** The two lines to a broker. They throw the library's exceptions when they are cut, and connect anew with the next call. */
interface Lines {
    /** Returns when the broker has it. On the sender's thread. */
    void send(String incident, String line);

    /** Waits a moment for what came, and tells the broker that it was taken after it was. On the receiver's thread. */
    void receive(Consumer<String> taken);

    /** On the sender's thread, at the end. */
    void endSending();

    /** On the receiver's thread, at the end. */
    void endReceiving();
}
