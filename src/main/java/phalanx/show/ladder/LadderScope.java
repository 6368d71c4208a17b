package phalanx.show.ladder;

import org.jspecify.annotations.Nullable;
import phalanx.explain.ExplainedFinding;
import phalanx.show.Selection;
import phalanx.show.Shown;

/**
 * What a ladder is wanted of. Immutable, any thread.
 *
 * @param conversation {@link Selection#NONE} for those of the finding, or all
 * @param compared a second conversation beside it, {@link Selection#NONE} mostly
 * @param range only packets first seen within it, null for all
 * @param shown only packets that the filter leaves over
 */
record LadderScope(
        int conversation,
        int compared,
        @Nullable ExplainedFinding finding,
        Selection.@Nullable Range range,
        Shown shown,
        TimeScale.Mode mode) {
    static LadderScope of(Selection.State state, Shown shown, TimeScale.Mode mode) {
        boolean both = state.conversation() != Selection.NONE && state.compared() != state.conversation();
        return new LadderScope(
                state.conversation(),
                both ? state.compared() : Selection.NONE,
                state.finding(),
                state.range(),
                shown,
                mode);
    }

    /** Whether two conversations stand side by side. */
    boolean compares() {
        return compared != Selection.NONE;
    }
}
