package phalanx.show.conversations;

import java.util.List;

/**
 * How a user has laid out the table, to be kept with a case. Names that are not known, from another release, are passed over.
 *
 * @param columns from left to right
 * @param sorts the first counts most
 * @param grouping name of what is grouped by: {@code host-pair}
 */
public record ColumnLayout(List<Column> columns, List<Sort> sorts, String grouping) {
    /** @param width in pixels */
    public record Column(String key, double width, boolean visible) {}

    /** Order by one column. */
    public record Sort(String key, boolean descending) {}

    public ColumnLayout {
        columns = List.copyOf(columns);
        sorts = List.copyOf(sorts);
    }
}
