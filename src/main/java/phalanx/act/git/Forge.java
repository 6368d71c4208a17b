package phalanx.act.git;

import java.util.List;
import phalanx.run.Outcome;

/**
 * Where merge requests are shown, told of and merged: the repository itself, or a service that has a copy of it. Any thread; each call may
 * take seconds.
 */
public interface Forge {
    /** Whether a merge request was merged is not known: it was asked for, and nobody answers. */
    String UNCERTAIN = "PHX-1922";

    /** Takes over what others merged. */
    Outcome<Boolean> refresh();

    /**
     * Opens a merge request, whose branch is made; told again, nothing is opened twice.
     *
     * @param author who asks for it
     * @param reasons one sentence each
     * @return where it can be seen
     */
    Outcome<String> open(MergeRequest request, String author, List<String> reasons);

    /** Adds to what is said of a merge request. @return whether there is one */
    Outcome<Boolean> comment(String id, List<String> says);

    /**
     * Puts a merge request into force.
     *
     * @return the commit on main; {@link #UNCERTAIN} where it may be in force, every other failure where it is not
     */
    Outcome<String> merge(MergeRequest request);

    /** Ends a merge request that was not merged, or notes that a merged one was taken back. @return whether there is one */
    Outcome<Boolean> close(String id, RequestRecord.State state, String why);

    /** Those that are open, merged, closed or taken back, the newest first. */
    Outcome<List<RequestRecord>> requests();
}
