package phalanx.inspect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** ICMP messages by type and code, and the sizes that size errors named. One thread while it is filled. */
public final class IcmpCounts {
    /** More size errors than this are counted by their type only. */
    private static final int MOST_SIZES = 10_000;

    /** By type, then by code; a row is made when its type is first seen. */
    private final long[][] counts = new long[256][];

    private final List<SizeError> sizes = new ArrayList<>();

    /**
     * Fragmentation needed (RFC 1191 section 4) or packet too big (RFC 4443 section 3.2).
     *
     * @param mtu as the router says it, 0 from those that do not
     */
    public record SizeError(long frame, long mtu) {}

    void add(int type, int code) {
        if (counts[type] == null) {
            counts[type] = new long[256];
        }
        counts[type][code]++;
    }

    void addSize(long frame, long mtu) {
        if (sizes.size() < MOST_SIZES) {
            sizes.add(new SizeError(frame, mtu));
        }
    }

    /** By {@code type/code}, in their order. */
    public Map<String, Long> byType() {
        Map<String, Long> words = new LinkedHashMap<>();
        for (int type = 0; type < counts.length; type++) {
            for (int code = 0; counts[type] != null && code < counts[type].length; code++) {
                if (counts[type][code] > 0) {
                    words.put(type + "/" + code, counts[type][code]);
                }
            }
        }
        return words;
    }

    public List<SizeError> sizes() {
        return List.copyOf(sizes);
    }
}
