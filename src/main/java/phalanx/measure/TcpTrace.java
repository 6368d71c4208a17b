package phalanx.measure;

import phalanx.stitch.Conversation;
import phalanx.stitch.Stitched;

/**
 * One direction of a TCP conversation as its sender saw it go, at the capture point next to that sender: what tcptrace calls a
 * time-sequence graph. Sequence numbers are relative, the first byte of data is 1, and do not wrap. Times are on the reference
 * clock, lists in the order of the file. Any thread; the arrays are not to be changed.
 *
 * @param capture the point
 * @param windowKnown false when no handshake told the scale of the receiver's window (RFC 7323 section 2.2): windows are then as in
 *     the header
 */
public record TcpTrace(int capture, boolean windowKnown, Segments segments, Acknowledgments acknowledgments) {
    /**
     * What was sent: data, SYN and FIN.
     *
     * @param journeys the packets
     * @param begin sequence number of the first byte
     * @param end of the byte behind the last
     * @param again whether it sent bytes again
     * @param inFlight bytes sent and not acknowledged once it was sent, itself and what was acknowledged selectively included
     */
    public record Segments(int[] journeys, long[] nanos, long[] begin, long[] end, boolean[] again, long[] inFlight) {
        public int count() {
            return journeys.length;
        }
    }

    /**
     * What came back.
     *
     * @param journeys the packets
     * @param acknowledged the next byte that the receiver wants
     * @param window bytes that it has room for behind it
     * @param duplicates how often in a row the same was acknowledged without a change of window while data was under way (RFC 5681
     *     section 2), 0 for one that is no duplicate
     */
    public record Acknowledgments(int[] journeys, long[] nanos, long[] acknowledged, long[] window, int[] duplicates) {
        public int count() {
            return journeys.length;
        }
    }

    /** Follows one direction of a TCP conversation. */
    public static TcpTrace of(Stitched stitched, Conversation conversation, boolean fromClient) {
        return new TcpTraceMeter(stitched, conversation, fromClient).trace();
    }
}
