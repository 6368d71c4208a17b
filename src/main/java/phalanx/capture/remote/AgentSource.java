package phalanx.capture.remote;

import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import phalanx.capture.live.CaptureOptions;
import phalanx.capture.live.FrameReceiver;
import phalanx.capture.live.FrameSource;
import phalanx.run.ForeignText;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** Captures by an agent. A line that is cut is made again, and goes on with the frame that it was cut at; no frame comes twice. */
final class AgentSource implements FrameSource {
    private static final long ACKNOWLEDGE_NANOS = 1_000_000_000;
    private static final int ACKNOWLEDGE_OCTETS = 64 << 10;
    private static final long END_MILLIS = 5_000;
    private static final Message.Counts NONE = new Message.Counts(-1, 0, 0, 0);

    private final HopAddress at;
    private final Supplier<Outcome<HopLine>> dial;
    private final UUID session;
    private final CaptureOptions options;
    private final Reconnection reconnection;
    private final String by;
    private volatile HopLine line;
    private volatile boolean stopped;
    private volatile boolean late;
    private volatile Message.Counts counts = NONE;
    private volatile Message.Counts before = NONE;
    private volatile long missing;
    private long next;
    private long lastSign = System.nanoTime();
    private long leastLag = Long.MAX_VALUE;

    private AgentSource(
            HopAddress at,
            Supplier<Outcome<HopLine>> dial,
            UUID session,
            CaptureOptions options,
            Duration patience,
            Begun begun) {
        this.at = at;
        this.dial = dial;
        this.session = session;
        this.options = options;
        this.line = begun.line();
        this.by = ForeignText.name(begun.started().by());
        reconnection = new Reconnection(at, patience);
    }

    private record Begun(HopLine line, Message.Started started) {}

    /**
     * Asks for a line, and waits until the agent has begun.
     *
     * @param dial makes a line to that agent
     * @param patience how long a line that was cut is tried again
     */
    static Outcome<FrameSource> open(
            HopAddress at, Supplier<Outcome<HopLine>> dial, CaptureOptions options, Duration patience) {
        UUID session = UUID.randomUUID();
        return dial.get()
                .then(line -> begin(at, line, new Message.Start(session, 0, options)))
                .then(begun -> Outcome.ok(new AgentSource(at, dial, session, options, patience, begun)));
    }

    private static Outcome<Begun> begin(HopAddress at, HopLine line, Message.Start start) {
        Problem why;
        try {
            line.send(start);
            switch (line.receive(Message.MOST_SENT)) {
                case Message.Started started -> {
                    return Outcome.ok(new Begun(line, started));
                }
                case Message.Refused(String what, String remedy) -> why = RemoteProblems.refused(at, what, remedy);
                default -> why = HopLine.otherVersion(at.toString());
            }
        } catch (IOException e) {
            why = RemoteProblems.unreachable(at, String.valueOf(e.getMessage()));
        }
        line.close();
        return Outcome.failed(why);
    }

    @Override
    public String name() {
        return by + " of the agent";
    }

    @Override
    public Outcome<Boolean> run(FrameReceiver to) throws IOException {
        while (true) {
            try {
                return receive(to);
            } catch (Cut cut) {
                line.close();
                if (late) {
                    askForCounts();
                }
                Outcome<Begun> again = begunAgain(reconnection);
                if (again instanceof Outcome.Failed<Begun>(Problem why)) {
                    missing = Math.max(0, counts.numbered() - next);
                    return Outcome.failed(stopped && missing > 0 ? RemoteProblems.rest(at, missing) : why);
                }
                resume(again);
            }
        }
    }

    private Outcome<Begun> begunAgain(Reconnection by) {
        Message.Start start = new Message.Start(session, next, options);
        return by.attempt(() -> dial.get().then(made -> begin(at, made, start)), AgentSource::dismiss);
    }

    /** How much is left there, on another line: the one that was too slow is full. */
    private void askForCounts() {
        if (begunAgain(new Reconnection(at, Duration.ZERO)) instanceof Outcome.Ok<Begun>(Begun begun)
                && begun.started().resumed()) {
            try {
                if (begun.line().receive(Message.MOST_SENT) instanceof Message.Counts said) {
                    counts = said;
                }
            } catch (IOException e) {
                System.getLogger("phalanx.capture").log(System.Logger.Level.DEBUG, "the last counts stand", e);
            }
            dismiss(begun);
        }
    }

