package phalanx.proxy;

import org.jspecify.annotations.Nullable;
import phalanx.proxy.record.TrafficTap;

/** Who is shown the octets of connections, and since when: connections from before are renewed, so that all is seen. Any thread. */
final class Tapping {
    /** What is in force; replaced whole. */
    private record State(@Nullable TrafficTap tap, int generation) {}

    private volatile State state = new State(null, 0);

    synchronized void show(@Nullable TrafficTap to) {
        state = new State(to, state.generation() + (to == null ? 0 : 1));
    }

    @Nullable
    TrafficTap tap() {
        return state.tap();
    }

    /** Counts the times that somebody began to look. */
    int generation() {
        return state.generation();
    }
}
