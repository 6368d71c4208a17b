package phalanx.capture.remote;

import java.io.IOException;
import java.net.ProtocolException;
import org.jspecify.annotations.Nullable;
import phalanx.capture.live.FrameSource;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** A capture under way at an agent, which outlives the line that it is sent on. Any thread; one line at a time. */
final class AgentSession {
    private static final long TELL_NANOS = 1_000_000_000;

    private final FrameSource source;
    private final FrameBuffer buffer;
    private final Object turn = new Object();
    private @Nullable HopLine line;
    private volatile String why = "";
    private volatile boolean ending;
    private volatile long lastLine = System.nanoTime();

    AgentSession(FrameSource source, FrameBuffer buffer) {
        this.source = source;
        this.buffer = buffer;
        Jobs.assistant("agent capture", this::capture);
    }

    private void capture() {
        try {
            if (source.run(buffer) instanceof Outcome.Failed<Boolean>(Problem problem)) {
                why = problem.what();
            }
        } catch (IOException | RuntimeException | Error e) {
            System.getLogger("phalanx.capture").log(System.Logger.Level.ERROR, "a capture failed", e);
            why = "Phalanx met a fault of its own there (" + e.getClass().getSimpleName() + ").";
        } finally {
            buffer.finish();
        }
    }

    /**
     * Sends on a line until that ends; a line before is closed.
     *
     * @param resumed whether the other side goes on at {@code next}
     * @throws IOException when the line was cut, or somebody speaks nonsense
     */
    void serve(HopLine to, boolean resumed, long next) throws IOException, InterruptedException {
        takeOver(to);
        synchronized (turn) {
            if (!buffer.resume(next)) {
                throw new ProtocolException("frame " + next + " was asked for, and is not there");
            }
            to.write(new Message.Started(resumed, source.name()));
            to.send(counts());
            Thread sender = Jobs.assistant("agent sends", () -> send(to));
            try {
                listen(to);
            } finally {
                to.close();
                sender.interrupt();
                sender.join();
                lastLine = System.nanoTime();
            }
        }
    }

    private synchronized void takeOver(HopLine to) {
        if (line != null) {
            line.close();
        }
        line = to;
    }

    private void listen(HopLine to) throws IOException {
        while (true) {
            try {
                switch (to.receive(Message.MOST_TOLD)) {
                    case Message.Ack(long next) -> buffer.acknowledged(next);
                    case Message.Stop _ -> source.stop();
                    default -> throw new ProtocolException("an agent is not told this");
                }
            } catch (IOException e) {
                if (!over()) {
                    throw e;
                }
                return; // who has everything goes
            }
        }
    }

    private void send(HopLine to) {
        long tellAt = System.nanoTime() + TELL_NANOS;
        try {
            while (true) {
                long wait = tellAt - System.nanoTime();
                if (wait <= 0) {
                    to.write(counts());
                    tellAt = System.nanoTime() + TELL_NANOS;
                    continue;
                }
                Message.Frame frame = buffer.take(0);
                if (frame == null) {
                    to.flush();
                    frame = buffer.take(Math.max(1, wait / 1_000_000));
                }
                if (frame != null) {
                    to.write(frame);
                } else if (buffer.exhausted()) {
                    to.write(counts());
                    ending = true;
                    to.send(new Message.End(why));
                    return;
                }
            }
        } catch (IOException _) {
            to.close(); // cut: it is sent again on the next one
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            System.getLogger("phalanx.capture").log(System.Logger.Level.ERROR, "a line failed", e);
            to.close();
        }
    }

    private Message.Counts counts() {
        return new Message.Counts(source.dropped(), buffer.lost(), buffer.numbered(), System.nanoTime() / 1_000_000);
    }

    /** Whether everything arrived. */
    boolean over() {
        return ending && buffer.octets() == 0;
    }

    /** Since when no line serves it ({@link System#nanoTime}); means nothing while one does. */
    long lastLine() {
        return lastLine;
    }

    /** Whether a line serves it. */
    synchronized boolean served() {
        return line != null && !line.isClosed();
    }

    void stop() {
        source.stop();
    }
}
