package phalanx.metrics;

/**
 * One measure over time. Any thread, as long as nobody writes to the arrays.
 *
 * @param name what is measured, as it is called where it comes from
 * @param nanos since the epoch, in the order of the source, as many as there are values
 * @param values NaN where there is none
 */
public record TimeSeries(String name, long[] nanos, double[] values) {
    public TimeSeries {
        if (nanos.length != values.length) {
            throw new IllegalArgumentException(name + " has " + nanos.length + " times, " + values.length + " values");
        }
    }

    /** Number of points, those without a value included. */
    public int size() {
        return values.length;
    }
}
