package phalanx.capture.remote;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phalanx.run.ForeignText;
import phalanx.run.Outcome;

/** Waits for agents that push, and keeps the line of each until it is wanted. Any thread. */
public final class PushListener implements AutoCloseable {
    private static final long LOOK_MILLIS = 1000;

    private final Set<String> hops;
    private final Map<String, HopLine> lines = new HashMap<>();
    private @Nullable HopServer server;

    private PushListener(Set<String> hops) {
        this.hops = Set.copyOf(hops);
    }

    /**
     * Begins to wait.
     *
     * @param hops that are waited for; others are refused
     * @param told a line for each refusal, without secrets
     */
    public static Outcome<PushListener> listen(
            String host, int port, HopIdentity identity, HopToken token, Set<String> hops, Consumer<String> told) {
        PushListener listener = new PushListener(hops);
        return HopServer.listen(host, port, identity, token, listener.new Keeping(), told)
                .then(server -> {
                    listener.server = server;
                    return Outcome.ok(listener);
                });
    }

    private final class Keeping implements HopServer.Handler {
        @Override
        public Message.@Nullable Refused refuses(String hop) {
            return hops.contains(hop)
                    ? null
                    : new Message.Refused(
                            "nobody waits for " + ForeignText.name(hop) + " there.",
                            "Name the hop as it is named there.");
        }

        /** Keeps the connection's thread until somebody has done with the line. */
        @Override
        public void serve(HopLine line, String hop) throws IOException, InterruptedException {
            offer(hop, line);
            try {
                while (isWaiting(hop, line)) {
                    line.send(new Message.Ack(0)); // a sign of life
                }
                while (!line.isClosed()) {
                    Thread.sleep(LOOK_MILLIS);
                }
            } finally {
                withdraw(hop, line);
            }
        }
    }

    private synchronized void offer(String hop, HopLine line) {
        HopLine older = lines.put(hop, line);
        if (older != null) {
            older.close();
        }
        notifyAll();
    }

    /** Whether nobody took it, a second later. */
    private synchronized boolean isWaiting(String hop, HopLine line) throws InterruptedException {
        long until = System.nanoTime() + LOOK_MILLIS * 1_000_000;
        while (lines.get(hop) == line) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return true;
            }
            wait(left);
        }
        return false;
    }

    private synchronized void withdraw(String hop, HopLine line) {
        lines.remove(hop, line);
    }

    /** The line of a hop, whose end is the caller's. */
    Outcome<HopLine> take(String hop, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        synchronized (this) {
            try {
                while (true) {
                    HopLine line = lines.remove(hop);
                    if (line != null && !line.isClosed()) {
                        return Outcome.ok(line);
                    }
                    long left = (until - System.nanoTime()) / 1_000_000;
                    if (left <= 0) {
                        return Outcome.failed(
                                RemoteProblems.unreachable(new HopAddress.Pushed(), "no agent came for " + hop));
                    }
                    wait(left);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return Outcome.failed(RemoteProblems.unreachable(new HopAddress.Pushed(), "it was interrupted"));
            }
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return Objects.requireNonNull(server).address();
    }

    @Override
    public void close() {
        Objects.requireNonNull(server).close();
    }
}
