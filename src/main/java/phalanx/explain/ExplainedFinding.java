package phalanx.explain;

import org.jspecify.annotations.Nullable;
import phalanx.diagnose.Finding;

/**
 * A finding with its words.
 *
 * @param id stable within an analysis: {@code F1}, {@code F2}, in order of importance
 * @param summary one sentence: what, where, how much
 * @param explanation why we say so, what follows from it
 * @param remedy what to do next, null for a plain fact that asks for nothing
 */
public record ExplainedFinding(
        String id,
        Finding finding,
        String summary,
        String explanation,
        @Nullable String remedy) {}
