package phalanx.decode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import phalanx.capture.CaptureFile;
import phalanx.capture.FrameCursor;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;

/** Reads a capture file into a table. Any thread, one call each. */
public final class CaptureReader {
    /** The file has frames, none of them IP. */
    public static final String NO_IP = "PHX-1101";
    /** Frames of link types that are not decoded. */
    public static final String UNKNOWN_LINK_TYPE = "PHX-1102";
    /** Frames whose headers contradict themselves or were cut. */
    public static final String UNDECODABLE = "PHX-1103";
    /** More packets than memory allows. */
    public static final String TOO_MANY = "PHX-1104";

    private static final int STRIDE = 1 << 14;

    /** What a row costs, with what later stages keep of it. */
    private static final long BYTES_PER_ROW = 250;

    private CaptureReader() {}

    /**
     * @return failed only when not one byte of the file is readable as a capture; damage gives what came before it
     * @throws Progress.Cancelled when the work was given up
     */
    public static Outcome<DecodedCapture> read(Path file, Progress progress) {
        long rows = Runtime.getRuntime().maxMemory() / BYTES_PER_ROW;
        return CaptureFile.open(file).then(cursor -> {
            try (cursor) {
                return Outcome.ok(read(file, cursor, (int) Math.min(Integer.MAX_VALUE - 64, rows), progress));
            }
        });
    }

    static DecodedCapture read(Path file, FrameCursor cursor, int limit, Progress progress) {
        PacketTable table = new PacketTable(limit);
        PacketDecoder decoder = new PacketDecoder(table);
        long[] results = new long[PacketDecoder.Result.values().length];
        Set<Integer> unknown = new TreeSet<>();
        String step = "Reading " + file.getFileName();
        while (cursor.next()) {
            PacketDecoder.Result result = decoder.decode(cursor);
            results[result.ordinal()]++;
            if (result == PacketDecoder.Result.UNKNOWN_LINK_TYPE) {
                unknown.add(cursor.linkType());
            }
            if (result == PacketDecoder.Result.TABLE_FULL) {
                break;
            }
            if (cursor.frame() % STRIDE == 0) {
                progress.at(step, cursor.consumed(), cursor.size());
                progress.stopIfCancelled();
            }
        }
        Map<PacketDecoder.Result, Long> counts = new EnumMap<>(PacketDecoder.Result.class);
        for (PacketDecoder.Result result : PacketDecoder.Result.values()) {
            counts.put(result, results[result.ordinal()]);
        }
        List<Problem> problems = new ArrayList<>(cursor.problems());
        problems.addAll(problems(String.valueOf(file.getFileName()), table, counts, unknown));
        return new DecodedCapture(file, cursor.summary(), table, problems);
    }

    private static List<Problem> problems(
            String name, PacketTable table, Map<PacketDecoder.Result, Long> counts, Set<Integer> unknown) {
        List<Problem> problems = new ArrayList<>();
        if (!unknown.isEmpty()) {
            problems.add(new Problem(
                    UNKNOWN_LINK_TYPE,
                    "%s has %,d frames of link types that are not decoded (LINKTYPE %s)."
                            .formatted(name, counts.get(PacketDecoder.Result.UNKNOWN_LINK_TYPE), unknown),
                    "They are left out; capture on an Ethernet, cooked or IP interface to have them."));
        }
        long undecodable = counts.getOrDefault(PacketDecoder.Result.MALFORMED, 0L)
                + counts.getOrDefault(PacketDecoder.Result.TRUNCATED, 0L);
        if (undecodable > 0) {
            problems.add(new Problem(
                    UNDECODABLE,
                    "%s has %,d frames whose headers are cut or contradict themselves.".formatted(name, undecodable),
                    "They are left out; a snaplen of 128 or more keeps all headers."));
        }
        if (counts.getOrDefault(PacketDecoder.Result.TABLE_FULL, 0L) > 0) {
            problems.add(new Problem(
                    TOO_MANY,
                    "%s has more packets than fit into memory: the first %,d are loaded.".formatted(name, table.size()),
                    "Cut it by time (editcap -A -B), or give Java more memory: PHALANX_JAVA_OPTS=-Xmx8g."));
        }
        if (table.size() == 0) {
            problems.add(new Problem(
                    NO_IP,
                    table.frames() == 0
                            ? name + " holds no frames."
                            : "%s holds %,d frames, none of them IP.".formatted(name, table.frames()),
                    "Check the interface and the filter it was captured with."));
        }
        return problems;
    }
}
