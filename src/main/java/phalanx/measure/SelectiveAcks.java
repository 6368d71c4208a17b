package phalanx.measure;

import java.util.Arrays;
import phalanx.capture.CaptureFile;
import phalanx.capture.FrameCursor;
import phalanx.decode.FrameView;
import phalanx.decode.PacketTable;
import phalanx.decode.TcpView;
import phalanx.net.Transport;
import phalanx.run.Outcome;
import phalanx.run.Progress;
import phalanx.stitch.Stitched;

/**
 * What receivers said they hold beyond a gap (SACK, RFC 2018), as stretches of the stream of a {@link TcpTrace}. The options of
 * acknowledgments are not kept in memory: they are read again from the capture file. Any thread; the arrays are not to be changed.
 *
 * @param journeys the acknowledgments, one entry for each block
 * @param begin relative sequence number of the first byte
 * @param end of the byte behind the last
 */
public record SelectiveAcks(int[] journeys, long[] nanos, long[] begin, long[] end) {
    /** Frames between two looks at whether the work is still wanted. */
    private static final int EVERY = 4096;

    /**
     * Reads the blocks of a trace.
     *
     * @return without blocks when no acknowledgment was repeated, so that there was no gap to tell of, and when the file can no longer
     *     be read
     */
    public static SelectiveAcks of(Stitched stitched, TcpTrace trace, Progress progress) {
        Collected blocks = new Collected(stitched, trace);
        boolean gaps = Arrays.stream(trace.acknowledgments().duplicates()).anyMatch(count -> count > 0);
        var file = stitched.captures().get(trace.capture()).capture().file();
        if (gaps
                && !file.equals(CaptureFile.STANDARD_INPUT)
                && CaptureFile.open(file) instanceof Outcome.Ok<FrameCursor>(var cursor)) {
            try (cursor) {
                blocks.read(cursor, progress);
            }
        }
        return blocks.done();
    }

    /** The acknowledgments of a trace, looked for in the order of the file. */
    private static final class Collected {
        private final TcpTrace trace;
        private final int[] rows;
        private final PacketTable packets;
        private final IntList journeys = new IntList();
        private final LongList nanos = new LongList();
        private final LongList begin = new LongList();
        private final LongList end = new LongList();

        Collected(Stitched stitched, TcpTrace trace) {
            this.trace = trace;
            packets = stitched.captures().get(trace.capture()).packets();
            rows = Arrays.stream(trace.acknowledgments().journeys())
                    .map(journey -> stitched.journeys().row(journey, trace.capture()))
                    .toArray();
        }

        void read(FrameCursor cursor, Progress progress) {
            FrameView view = FrameView.ofPackets();
            int next = 0;
            while (next < rows.length && cursor.next()) {
                if (cursor.frame() % EVERY == 0) {
                    progress.stopIfCancelled();
                }
                if (cursor.frame() == packets.frame(rows[next])) {
                    if (view.wrap(cursor) == FrameView.Fit.IP
                            && view.hasTransport()
                            && view.ip().protocol() == Transport.PROTOCOL_TCP) {
                        take(next, view.tcp());
                    }
                    next++;
                }
            }
        }

        private void take(int index, TcpView tcp) {
            TcpTrace.Acknowledgments acks = trace.acknowledgments();
            for (int block = 0; block < tcp.sackBlocks(); block++) {
                journeys.add(acks.journeys()[index]);
                nanos.add(acks.nanos()[index]);
                begin.add(acks.acknowledged()[index] + (tcp.sackLeft(block) - tcp.acknowledgment()));
                end.add(acks.acknowledged()[index] + (tcp.sackRight(block) - tcp.acknowledgment()));
            }
        }

        SelectiveAcks done() {
            return new SelectiveAcks(journeys.toArray(), nanos.toArray(), begin.toArray(), end.toArray());
        }
    }
}
