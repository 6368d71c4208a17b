package phalanx.act.git;

import java.util.List;

/**
 * A change of configuration that waits for its merge: a branch with one commit. Immutable, any thread.
 *
 * @param id the proposal's
 * @param commit its hash in full
 * @param base the commit that it was made from
 * @param files that it changes
 * @param difference unified diff
 */
public record MergeRequest(
        String id, String title, String branch, String base, String commit, List<String> files, String difference) {
    public MergeRequest {
        files = List.copyOf(files);
    }
}
