package phalanx.show.demo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import phalanx.explain.Analysis;
import phalanx.show.Words;

/** An analysis without its answer, for a quiz. Any thread. */
public final class Withheld {
    private static final Words WORDS = Words.of("demo");

    private Withheld() {}

    /** The same captures, conversations and measures; no verdict, no finding, nothing unusual. */
    public static Analysis of(Analysis whole) {
        return new Analysis(
                whole.stitched(),
                whole.measures(),
                whole.map(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                0,
                Optional.empty(),
                List.of(),
                new Analysis.Conclusion(WORDS.get("quiz.withheld"), "", null, 0));
    }
}
