package phalanx.agents.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import phalanx.act.Remedy;
import phalanx.agents.cause.Cause;
import phalanx.explain.language.SentenceVectors;

/** What was done before and what came of it: the last thousands, searched exactly. On the loop's thread. */
public final class Precedents {
    /** Precedents kept; the oldest go first. */
    public static final int MOST = 10_000;
    /** What is less alike is another kind of incident. */
    static final double ALIKE = 0.80;
    /** Precedents told of. */
    private static final int TOP = 3;

    private final List<Precedent> all = new ArrayList<>();
    private final Function<String, float[]> vectors;
    private final Consumer<Precedent> keep;
    private @Nullable String last;
    private float[] lastVector = new float[SentenceVectors.DIMENSIONS];

    /**
     * @param vectors of texts, of length 1
     * @param keep told of each new one, so that it outlives the program
     */
    public Precedents(Function<String, float[]> vectors, Consumer<Precedent> keep) {
        this.vectors = vectors;
        this.keep = keep;
    }

    /** A precedent, and how alike it is, up to 1. */
    public record Match(Precedent precedent, double similarity) {}

    /** Takes over what was kept before. */
    public synchronized void remembered(Precedent precedent) {
        if (precedent.vector().length == SentenceVectors.DIMENSIONS) {
            all.add(precedent);
            trim();
        }
    }

    private void trim() {
        if (all.size() > MOST) {
            all.removeFirst();
        }
    }

    /** The vector of a text, zero for none; that of the last one is kept, for it is asked for each second. */
    public float[] vector(String signature) {
        if (!signature.equals(last)) {
            lastVector = signature.isEmpty() ? new float[SentenceVectors.DIMENSIONS] : vectors.apply(signature);
            last = signature;
        }
        return lastVector;
    }

    /** Remembers what was just learned, and has it kept. */
    public synchronized void add(Precedent precedent) {
        all.add(precedent);
        trim();
        keep.accept(precedent);
    }

    /** All, oldest first. Any thread. */
    public synchronized List<Precedent> all() {
        return List.copyOf(all);
    }

    /** Those most alike, the most alike first; none where nothing is. */
    public List<Match> like(float[] vector) {
        return all.stream()
                .map(precedent -> new Match(precedent, SentenceVectors.similarity(vector, precedent.vector())))
                .filter(match -> match.similarity() >= ALIKE)
                .sorted(Comparator.comparingDouble(Match::similarity).reversed())
                .limit(TOP)
                .toList();
    }

    /**
     * The share of times that a remedy ended this cause at a service, of those that were tried; 0.5 where none was, and near it where few
     * were (the mean of a beta distribution that began even).
     */
    public double success(Cause cause, String service, Remedy.Kind remedy) {
        int healed = 0;
        int tried = 0;
        for (Precedent one : all) {
            if (one.cause() == cause && one.service().equals(service) && one.remedy() == remedy) {
                tried++;
                healed += one.healed() ? 1 : 0;
            }
        }
        return (healed + 1.0) / (tried + 2.0);
    }
}
