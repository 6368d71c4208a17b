package phalanx.inspect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import phalanx.decode.FrameView;
import phalanx.decode.Tunnel;

/** Frames by the stack of tunnels that they came through. A capture has few different stacks; more than the cap count as one. */
final class TunnelCounts {
    private static final int MOST_STACKS = 64;
    private static final int BITS = 4;

    private final long[] stacks = new long[MOST_STACKS + 1];
    private final long[] counts = new long[MOST_STACKS + 1];
    private final List<String> names = new ArrayList<>();

    /** Counts the frame; a stack deeper than 16 is told by its innermost 16. */
    void add(FrameView view) {
        long stack = 0;
        for (int depth = 0; depth < view.tunnels(); depth++) {
            stack = stack << BITS | view.tunnel(depth).ordinal() + 1;
        }
        int at = 0;
        while (at < names.size() && stacks[at] != stack) {
            at++;
        }
        if (at == names.size() && at < MOST_STACKS) {
            stacks[at] = stack;
            names.add(name(view));
        }
        counts[at]++;
    }

    private static String name(FrameView view) {
        StringBuilder name = new StringBuilder();
        for (int depth = 0; depth < view.tunnels(); depth++) {
            Tunnel tunnel = view.tunnel(depth);
            name.append(depth == 0 ? "" : " > ").append(tunnel.word());
        }
        return name.toString();
    }

    /** {@code GRE > VXLAN} to its frames. */
    Map<String, Long> byStack() {
        Map<String, Long> all = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            all.put(names.get(i), counts[i]);
        }
        if (counts[MOST_STACKS] > 0) {
            all.put("other stacks", counts[MOST_STACKS]);
        }
        return all;
    }
}
