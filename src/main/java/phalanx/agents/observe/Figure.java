package phalanx.agents.observe;

/**
 * A measured value, and what is usual. Immutable, any thread.
 *
 * @param now in the unit of its measure
 * @param usual median while nothing was wrong; NaN where that is not known yet
 * @param spread interquartile range while nothing was wrong, at least the noise of the measure
 */
public record Figure(double now, double usual, double spread) {
    /** By how many spreads it is above what is usual; 0 where nothing is usual yet. */
    public double deviation() {
        return Double.isNaN(usual) ? 0 : (now - usual) / spread;
    }
}
