package phalanx.decode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import phalanx.capture.CaptureFile;
import phalanx.capture.CaptureSummary;
import phalanx.capture.FrameCursor;
import phalanx.capture.GrowingFile;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;

/** Reads a capture file into a table. Any thread, one call each. */
public final class CaptureReader {
    /** More packets than memory allows. */
    public static final String TOO_MANY = "PHX-1104";

    private static final int STRIDE = 1 << 14;

    /** What a row costs, with what later stages keep of it. */
    private static final long BYTES_PER_ROW = 250;

    private CaptureReader() {}

    /** Packets of all captures of an investigation together that memory has room for. */
    public static long rowsThatFit() {
        return Runtime.getRuntime().maxMemory() / BYTES_PER_ROW;
    }

    /**
     * Reads the first packets of a capture.
     *
     * @param rows most packets that are kept, see {@link #rowsThatFit()}
     * @return failed only when not one byte of the file is readable as a capture; damage gives what came before it
     * @throws Progress.Cancelled when the work was given up
     */
    public static Outcome<DecodedCapture> read(Path file, long rows, Progress progress) {
        return CaptureFile.open(file).then(cursor -> {
            try (cursor) {
                return Outcome.ok(
                        read(file, cursor, (int) Math.min(Integer.MAX_VALUE - 64, rows), Long.MAX_VALUE, progress));
            }
        });
    }

    /**
     * Reads the newest packets of a capture that is still written, as far as it was gone over.
     *
     * @return what lies before the frames wanted is {@link DecodedCapture#unread()}; failed when the file cannot be read any more
     * @throws Progress.Cancelled when the work was given up
     */
    public static Outcome<DecodedCapture> readNewest(GrowingFile growing, Progress progress) {
        return growing.open().then(cursor -> {
            try (cursor) {
                int rows = (int) Math.min(Integer.MAX_VALUE - 64, growing.frames() - growing.before());
                DecodedCapture newest = read(growing.file(), cursor, rows, growing.frames(), progress);
                return Outcome.ok(new DecodedCapture(
                        newest.file(), newest.summary(), newest.packets(), growing.bytesBefore(), newest.problems()));
            }
        });
    }

    private static DecodedCapture read(Path file, FrameCursor cursor, int limit, long last, Progress progress) {
        PacketTable table = new PacketTable(limit);
        PacketDecoder decoder = new PacketDecoder(table);
        DecodingGaps gaps = new DecodingGaps();
        String name = String.valueOf(file.getFileName());
        while (table.size() < limit && cursor.frame() < last && cursor.next()) {
            decoder.decode(cursor, gaps);
            if (cursor.frame() % STRIDE == 0) {
                progress.at("Reading " + name, cursor.consumed(), cursor.size());
                progress.stopIfCancelled();
            }
        }
        CaptureSummary summary = cursor.summary();
        boolean cut = table.size() == limit && cursor.next();
        List<Problem> problems = new ArrayList<>(cursor.problems());
        problems.addAll(gaps.problems(name));
        return new DecodedCapture(
                file, summary, table, cut ? Math.max(1, cursor.size() - cursor.consumed()) : 0, problems);
    }
}
