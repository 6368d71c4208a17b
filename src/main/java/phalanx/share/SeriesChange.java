package phalanx.share;

import phalanx.telemetry.LabelledSeries;

/**
 * How a series was before a moment and how since then: means, NaN where there is no point. Any thread.
 *
 * @param size how far the means lie apart, as a share of the larger; 0 where one is missing
 */
record SeriesChange(LabelledSeries series, double before, double after, double size) {
    static SeriesChange of(LabelledSeries series, long nanos) {
        double[] sums = new double[2];
        int[] counts = new int[2];
        for (int i = 0; i < series.points().size(); i++) {
            double value = series.points().values()[i];
            int side = series.points().nanos()[i] < nanos ? 0 : 1;
            if (!Double.isNaN(value)) {
                sums[side] += value;
                counts[side]++;
            }
        }
        double before = counts[0] == 0 ? Double.NaN : sums[0] / counts[0];
        double after = counts[1] == 0 ? Double.NaN : sums[1] / counts[1];
        double largest = Math.max(Math.abs(before), Math.abs(after));
        double size = Double.isNaN(largest) || largest == 0 ? 0 : Math.abs(after - before) / largest;
        return new SeriesChange(series, before, after, size);
    }
}
