package phalanx.agents;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import phalanx.agents.trail.Message;
import phalanx.run.Jobs;

/** The bus within this program: a queue and a thread. What waits is lost with the program; the trail knows what was decided. Any thread. */
final class InProcessBus implements Bus {
    /** Messages that may wait; the agents send some dozens an incident. */
    private static final int WAITING = 10_000;

    private final BlockingQueue<Message> queue = new LinkedBlockingQueue<>(WAITING);
    private volatile boolean closed;

    @Override
    public boolean publish(Message message) {
        return queue.offer(message);
    }

    @Override
    public void deliver(Consumer<Message> to) {
        Jobs.assistant("agents", () -> {
            while (!closed) {
                try {
                    Message message = queue.poll(100, TimeUnit.MILLISECONDS);
                    if (message != null) {
                        to.accept(message);
                    }
                } catch (InterruptedException _) {
                    return;
                } catch (RuntimeException e) {
                    System.getLogger("phalanx.agents").log(System.Logger.Level.ERROR, "a message was lost", e);
                }
            }
        });
    }

    @Override
    public void close() {
        closed = true;
    }
}
