package phalanx.act.git;

import java.time.Instant;
import java.util.List;

/**
 * A commit on the main branch. Immutable, any thread.
 *
 * @param id its hash in full
 * @param at when it was committed
 * @param files that it changed against its first parent
 * @param proposal of the agents, empty where a person made it
 */
public record Commit(String id, Instant at, String author, String title, List<String> files, String proposal) {
    public Commit {
        files = List.copyOf(files);
    }
}
