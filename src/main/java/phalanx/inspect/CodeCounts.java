package phalanx.inspect;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** How often small numbers came: status codes, response codes. A few different ones; beyond the cap they are not told apart. */
public final class CodeCounts {
    private static final int MOST = 1024;

    private final Map<Integer, Long> counts = new TreeMap<>();

    void add(int number) {
        if (counts.size() < MOST || counts.containsKey(number)) {
            counts.merge(number, 1L, Long::sum);
        }
    }

    /** By number, ascending. */
    public Map<Integer, Long> byNumber() {
        return Collections.unmodifiableMap(counts);
    }
}
