package phalanx.capture.remote;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phalanx.run.Outcome;

/** An agent that waits: it captures for whoever shows the token. Any thread. */
public final class AgentServer implements AutoCloseable {
    private final AgentSessions sessions;
    private final HopServer server;

    private AgentServer(AgentSessions sessions, HopServer server) {
        this.sessions = sessions;
        this.server = server;
    }

    /**
     * Begins to wait.
     *
     * @param bufferOctets that each capture keeps for a line that is slow or cut
     * @param patience how long a capture goes on without a line
     * @param told a line for each line that begins, ends or is refused, without secrets
     */
    public static Outcome<AgentServer> listen(
            String host,
            int port,
            HopIdentity identity,
            HopToken token,
            long bufferOctets,
            Duration patience,
            Consumer<String> told) {
        AgentSessions sessions = new AgentSessions(bufferOctets, patience, BufferRoom.OF_PROCESS);
        Outcome<AgentServer> agent = HopServer.listen(host, port, identity, token, new Serving(sessions, told), told)
                .then(server -> Outcome.ok(new AgentServer(sessions, server)));
        if (agent instanceof Outcome.Failed) {
            sessions.close();
        }
        return agent;
    }

    private record Serving(AgentSessions sessions, Consumer<String> told) implements HopServer.Handler {
        @Override
        public Message.@Nullable Refused refuses(String hop) {
            return hop.isEmpty()
                    ? null
                    : new Message.Refused("it captures and does not record.", "Push to a phalanx capture --listen.");
        }

        @Override
        public void serve(HopLine line, String hop) throws IOException, InterruptedException {
            String from = line.there().getAddress().getHostAddress();
            told.accept(from + ": connected");
            boolean whole = sessions.serve(line, line.here(), "");
            told.accept(from + (whole ? ": everything was sent" : ": gone"));
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.address();
    }

    @Override
    public void close() {
        server.close();
        sessions.close();
    }
}
