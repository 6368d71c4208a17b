package phalanx.show.packets;

import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import phalanx.capture.CapturedFrame;
import phalanx.capture.FrameReader;
import phalanx.decode.PacketTable;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;
import phalanx.show.Words;
import phalanx.stitch.Stitched;

/** The bytes of the frames of an investigation, by capture point and number. Any thread; reading may take a while. */
final class FrameSource {
    private static final Words WORDS = Words.of("packets");

    private final Stitched stitched;
    private final List<FrameReader> readers;

    FrameSource(Stitched stitched) {
        this.stitched = stitched;
        readers = stitched.captures().stream()
                .map(point -> new FrameReader(point.capture().file()))
                .toList();
    }

    /** @return failed when the file is gone, or another one is in its place */
    Outcome<CapturedFrame> read(int capture, long number, Progress progress) {
        return readers.get(capture)
                .read(number, progress)
                .then(frame -> isThere(capture, frame)
                        ? Outcome.ok(frame)
                        : Outcome.failed(new Problem(
                                FrameReader.CHANGED,
                                WORDS.get("file-changed", stitched.hopName(capture), number),
                                WORDS.get("file-changed-remedy"))));
    }

    /** Hands over many frames in one pass, as far as they can be read. */
    void read(int capture, BitSet numbers, Consumer<CapturedFrame> to, Progress progress) {
        readers.get(capture)
                .read(
                        numbers,
                        frame -> {
                            if (isThere(capture, frame)) {
                                to.accept(frame);
                            }
                        },
                        progress);
    }

    /** Whether it is the frame that was analysed, not one of another file in its place. */
    private boolean isThere(int capture, CapturedFrame frame) {
        PacketTable packets = stitched.captures().get(capture).packets();
        int row = packets.rowOfFrame(frame.number());
        return row < 0 || packets.timeNanos(row) == frame.nanos();
    }
}
