package phalanx.decode.filter;

import java.util.List;

/** What is wrong with a filter, and where. Thrown inside this package only. */
final class FilterError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int column;
    private final transient List<String> nearest;

    /** @param column 1-based  @param nearest what was meant perhaps */
    FilterError(int column, String what, List<String> nearest) {
        super(what, null, false, false);
        this.column = column;
        this.nearest = List.copyOf(nearest);
    }

    FilterError(int column, String what) {
        this(column, what, List.of());
    }

    int column() {
        return column;
    }

    List<String> nearest() {
        return nearest;
    }
}
