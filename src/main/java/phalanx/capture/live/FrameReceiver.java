package phalanx.capture.live;

import java.io.IOException;

/** Takes frames as they are captured. */
@FunctionalInterface
interface FrameReceiver {
    /**
     * One frame, on the thread that captures.
     *
     * @param linkType LINKTYPE number
     * @param nanos epoch nanoseconds
     * @param bytes that hold the frame; not to be kept
     * @param start of the frame in them
     * @param captured bytes of the frame that are there
     * @param length bytes that it had on the wire
     * @throws IOException when it cannot be kept, which ends the capture
     */
    void frame(int linkType, long nanos, byte[] bytes, int start, int captured, int length) throws IOException;
}
