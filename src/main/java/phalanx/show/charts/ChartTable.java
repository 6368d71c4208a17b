package phalanx.show.charts;

import java.util.ArrayList;
import java.util.List;
import phalanx.show.DataTable;
import phalanx.show.Words;

/** The lines of all charts, a row for each step of time. Any thread. */
final class ChartTable implements DataTable {
    private static final Words WORDS = Words.of("charts");
    private static final int MOST = 100_000;

    /** A line and the chart that it is in. */
    private record Line(Panel panel, Layer layer) {}

    private final ChartPicture picture;
    private final List<Line> lines = new ArrayList<>();

    ChartTable(ChartPicture picture) {
        this.picture = picture;
        for (Panel panel : picture.panels()) {
            for (Layer layer : panel.layers()) {
                boolean line = layer.form() == Layer.Form.LINE || layer.form() == Layer.Form.STEPS;
                if (line && !layer.name().isEmpty()) {
                    lines.add(new Line(panel, layer));
                }
            }
        }
    }

    @Override
    public String title() {
        return WORDS.get("table.title", picture.title());
    }

    @Override
    public List<String> columns() {
        List<String> names = new ArrayList<>(List.of(WORDS.get("table.time"), WORDS.get("table.utc")));
        lines.forEach(line -> names.add(line.panel.title() + ": " + line.layer.name()));
        return names;
    }

    @Override
    public int rows() {
        return (int) Math.min(
                MOST, step(picture.window().toNanos()) - step(picture.window().fromNanos()) + 1);
    }

    private long step(long nanos) {
        return Math.floorDiv(nanos - picture.originNanos(), picture.stepNanos());
    }

    private long nanos(int row) {
        return picture.originNanos() + (step(picture.window().fromNanos()) + row) * picture.stepNanos();
    }

    @Override
    public String cell(int row, int column) {
        long nanos = nanos(row);
        if (column < 2) {
            return column == 0 ? TimeLabels.relative(picture.seconds(nanos)) : TimeLabels.utc(nanos, false);
        }
        Line line = lines.get(column - 2);
        double half = picture.stepNanos() / 2e9;
        double value = line.layer.value(picture.seconds(nanos) + half, half);
        return Double.isNaN(value) ? "" : line.panel.chart().unit().text(value);
    }
}
