package phalanx.anomaly;

import com.amazon.randomcutforest.RandomCutForest;

/**
 * Random Cut Forest: how much a value, with the seven before it, changes trees that cut the recent past at random (Guha et al.,
 * "Robust Random Cut Forest Based Anomaly Detection on Streams", ICML 2016). One thread. Always the same answer for the same
 * series.
 */
public final class RandomCutForestModel implements AnomalyModel {
    private static final int SHINGLE = 8;
    private static final int TREES = 50;
    private static final int SAMPLE = 256;
    /** Points stay in the sample for ten times its size on average. */
    private static final double DECAY = 1.0 / (10 * SAMPLE);

    private static final int LEARNED_AFTER = 64;
    private static final long SEED = 7;
    private static final double LARGEST = 1e30;

    private final RandomCutForest forest = RandomCutForest.builder()
            .dimensions(SHINGLE)
            .shingleSize(SHINGLE)
            .internalShinglingEnabled(true)
            .numberOfTrees(TREES)
            .sampleSize(SAMPLE)
            .timeDecay(DECAY)
            .outputAfter(LEARNED_AFTER)
            .randomSeed(SEED)
            .parallelExecutionEnabled(false)
            .build();
    private final float[] point = new float[1];
    private double origin = Double.NaN;

    @Override
    public double score(double value) {
        if (Double.isNaN(origin)) {
            origin = value;
        }
        double distance = value - origin; // a float keeps seven digits: of a large counter only what changes
        point[0] = (float) Math.clamp(distance, -LARGEST, LARGEST);
        double score = forest.isOutputReady() ? forest.getAnomalyScore(point) : Double.NaN;
        forest.update(point);
        return score;
    }
}
