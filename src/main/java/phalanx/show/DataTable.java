package phalanx.show;

import java.util.List;

/** Figures in rows and columns, asked for cell by cell so that a million rows cost nothing. Any thread. */
public interface DataTable {
    /** What it is about. */
    String title();

    List<String> columns();

    int rows();

    /** As the screen writes it. */
    String cell(int row, int column);
}
