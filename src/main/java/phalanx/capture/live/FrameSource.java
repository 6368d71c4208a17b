package phalanx.capture.live;

import java.io.IOException;
import java.util.List;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** Somebody who captures. Started when it is made; {@link #run} on one thread, the rest on any. */
public interface FrameSource {
    /**
     * A time of which nothing was captured, for the line to the capturing machine was cut.
     *
     * @param sinceMillis when the last sign of life came, epoch milliseconds of this machine
     * @param millis how long it lasted
     */
    record Gap(long sinceMillis, long millis) {}

    /** Captures on an interface of this machine: in this process when it may, else by a tool that may. */
    static Outcome<FrameSource> open(CaptureOptions options) {
        Problem wrong = CaptureFilter.check(options.filter());
        if (wrong != null) {
            return Outcome.failed(wrong);
        }
        return CaptureInterfaces.find(options.device()).then(_ -> switch (PcapSource.open(options)) {
            case Outcome.Ok<FrameSource> here -> here;
            case Outcome.Failed<FrameSource>(var why)
            when why.code().equals(CaptureProblems.FORBIDDEN) || why.code().equals(LibPcap.MISSING) ->
                ToolSource.open(options);
            case Outcome.Failed<FrameSource> failed -> failed;
        });
    }

    /** Who captures, in a word for people. */
    String name();

    /**
     * Hands frames on until it is stopped.
     *
     * @return failed when it ended by itself
     * @throws IOException what the receiver threw
     */
    Outcome<Boolean> run(FrameReceiver to) throws IOException;

    /** Asks {@link #run} to return; frames that wait are handed on before. */
    void stop();

    /** Ends one that was never run. */
    default void abandon() {
        stop();
        try {
            run((_, _, _, _, _, _) -> {});
        } catch (IOException e) {
            throw new IllegalStateException(e); // nobody threw
        }
    }

    /** Frames that the kernel or the interface lost so far, -1 while nobody says. */
    long dropped();

    /** When the line to the capturing machine was cut so far, by what ended meanwhile. */
    default List<Gap> gaps() {
        return List.of();
    }
}
