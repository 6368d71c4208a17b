package phalanx.capture.live;

import java.io.IOException;
import phalanx.capture.CaptureSummary;
import phalanx.capture.FrameCursor;

/** Takes frames as they are captured. */
@FunctionalInterface
public interface FrameReceiver {
    /** The largest LINKTYPE number that a pcapng interface can have (draft-ietf-opsawg-pcapng, section 4.2). */
    int MOST_LINK_TYPE = 0xFFFF;

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

    /**
     * Takes all that a cursor has.
     *
     * @return frames that were lost before, as the capture says; -1 when it does not
     * @throws IOException when one cannot be kept, or has no link type that there is
     */
    default long takeAll(FrameCursor cursor) throws IOException {
        while (cursor.next()) {
            int linkType = cursor.linkType();
            if (linkType < 0 || linkType > MOST_LINK_TYPE) {
                throw new IOException("a frame of link type " + linkType + ", which is none");
            }
            frame(linkType, cursor.timeNanos(), cursor.bytes(), cursor.start(), cursor.captured(), cursor.length());
        }
        return cursor.summary().interfaces().stream()
                .mapToLong(CaptureSummary.Interface::drops)
                .filter(drops -> drops >= 0)
                .reduce(Long::sum)
                .orElse(-1);
    }
}
