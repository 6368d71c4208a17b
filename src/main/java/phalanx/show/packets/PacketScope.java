package phalanx.show.packets;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import phalanx.decode.PacketTable;
import phalanx.run.Progress;
import phalanx.show.Selection;
import phalanx.show.Shown;
import phalanx.stitch.Stitched;
import phalanx.stitch.TimeOrder;

/**
 * What the list is to hold. Any thread.
 *
 * @param point one capture point, in the order of its file, with all its frames; {@link Selection#NONE} for the IP packets of all points
 *     by time
 * @param conversation {@link Selection#NONE} for all
 * @param range null for all of the time
 * @param shown by the display filter
 */
record PacketScope(int point, int conversation, Selection.@Nullable Range range, Shown shown) {
    private static final int STRIDE = 1 << 16;

    /** @throws Progress.Cancelled when the work was given up */
    PacketRows rows(Stitched stitched, Progress progress) {
        return point == Selection.NONE ? merged(stitched, progress) : ofPoint(stitched, progress);
    }

    private PacketRows ofPoint(Stitched stitched, Progress progress) {
        PacketTable packets = stitched.captures().get(point).packets();
        if (conversation == Selection.NONE && range == null) {
            return shown.isAll() ? PacketRows.whole(point, packets.frames()) : matching(packets);
        }
        int[] rows = rows(stitched, point, progress);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (int) packets.frame(rows[i]);
        }
        return PacketRows.of(point, rows);
    }

    /** Frames that match, also those without an IP packet. */
    private PacketRows matching(PacketTable packets) {
        BitSet frames = shown.frames().get(point);
        return PacketRows.of(
                point,
                frames.stream().filter(n -> n >= 1 && n <= packets.frames()).toArray());
    }

    /** Rows of a capture's table that belong here, ascending. */
    private int[] rows(Stitched stitched, int capture, Progress progress) {
        PacketTable packets = stitched.captures().get(capture).packets();
        IntStream candidates = conversation == Selection.NONE
                ? IntStream.range(0, packets.size())
                : IntStream.of(stitched.journeys().of(conversation, capture))
                        .map(journey -> stitched.journeys().row(journey, capture));
        return candidates
                .filter(row -> {
                    if (row % STRIDE == 0) {
                        progress.stopIfCancelled();
                    }
                    return shown.frame(capture, packets.frame(row))
                            && (range == null || range.contains(stitched.commonNanos(capture, row)));
                })
                .toArray();
    }

    private PacketRows merged(Stitched stitched, Progress progress) {
        int points = stitched.captures().size();
        int[][] rows = new int[points][];
        int size = 0;
        for (int capture = 0; capture < points; capture++) {
            rows[capture] = rows(stitched, capture, progress);
            size = Math.addExact(size, rows[capture].length);
        }
        long[] times = new long[size];
        short[] captures = new short[size];
        int[] frames = new int[size];
        int at = 0;
        for (int capture = 0; capture < points; capture++) {
            PacketTable packets = stitched.captures().get(capture).packets();
            Arrays.fill(captures, at, at + rows[capture].length, (short) capture);
            for (int row : rows[capture]) {
                times[at] = stitched.commonNanos(capture, row);
                frames[at++] = (int) packets.frame(row);
            }
            progress.stopIfCancelled();
        }
        int[] order = TimeOrder.of(times);
        short[] sortedCaptures = new short[size];
        int[] sortedFrames = new int[size];
        for (int i = 0; i < size; i++) {
            sortedCaptures[i] = captures[order[i]];
            sortedFrames[i] = frames[order[i]];
        }
        return PacketRows.merged(sortedCaptures, sortedFrames, (capture, frame) -> {
            int row = stitched.captures().get(capture).packets().rowOfFrame(frame);
            return row < 0 ? Long.MIN_VALUE : stitched.commonNanos(capture, row);
        });
    }
}
