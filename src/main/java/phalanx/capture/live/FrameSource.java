package phalanx.capture.live;

import java.io.IOException;
import phalanx.run.Outcome;

/** Somebody who captures. Started when it is made; {@link #run} on one thread, the rest on any. */
sealed interface FrameSource permits PcapSource, ToolSource {
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

    /** Frames that the kernel or the interface lost so far, -1 while nobody says. */
    long dropped();
}
