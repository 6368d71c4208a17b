package phalanx.show.packets;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phalanx.capture.CapturedFrame;
import phalanx.decode.PacketTable;
import phalanx.dissect.Dissector;
import phalanx.dissect.FrameSummary;
import phalanx.measure.PacketFates;
import phalanx.show.HostNames;
import phalanx.show.NotedPackets;
import phalanx.show.Selection;
import phalanx.stitch.Stitched;

/** The cells of the packet list; of frames that were read with what their application says. One thread. */
final class RowTexts {
    private final Stitched stitched;
    private final Map<Long, Optional<FrameLine>> read;
    private @Nullable PacketFates fates;
    private HostNames names = HostNames.NONE;
    private NotedPackets noted = NotedPackets.NONE;

    /** What reading a frame gave. */
    record FrameLine(FrameSummary summary, long nanos, int length) {
        static FrameLine of(CapturedFrame frame) {
            return new FrameLine(FrameSummary.of(Dissector.dissect(frame)), frame.nanos(), frame.length());
        }
    }

    /** @param mostRead lines that are remembered, the newest */
    RowTexts(Stitched stitched, int mostRead) {
        this.stitched = stitched;
        read = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.@Nullable Entry<Long, Optional<FrameLine>> eldest) {
                return size() > mostRead;
            }
        };
    }

    /** The same cells with no frame read. */
    RowTexts fresh(int mostRead) {
        RowTexts fresh = new RowTexts(stitched, mostRead);
        fresh.fates = fates;
        fresh.names = names;
        fresh.noted = noted;
        return fresh;
    }

    void fates(PacketFates counted) {
        fates = counted;
    }

    void names(HostNames known) {
        names = known;
    }

    void noted(NotedPackets known) {
        noted = known;
    }

    /** What somebody noted on a frame, empty for nothing. */
    String note(int capture, long frame) {
        return noted.of(capture, frame);
    }

    private static long key(int capture, long frame) {
        return (long) capture << 40 | frame;
    }

    /** @param line empty for a frame that cannot be read */
    void keep(int capture, long frame, Optional<FrameLine> line) {
        read.put(key(capture, frame), line);
    }

    /** Whether reading was tried. */
    boolean isRead(int capture, long frame) {
        return read.containsKey(key(capture, frame));
    }

    private Optional<FrameLine> line(int capture, long frame) {
        return read.getOrDefault(key(capture, frame), Optional.empty());
    }

    private PacketTable packets(int capture) {
        return stitched.captures().get(capture).packets();
    }

    int journey(int capture, long frame) {
        int row = packets(capture).rowOfFrame(frame);
        return row < 0 ? Selection.NONE : stitched.journeys().journeyAt(capture, row);
    }

    PacketMark mark(int capture, long frame) {
        return PacketMark.of(fates, journey(capture, frame));
    }

    /** On the reference clock; of frames without IP once they are read, by the clock of the packet before them. */
    Optional<Long> commonNanos(int capture, long frame) {
        int row = packets(capture).lastRowTo(frame);
        return row >= 0 && packets(capture).frame(row) == frame
                ? Optional.of(stitched.commonNanos(capture, row))
                : line(capture, frame)
                        .map(line -> stitched.clocks().get(capture).toCommon(line.nanos(), row));
    }

    String source(int capture, long frame) {
        PacketTable packets = packets(capture);
        int row = packets.rowOfFrame(frame);
        return row >= 0
                ? names.of(packets.address(packets.source(row)))
                : line(capture, frame).map(line -> line.summary().source()).orElse("");
    }

    String destination(int capture, long frame) {
        PacketTable packets = packets(capture);
        int row = packets.rowOfFrame(frame);
        return row >= 0
                ? names.of(packets.address(packets.destination(row)))
                : line(capture, frame).map(line -> line.summary().destination()).orElse("");
    }

    String protocol(int capture, long frame) {
        int row = packets(capture).rowOfFrame(frame);
        return line(capture, frame)
                .map(line -> line.summary().protocol())
                .filter(protocol -> !protocol.isEmpty())
                .orElseGet(() -> row >= 0 ? PacketInfo.protocol(packets(capture), row) : "");
    }

    /** Bytes on the wire, once the frame is read. */
    String length(int capture, long frame) {
        return line(capture, frame).map(line -> Integer.toString(line.length())).orElse("");
    }

    /** Of TCP segments without a message the numbers; else what the message says. */
    String info(int capture, long frame) {
        PacketTable packets = packets(capture);
        int row = packets.rowOfFrame(frame);
        Optional<FrameSummary> summary = line(capture, frame).map(FrameLine::summary);
        boolean message = summary.map(s -> !s.protocol().equals("TCP")
                        && !s.protocol().equals("UDP")
                        && !s.info().isEmpty())
                .orElse(false);
        return message || row < 0
                ? summary.map(FrameSummary::info).orElse("")
                : PacketInfo.of(packets, row, journey(capture, frame), fates);
    }
}
