package phalanx.capture.remote;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import phalanx.capture.live.CaptureInterface;
import phalanx.capture.live.CaptureInterfaces;
import phalanx.capture.live.CaptureOptions;
import phalanx.capture.live.FrameSource;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** The captures under way at an agent. One that no line asks for any more is ended. Any thread. */
final class AgentSessions implements AutoCloseable {
    private static final int MOST = 16;
    private static final int SMALLEST_BUFFER = 1 << 20, LARGEST_BUFFER = 256 << 20;

    private final long bufferOctets;
    private final BufferRoom room;
    private final Duration patience;
    private final Map<UUID, AgentSession> sessions = new ConcurrentHashMap<>();
    private final Thread sweeper;

    /**
     * None yet.
     *
     * @param bufferOctets that each capture keeps for a line that is slow or cut; less where the room is less
     * @param patience how long a capture goes on without a line
     * @param room for the buffers of all captures, perhaps shared with others
     */
    AgentSessions(long bufferOctets, Duration patience, BufferRoom room) {
        this.bufferOctets = room.atMost(bufferOctets);
        this.patience = patience;
        this.room = room;
        sweeper = Jobs.assistant("agent sessions", this::sweep);
    }

    private void sweep() {
        try {
            while (true) {
                Thread.sleep(Math.min(1000, patience.toMillis()));
                sessions.forEach((id, session) -> {
                    if (!session.served() && System.nanoTime() - session.lastLine() > patience.toNanos()) {
                        remove(id, session);
                        session.stop();
                    }
                });
            }
        } catch (InterruptedException _) {
            return; // closed
        }
    }

    /**
     * Answers what is asked on a line until it ends.
     *
     * @param listener the side of the line that was connected to
     * @param device that is captured on, empty for the one that is asked for
     * @return whether a capture arrived to its end
     */
    boolean serve(HopLine line, InetSocketAddress listener, String device) throws IOException, InterruptedException {
        while (true) {
            switch (line.receive(Message.MOST_TOLD)) {
                case Message.ListInterfaces _ ->
                    line.send(
                            switch (CaptureInterfaces.list()) {
                                case Outcome.Ok<List<CaptureInterface>>(var all) -> new Message.Interfaces(all);
                                case Outcome.Failed<List<CaptureInterface>>(Problem problem) ->
                                    new Message.Refused(problem.what(), problem.remedy());
                            });
                case Message.Start(UUID id, long next, CaptureOptions options) -> {
                    return start(line, listener, id, next, device.isEmpty() ? options : on(device, options));
                }
                case Message.Ack _ -> {} // who waits for an agent lives
                default -> throw new ProtocolException("an agent is asked to capture first");
            }
        }
    }

    private static CaptureOptions on(String device, CaptureOptions options) {
        return new CaptureOptions(
                device, options.filter(), options.snaplen(), options.promiscuous(), options.bufferBytes());
    }

    private boolean start(HopLine line, InetSocketAddress listener, UUID id, long next, CaptureOptions options)
            throws IOException, InterruptedException {
        AgentSession session = sessions.get(id);
        boolean resumed = session != null;
        if (session == null) {
            switch (begin(id, listener, options)) {
                case Outcome.Ok<AgentSession>(AgentSession begun) -> session = begun;
                case Outcome.Failed<AgentSession>(Problem problem) -> {
                    line.send(new Message.Refused(problem.what(), problem.remedy()));
                    return false;
                }
            }
        }
        session.serve(line, resumed, resumed ? next : 0);
        boolean over = session.over();
        if (over) {
            remove(id, session);
        }
        return over;
    }

    private synchronized Outcome<AgentSession> begin(UUID id, InetSocketAddress listener, CaptureOptions options) {
        if (sessions.size() >= MOST) {
            return Outcome.failed(new Problem(
                    RemoteProblems.NOT_STARTED, "it captures " + MOST + " times already.", "End one of them."));
        }
        if (!room.take(bufferOctets)) {
            return Outcome.failed(new Problem(
                    RemoteProblems.NOT_STARTED,
                    "it has no memory left for the buffer of another capture (" + (bufferOctets >> 20) + " MB).",
                    "End one of those under way, or start it with a smaller --buffer."));
        }
        boolean begun = false;
        try {
            CaptureOptions others = new CaptureOptions(
                    options.device(),
                    OwnLine.to(listener, options.filter()),
                    options.snaplen(),
                    options.promiscuous(),
                    Math.clamp(options.bufferBytes(), SMALLEST_BUFFER, LARGEST_BUFFER));
            Outcome<AgentSession> session = FrameSource.open(others)
                    .then(source -> Outcome.ok(new AgentSession(source, new FrameBuffer(bufferOctets))));
            if (session instanceof Outcome.Ok<AgentSession>(AgentSession one)) {
                sessions.put(id, one);
                begun = true;
            }
            return session;
        } finally {
            if (!begun) {
                room.give(bufferOctets);
            }
        }
    }

    private void remove(UUID id, AgentSession session) {
        if (sessions.remove(id, session)) {
            room.give(bufferOctets);
        }
    }

    @Override
    public void close() {
        sweeper.interrupt();
        sessions.forEach((id, session) -> {
            remove(id, session);
            session.stop();
        });
    }
}
