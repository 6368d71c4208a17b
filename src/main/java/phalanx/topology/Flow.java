package phalanx.topology;

import java.util.Optional;

/**
 * Traffic one way.
 *
 * @param packets and {@code bytes} of IP
 * @param seen packets that loss is counted against, 0 where a second point to tell loss is missing
 * @param lost never arrived
 * @param reordered arrived after one that had left later
 * @param delay empty where it cannot be told
 */
public record Flow(
        long packets,
        long bytes,
        long seen,
        long lost,
        long duplicated,
        long reordered,
        Optional<DelayPercentiles> delay) {
    public static final Flow NOTHING = new Flow(0, 0, 0, 0, 0, 0, Optional.empty());

    /** Packets and bytes only. */
    static Flow unmeasured(long packets, long bytes) {
        return new Flow(packets, bytes, 0, 0, 0, 0, Optional.empty());
    }

    /** Both together; percentiles cannot be added, so that the delay is left empty. */
    Flow and(Flow other) {
        return new Flow(
                packets + other.packets,
                bytes + other.bytes,
                seen + other.seen,
                lost + other.lost,
                duplicated + other.duplicated,
                reordered + other.reordered,
                Optional.empty());
    }
}
