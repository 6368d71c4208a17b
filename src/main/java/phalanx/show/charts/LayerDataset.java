package phalanx.show.charts;

import java.util.List;
import org.jfree.data.DomainOrder;
import org.jfree.data.xy.AbstractIntervalXYDataset;

/** The layers of a chart as JFreeChart reads them: straight from their arrays. Any thread. */
final class LayerDataset extends AbstractIntervalXYDataset {
    private static final long serialVersionUID = 1;

    private final transient List<Layer> layers;

    LayerDataset(List<Layer> layers) {
        this.layers = List.copyOf(layers);
    }

    Layer layer(int series) {
        return layers.get(series);
    }

    @Override
    public int getSeriesCount() {
        return layers.size();
    }

    @Override
    public Comparable<Integer> getSeriesKey(int series) {
        return series;
    }

    @Override
    public DomainOrder getDomainOrder() {
        return DomainOrder.ASCENDING;
    }

    @Override
    public int getItemCount(int series) {
        return layer(series).points();
    }

    @Override
    public Number getX(int series, int item) {
        return layer(series).seconds()[item];
    }

    @Override
    public Number getY(int series, int item) {
        return layer(series).high()[item];
    }

    @Override
    public Number getStartX(int series, int item) {
        return getX(series, item);
    }

    @Override
    public Number getEndX(int series, int item) {
        return getX(series, item);
    }

    @Override
    public Number getStartY(int series, int item) {
        return layer(series).low()[item];
    }

    @Override
    public Number getEndY(int series, int item) {
        return getY(series, item);
    }
}
