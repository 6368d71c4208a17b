package phalanx.stitch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * How much faster one clock runs than another, from the packets between them: the slope of the two lines that lie below the
 * apparent delays of both directions and as close to them as can be (Moon, Skelly, Towsley, INFOCOM 1999), one slope for both,
 * with opposite sign. Delays only ever add to a line; congestion therefore does not tilt it.
 */
final class DriftFit {
    /** Crystal clocks keep within this of each other (RFC 5905 section 4 takes 15 ppm); a prior, so that short captures do not invent drift. */
    private static final double USUAL_PPM = 15;

    /** Stamps are no better than this, whatever the delays look like. */
    private static final double LEAST_NOISE_NANOS = 2_000;

    private static final double LARGEST_PPM = 200;
    private static final int BINS = 64;
    private static final int FEWEST = 4;

    private DriftFit() {}

    /**
     * @param there packets from the first clock to the second
     * @param back packets from the second to the first; either may be empty
     * @return parts per million by which the second clock runs faster than the first, 0 when it cannot be told
     */
    static double ppm(SegmentDelays there, SegmentDelays back) {
        long origin = Math.min(first(there), first(back));
        long span = Math.max(last(there), last(back)) - origin;
        if (span <= 0) {
            return 0;
        }
        List<Floor> floors = new ArrayList<>();
        if (there.samples() >= FEWEST) {
            floors.add(Floor.of(there, origin, 1));
        }
        if (back.samples() >= FEWEST) {
            floors.add(Floor.of(back, origin, -1));
        }
        if (floors.isEmpty()) {
            return 0;
        }
        double rough = maximum(slope -> likelihood(floors, slope, 0));
        return 1e6 * maximum(slope -> likelihood(floors, slope, rough));
    }

    /** Logarithm, for delays that exceed their floor exponentially and drifts that are normal around 0. */
    private static double likelihood(List<Floor> floors, double slope, double rough) {
        double sum = -0.5 * Math.pow(slope * 1e6 / USUAL_PPM, 2);
        for (Floor floor : floors) {
            sum -= floor.excess(slope) / floor.noise(rough);
        }
        return sum;
    }

    private static long first(SegmentDelays delays) {
        return delays.samples() == 0 ? Long.MAX_VALUE : delays.departure()[0];
    }

    private static long last(SegmentDelays delays) {
        return delays.samples() == 0 ? Long.MIN_VALUE : delays.departure()[delays.samples() - 1];
    }

    /** Slope at which a concave function is largest. */
    private static double maximum(DoubleUnaryOperator function) {
        double low = -LARGEST_PPM * 1e-6;
        double high = LARGEST_PPM * 1e-6;
        for (int i = 0; i < 80; i++) {
            double a = low + (high - low) / 3;
            double b = high - (high - low) / 3;
            if (function.applyAsDouble(a) < function.applyAsDouble(b)) {
                low = a;
            } else {
                high = b;
            }
        }
        return (low + high) / 2;
    }

    /** Smallest delays of equal stretches of time, in one direction. */
    private record Floor(double[] at, double[] delay, int sign) {
        static Floor of(SegmentDelays delays, long origin, int sign) {
            int last = delays.samples() - 1;
            long begin = delays.departure()[0];
            double width = Math.max(1, (delays.departure()[last] - begin) / (double) BINS);
            List<double[]> lowest = new ArrayList<>();
            int bin = -1;
            for (int i = 0; i <= last; i++) {
                int of = (int) ((delays.departure()[i] - begin) / width);
                double[] point = {delays.departure()[i] - origin, delays.apparent()[i]};
                if (of != bin) {
                    lowest.add(point);
                    bin = of;
                } else if (point[1] < lowest.getLast()[1]) {
                    lowest.set(lowest.size() - 1, point);
                }
            }
            double[] at = lowest.stream().mapToDouble(p -> p[0]).toArray();
            double[] delay = lowest.stream().mapToDouble(p -> p[1]).toArray();
            return new Floor(at, delay, sign);
        }

        /** Mean excess of an exponential distribution with the median that the delays have above their lowest line. */
        double noise(double slope) {
            double[] level = levels(slope);
            Arrays.sort(level);
            return Math.max(LEAST_NOISE_NANOS, (level[level.length / 2] - level[0]) / Math.log(2));
        }

        /** Sum of the delays above the highest line of that slope that lies below all of them. */
        double excess(double slope) {
            double[] level = levels(slope);
            double lowest = Arrays.stream(level).min().orElse(0);
            return Arrays.stream(level).sum() - level.length * lowest;
        }

        private double[] levels(double slope) {
            double[] level = new double[at.length];
            for (int i = 0; i < at.length; i++) {
                level[i] = delay[i] - sign * slope * at[i];
            }
            return level;
        }
    }
}
