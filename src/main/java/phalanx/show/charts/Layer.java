package phalanx.show.charts;

/**
 * One thing drawn in a chart, thinned to the pixels that it has. Points are in the order of time; a line is interrupted by NaN. Any
 * thread; the arrays are not to be changed.
 *
 * @param name for the legend, empty for what belongs to the layer before it
 * @param mark of a {@link Form#LETTERS} layer, the letters that stand at each point; else empty
 * @param seconds since the begin of the recording
 * @param low and {@code high} of each point, in the unit of the chart; the same for forms that have just one value
 * @param journeys the packet at each point, {@link phalanx.show.Selection#NONE} for none; empty when no point is a packet
 */
record Layer(
        String name, Form form, Ink ink, String mark, double[] seconds, double[] low, double[] high, int[] journeys) {
    /** How it is drawn. */
    enum Form {
        /** From point to point. */
        LINE,
        /** Each value holds until the next. */
        STEPS,
        /** An area between low and high. */
        BAND,
        /** An upright stroke from low to high at each point. */
        BARS,
        /** The same, faintly, behind everything else: what many packets reached. */
        RANGES,
        /** A marker at each point. */
        DOTS,
        /** Letters at each point. */
        LETTERS
    }

    int points() {
        return seconds.length;
    }

    /** The last point at or before a time, -1 for none. */
    int at(double second) {
        int low = 0;
        int high = seconds.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (seconds[middle] <= second) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /** The value at a time; of a line the nearest point no farther than {@code reach} seconds; NaN for none. */
    double value(double second, double reach) {
        int before = at(second);
        if (form == Form.STEPS) {
            return before < 0 ? Double.NaN : high[before];
        }
        double best = Double.NaN;
        double nearest = reach;
        for (int i = Math.max(0, before); i < Math.min(points(), before + 2); i++) {
            double distance = Math.abs(seconds[i] - second);
            if (distance <= nearest && !Double.isNaN(high[i])) {
                nearest = distance;
                best = high[i];
            }
        }
        return best;
    }
}
