package phalanx.explain.language;

import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Texts as points of which those of alike meaning lie near each other (all-MiniLM-L6-v2, Wang et al., "MiniLM", NeurIPS 2020; quantized;
 * part of the program, nothing is asked of the network). Any thread; the first text takes about a second, others about 10 ms.
 */
public final class SentenceVectors {
    /** Held, so that its level stays: what it says of graphics cards and of its cache is nothing to act on. */
    private static final Logger LIBRARY = Logger.getLogger("ai.djl");

    static {
        LIBRARY.setLevel(Level.SEVERE);
    }

    /** Numbers of a vector. */
    public static final int DIMENSIONS = 384;

    /** Beyond that a text is cut: the model reads no more. */
    private static final int LONGEST = 2_000;

    private @Nullable AllMiniLmL6V2QuantizedEmbeddingModel model;

    /** A vector of length 1. */
    public float[] of(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return model().embed(cut).content().vector();
    }

    private synchronized AllMiniLmL6V2QuantizedEmbeddingModel model() {
        if (model == null) {
            model = new AllMiniLmL6V2QuantizedEmbeddingModel(Runnable::run);
        }
        return Objects.requireNonNull(model);
    }

    /** The cosine of the angle between two vectors of length 1, -1..1. */
    public static double similarity(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
