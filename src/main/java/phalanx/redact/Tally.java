package phalanx.redact;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what was replaced, and keeps a few examples when they are wanted. One thread; counting does not allocate. */
public final class Tally {
    private static final int MOST_EXAMPLES = 3;

    /** What stood there, and what stands there now. */
    public record Example(String before, String after) {}

    private final long[] counts = new long[Replaced.values().length];
    private final Map<Replaced, List<Example>> examples = new EnumMap<>(Replaced.class);
    private final boolean wanted;

    /** @param examples whether they are kept */
    public Tally(boolean examples) {
        wanted = examples;
    }

    public long count(Replaced kind) {
        return counts[kind.ordinal()];
    }

    /** A few, each once. */
    public List<Example> examples(Replaced kind) {
        return List.copyOf(examples.getOrDefault(kind, List.of()));
    }

    /** @return whether an example is wanted */
    boolean add(Replaced kind, boolean changed) {
        counts[kind.ordinal()] += changed ? 1 : 0;
        return changed && wantsExample(kind);
    }

    void add(Replaced kind) {
        counts[kind.ordinal()]++;
    }

    void add(Replaced kind, long count) {
        counts[kind.ordinal()] += count;
    }

    boolean wantsExample(Replaced kind) {
        return wanted && examples.getOrDefault(kind, List.of()).size() < MOST_EXAMPLES;
    }

    void example(Replaced kind, Object before, Object after) {
        Example example = new Example(before.toString(), after.toString());
        List<Example> of = examples.computeIfAbsent(kind, _ -> new ArrayList<>());
        if (!of.contains(example)) {
            of.add(example);
        }
    }
}
