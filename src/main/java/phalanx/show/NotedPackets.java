package phalanx.show;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Packets on which somebody wrote a note or set a bookmark, and what of it is said beside them. Immutable, any thread. */
public final class NotedPackets {
    public static final NotedPackets NONE = new NotedPackets(new TreeMap<>());

    private static final int FRAME_BITS = 40;

    private final long[] keys;
    private final String[] texts;

    /** Told of each packet. */
    public interface Each {
        /** @param frame its number in the file */
        void packet(int capture, long frame, String text);
    }

    private NotedPackets(SortedMap<Long, String> texts) {
        keys = texts.keySet().stream().mapToLong(Long::longValue).toArray();
        this.texts = texts.values().toArray(String[]::new);
    }

    /** @param texts by frame, the first of which counts for a frame, by capture */
    public static NotedPackets of(Map<Integer, Map<Long, String>> texts) {
        SortedMap<Long, String> all = new TreeMap<>();
        texts.forEach((capture, frames) -> frames.forEach((frame, text) -> all.put(key(capture, frame), text)));
        return all.isEmpty() ? NONE : new NotedPackets(all);
    }

    private static long key(int capture, long frame) {
        return (long) capture << FRAME_BITS | frame;
    }

    /** What is said of a packet; empty for one that is not noted. Allocates nothing. */
    public String of(int capture, long frame) {
        int at = keys.length == 0 ? -1 : Arrays.binarySearch(keys, key(capture, frame));
        return at < 0 ? "" : texts[at];
    }

    /** Tells of all of them, by capture and frame. */
    public void each(Each told) {
        for (int i = 0; i < keys.length; i++) {
            told.packet((int) (keys[i] >>> FRAME_BITS), keys[i] & (1L << FRAME_BITS) - 1, texts[i]);
        }
    }
}
