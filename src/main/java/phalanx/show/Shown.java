package phalanx.show;

import java.util.BitSet;
import java.util.List;

/**
 * What the display filter leaves over. Filters remove: what is not in here is on no view. Immutable, any thread; the bit sets are
 * not to be changed.
 *
 * @param filter its text, empty when everything is shown
 * @param frames by capture point, the numbers of its frames that match
 * @param journeys packets with a sighting that matches
 * @param conversations conversations with a packet that matches
 * @param matched frames that match, of {@code total}
 * @param nanos how long it took to find out
 */
public record Shown(
        String filter,
        List<BitSet> frames,
        BitSet journeys,
        BitSet conversations,
        long matched,
        long total,
        long nanos) {
    /** Everything. */
    public static final Shown ALL = new Shown("", List.of(), new BitSet(), new BitSet(), 0, 0, 0);

    public boolean isAll() {
        return filter.isEmpty();
    }

    public boolean frame(int capture, long number) {
        return isAll() || frames.get(capture).get((int) number);
    }

    public boolean journey(int journey) {
        return isAll() || journeys.get(journey);
    }

    public boolean conversation(int conversation) {
        return isAll() || conversations.get(conversation);
    }
}
