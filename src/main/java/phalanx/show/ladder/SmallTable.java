package phalanx.show.ladder;

import java.util.List;
import phalanx.show.DataTable;

/** A table of few cells, ready made. Immutable, any thread. */
record SmallTable(String title, List<String> columns, List<List<String>> cells) implements DataTable {
    SmallTable {
        columns = List.copyOf(columns);
        cells = List.copyOf(cells);
    }

    @Override
    public int rows() {
        return cells.size();
    }

    @Override
    public String cell(int row, int column) {
        return cells.get(row).get(column);
    }
}