    /** Ends the capture on a line that came too late. */
    private static void dismiss(Begun begun) {
        try (HopLine line = begun.line()) {
            line.send(new Message.Stop());
        } catch (IOException e) {
            System.getLogger("phalanx.capture").log(System.Logger.Level.DEBUG, "a line was cut again", e);
        }
    }

    /** The line, not the receiver, failed. */
    private static final class Cut extends Exception {
        private static final long serialVersionUID = 1;

        Cut(IOException cause) {
            super(cause);
        }
    }

    private void resume(Outcome<Begun> again) {
        if (again instanceof Outcome.Ok<Begun>(Begun(HopLine made, Message.Started started))) {
            line = made;
            if (!started.resumed()) {
                reconnection.count(lastSign);
                leastLag = Long.MAX_VALUE; // another agent, another clock
                long there = Math.max(0, counts.numbered() - next); // in the buffer that is gone
                before = new Message.Counts(
                        sum(before.dropped(), counts.dropped()), before.lost() + counts.lost() + there, 0, 0);
                counts = NONE;
                next = 0;
            }
            if (stopped) {
                stop();
            }
        }
    }

    private Outcome<Boolean> receive(FrameReceiver to) throws IOException, Cut {
        HopLine from = line;
        long acknowledged = System.nanoTime();
        int octets = 0;
        while (true) {
            switch (receive(from)) {
                case Message.Frame(long number, int linkType, long nanos, int length, byte[] bytes) -> {
                    if (number != next) {
                        throw new Cut(new ProtocolException("frame " + number + " came where " + next + " was due"));
                    }
                    to.frame(linkType, nanos, bytes, 0, bytes.length, Math.max(length, bytes.length));
                    next++;
                    octets += bytes.length;
                }
                case Message.Counts said -> count(said);
                case Message.End(String why) -> {
                    acknowledge(from);
                    from.close();
                    return why.isEmpty() || stopped
                            ? Outcome.ok(true)
                            : Outcome.failed(RemoteProblems.ended(at, "agent", why));
                }
                default -> throw new Cut(new ProtocolException("this does not belong into a capture"));
            }
            if (octets > ACKNOWLEDGE_OCTETS || System.nanoTime() - acknowledged > ACKNOWLEDGE_NANOS) {
                acknowledge(from);
                acknowledged = System.nanoTime();
                octets = 0;
            }
        }
    }

    /** What waited for this process, while that was suspended, is no sign that the agent lived just now. */
    private void count(Message.Counts said) {
        counts = said;
        long lag = System.nanoTime() / 1_000_000 - said.millis();
        leastLag = Math.min(leastLag, lag);
        lastSign = System.nanoTime() - (lag - leastLag) * 1_000_000;
    }

    private static Message receive(HopLine from) throws Cut {
        try {
            return from.receive(Message.MOST_SENT);
        } catch (IOException e) {
            throw new Cut(e);
        }
    }

    private void acknowledge(HopLine to) throws Cut {
        try {
            to.send(new Message.Ack(next));
        } catch (IOException e) {
            throw new Cut(e);
        }
    }

    @Override
    public void stop() {
        stopped = true;
        reconnection.giveUp();
        HopLine ending = line; // resume sees that it was stopped, when it has another one by now
        Jobs.assistant("end of " + at, () -> {
            try {
                ending.send(new Message.Stop());
                Thread.sleep(END_MILLIS); // the rest comes meanwhile
            } catch (IOException | InterruptedException _) {
                // the line is dead
            }
            late = !ending.isClosed();
            ending.close();
        });
    }

    private static long sum(long one, long other) {
        return one < 0 ? other : other < 0 ? one : one + other;
    }

    @Override
    public long dropped() {
        Message.Counts now = counts;
        long lost = before.lost() + now.lost() + missing;
        long dropped = sum(before.dropped(), now.dropped());
        return dropped < 0 && lost == 0 ? -1 : Math.max(dropped, 0) + lost;
    }

    @Override
    public List<Gap> gaps() {
        return reconnection.gaps();
    }
}
