package phalanx.show.conversations;

import java.util.List;
import java.util.Set;

/**
 * In which order and groups conversations are listed. Immutable.
 *
 * @param sorts the first counts most; what they leave equal is listed worst finding first, then by size
 * @param closed keys of the groups whose conversations are folded away
 */
record Arrangement(List<Sort> sorts, Grouping grouping, Set<String> closed) {
    static final Arrangement FIRST = new Arrangement(List.of(), Grouping.NONE, Set.of());

    /** Order by one column. */
    record Sort(ConversationColumn column, boolean descending) {}

    Arrangement {
        sorts = List.copyOf(sorts);
        closed = Set.copyOf(closed);
    }
}
