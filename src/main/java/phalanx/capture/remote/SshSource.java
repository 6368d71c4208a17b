package phalanx.capture.remote;

import java.io.IOException;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import phalanx.capture.CaptureFile;
import phalanx.capture.FrameCursor;
import phalanx.capture.live.CaptureOptions;
import phalanx.capture.live.CaptureTool;
import phalanx.capture.live.FrameReceiver;
import phalanx.capture.live.FrameSource;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * Captures on a machine that is reached by ssh, with the tools that are there. A line that is cut is made again, and the time between
 * is told as a gap.
 */
final class SshSource implements FrameSource {
    private static final int NOT_FOUND = 127;
    private static final long END_MILLIS = 5_000, CODE_MILLIS = 2_000;
    private static final Duration BEGIN = Duration.ofSeconds(20);

    private final HopAddress.Ssh at;
    private final SshAccess access;
    private final Secrets secrets;
    private final CaptureOptions options;
    private final Reconnection reconnection;
    private volatile Stream stream;
    private volatile boolean stopped;
    private volatile boolean cutOff;
    private volatile long dropped = -1;

    /** A tool that captures on the other side, and the frames it sends. */
    private record Stream(SshLine line, SshLine.Running running, CaptureTool tool, FrameCursor cursor) {
        void close() {
            cursor.close();
            running.close();
            line.close();
        }
    }

    private SshSource(
            HopAddress.Ssh at,
            SshAccess access,
            Secrets secrets,
            CaptureOptions options,
            Duration patience,
            Stream stream) {
        this.at = at;
        this.access = access;
        this.secrets = secrets;
        this.options = options;
        this.stream = stream;
        reconnection = new Reconnection(at, patience);
    }

    /**
     * Connects, and waits until a tool has begun.
     *
     * @param options whose device is that of the address
     * @param patience how long a line that was cut is tried again
     */
    static Outcome<FrameSource> open(HopAddress.Ssh at, SshAccess access, CaptureOptions options, Duration patience) {
        Problem wrong = RemoteCommand.check(options);
        if (wrong != null) {
            return Outcome.failed(wrong);
        }
        Secrets secrets = remembered(access.secrets());
        return connect(at, access, secrets, options)
                .then(stream -> Outcome.ok(new SshSource(at, access, secrets, options, patience, stream)));
    }

    /** Who was asked once is not asked when the line is made again. */
    private static Secrets remembered(Secrets secrets) {
        Map<String, String> told = new ConcurrentHashMap<>();
        return what -> told.computeIfAbsent(what, secrets::ask);
    }

    private static Outcome<Stream> connect(
            HopAddress.Ssh at, SshAccess access, Secrets secrets, CaptureOptions options) {
        return SshLine.open(at, access, secrets).then(line -> {
            Outcome<Stream> begun = begin(at, line, options);
            if (begun instanceof Outcome.Failed) {
                line.close();
            }
            return begun;
        });
    }

    /** The first tool that may, as this user or by sudo. */
    private static Outcome<Stream> begin(HopAddress.Ssh at, SshLine line, CaptureOptions options) {
        try {
            String seen =
                    line.answer(RemoteCommand.connection(), SshLine.TOLD_WITHIN).strip();
            CaptureOptions others = new CaptureOptions(
                    options.device(),
                    OwnLine.bySsh(seen, options.filter()),
                    options.snaplen(),
                    options.promiscuous(),
                    options.bufferBytes());
            Problem why = RemoteProblems.noTool(at);
            for (boolean sudo : new boolean[] {false, true}) {
                for (CaptureTool tool : CaptureTool.values()) {
                    SshLine.Running running = line.run(RemoteCommand.line(RemoteCommand.capture(tool, others, sudo)));
                    Outcome<FrameCursor> opened = opened(at, running);
                    if (opened instanceof Outcome.Ok<FrameCursor>(FrameCursor cursor)) {
                        return Outcome.ok(new Stream(line, running, tool, cursor));
                    }
                    Integer code = running.code(CODE_MILLIS);
                    running.close();
                    if (!sudo && (code == null || code != NOT_FOUND)) {
                        why = RemoteProblems.notStarted(at, tool.program(), running.said());
                    }
                }
            }
            return Outcome.failed(why);
        } catch (IOException | IllegalArgumentException e) {
            return Outcome.failed(RemoteProblems.unreachable(at, String.valueOf(e.getMessage())));
        }
    }

    /** What it sends, once that begins; one that says nothing is closed. */
    private static Outcome<FrameCursor> opened(HopAddress.Ssh at, SshLine.Running running) {
        Thread patience = running.endAfter(BEGIN);
        try {
            return CaptureFile.open("What " + at + " sends", Channels.newChannel(running.output()));
        } finally {
            patience.interrupt();
        }
    }

    @Override
    public String name() {
        return stream.tool().program() + " on " + at.host();
    }

    @Override
    public Outcome<Boolean> run(FrameReceiver to) throws IOException {
        while (true) {
            Stream from = stream;
            long cut;
            try {
                count(to.takeAll(from.cursor()));
                cut = from.line().lastSign();
                if (stopped) {
                    return cutOff ? Outcome.failed(RemoteProblems.rest(at)) : Outcome.ok(true);
                }
                if (from.running().code(CODE_MILLIS) != null) {
                    return Outcome.failed(RemoteProblems.ended(
                            at, from.tool().program(), from.running().said()));
                }
                if (from.running().isOpen() && !from.cursor().problems().isEmpty()) { // no line was cut
                    return Outcome.failed(from.cursor().problems().getFirst());
                }
            } finally {
                from.close();
            }
            Outcome<Stream> again = reconnection.attempt(() -> connect(at, access, secrets, options), Stream::close);
            if (again instanceof Outcome.Failed<Stream>(Problem why)) {
                return Outcome.failed(why);
            }
            reconnection.count(cut);
            take(again);
        }
    }

    private void take(Outcome<Stream> again) {
        if (again instanceof Outcome.Ok<Stream>(Stream next)) {
            stream = next;
            if (stopped) {
                stop();
            }
        }
    }

    private void count(long more) {
        if (more >= 0) {
            dropped = Math.max(dropped, 0) + more;
        }
    }

    @Override
    public void stop() {
        stopped = true;
        reconnection.giveUp();
        Stream ending = stream;
        ending.running().finish();
        Jobs.assistant("end of " + at, () -> {
            if (ending.running().code(END_MILLIS) == null) {
                cutOff = true;
                ending.line().close(); // slow, or the other side does not answer any more
            }
        });
    }

    @Override
    public long dropped() {
        return dropped;
    }

    @Override
    public List<Gap> gaps() {
        return reconnection.gaps();
    }
}
