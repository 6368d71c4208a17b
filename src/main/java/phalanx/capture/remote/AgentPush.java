package phalanx.capture.remote;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** An agent that goes to a Phalanx which waits for it, and captures when that begins. One thread. */
public final class AgentPush implements AutoCloseable {
    private static final long AGAIN_MILLIS = 1000;

    private final String host;
    private final int port;
    private final AgentAccess access;
    private final String hop;
    private final String device;
    private final AgentSessions sessions;
    private final Consumer<String> told;
    private volatile boolean closed;
    private volatile @Nullable HopLine line;

    /**
     * @param hop as the other side calls this capture point
     * @param bufferOctets kept for a line that is slow or cut
     * @param patience how long the capture goes on without a line
     * @param told a line for each line that begins, ends or is refused, without secrets
     */
    public AgentPush(
            String host,
            int port,
            AgentAccess access,
            String hop,
            String device,
            long bufferOctets,
            Duration patience,
            Consumer<String> told) {
        this.host = host;
        this.port = port;
        this.access = access;
        this.hop = hop;
        this.device = device;
        this.told = told;
        sessions = new AgentSessions(bufferOctets, patience, BufferRoom.OF_PROCESS);
    }

    /** Goes there until one capture was sent to its end. @return failed when it was refused: then it would be again */
    public Outcome<Boolean> run() throws InterruptedException {
        while (!closed) {
            switch (HopLine.connect(host + ":" + port, host, port, access, hop)) {
                case Outcome.Ok<HopLine>(HopLine made) -> {
                    if (serve(made)) {
                        return Outcome.ok(true);
                    }
                }
                case Outcome.Failed<HopLine>(Problem problem) -> {
                    if (!problem.code().equals(RemoteProblems.UNREACHABLE)) {
                        return Outcome.failed(problem);
                    }
                    told.accept(problem.what());
                }
            }
            if (!closed) {
                Thread.sleep(AGAIN_MILLIS);
            }
        }
        return Outcome.ok(false);
    }

    private boolean serve(HopLine made) throws InterruptedException {
        line = made;
        if (closed) {
            made.close();
        }
        try (made) {
            return sessions.serve(made, made.there(), device);
        } catch (IOException e) {
            told.accept(hop + ": the line ended" + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")"));
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        sessions.close();
        HopLine open = line;
        if (open != null) {
            open.close();
        }
    }
}
