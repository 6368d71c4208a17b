package phalanx.capture.live;

import java.io.IOException;
import phalanx.capture.CaptureSummary;
import phalanx.capture.FrameCursor;

/** Takes frames as they are captured. */
@FunctionalInterface
public interface FrameReceiver {
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

    /** Takes all that a cursor has. @return frames that were lost before, as the capture says; -1 when it does not */
    default long takeAll(FrameCursor cursor) throws IOException {
        while (cursor.next()) {
            frame(
                    cursor.linkType(),
                    cursor.timeNanos(),
                    cursor.bytes(),
                    cursor.start(),
                    cursor.captured(),
                    cursor.length());
        }
        return cursor.summary().interfaces().stream()
                .mapToLong(CaptureSummary.Interface::drops)
                .filter(drops -> drops >= 0)
                .reduce(Long::sum)
                .orElse(-1);
    }
}
