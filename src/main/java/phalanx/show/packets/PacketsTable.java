package phalanx.show.packets;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import phalanx.run.Progress;
import phalanx.show.DataTable;

/** The packet list as it stood, every frame of it read: a stretch of rows at a time, in one pass over each file. Any thread. */
final class PacketsTable implements DataTable {
    private static final int STRETCH = 1 << 15;

    /** Makes the text of a frame. */
    interface Cell {
        String text(RowTexts texts, int capture, long frame);
    }

    record Column(String title, Cell cell) {}

    private final String title;
    private final List<Column> columns;
    private final PacketRows rows;
    private final RowTexts texts;
    private final FrameSource source;
    private int read = -1;

    /** @param known what became of the packets */
    PacketsTable(String title, List<Column> columns, PacketRows rows, RowTexts known, FrameSource source) {
        this.title = title;
        this.columns = List.copyOf(columns);
        this.rows = rows;
        texts = known.fresh(STRETCH);
        this.source = source;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public List<String> columns() {
        return columns.stream().map(Column::title).toList();
    }

    @Override
    public int rows() {
        return rows.size();
    }

    @Override
    public synchronized String cell(int row, int column) {
        if (row / STRETCH != read) {
            read = row / STRETCH;
            read(read * STRETCH, (int) Math.min(rows.size(), (read + 1L) * STRETCH));
        }
        return columns.get(column).cell().text(texts, rows.capture(row), rows.frame(row));
    }

    private void read(int from, int to) {
        Map<Integer, BitSet> frames = new TreeMap<>();
        for (int row = from; row < to; row++) {
            frames.computeIfAbsent(rows.capture(row), _ -> new BitSet()).set((int) rows.frame(row));
        }
        frames.forEach((capture, numbers) -> source.read(
                capture,
                numbers,
                frame -> texts.keep(capture, frame.number(), Optional.of(RowTexts.FrameLine.of(frame))),
                Progress.NONE));
    }
}
