package phalanx.measure;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * Why the busier direction of a TCP conversation was as slow as it was, as shares of the time from its first data to its last.
 *
 * @param fromClient whether the client sent the data
 * @param nanos by {@link FlowLimit#ordinal()}; they add up to that time
 */
public record FlowLimits(boolean fromClient, long[] nanos) {
    public long total() {
        return Arrays.stream(nanos).sum();
    }

    public long of(FlowLimit limit) {
        return nanos[limit.ordinal()];
    }

    /** What most of the time went to, empty when there was none. */
    public Optional<FlowLimit> most() {
        return Arrays.stream(FlowLimit.values()).filter(limit -> of(limit) > 0).max(Comparator.comparingLong(this::of));
    }
}
