package phalanx.agents.review;

import java.util.List;
import phalanx.agents.memory.Precedent;
import phalanx.run.Outcome;

/**
 * Something in the configuration in force that made trouble worse, or would.
 *
 * @param title what would be changed: the same each time it is found
 * @param file where, within the repository
 * @param reason one sentence with the figures in force
 * @param precedents what happened because of it, oldest first; none where nothing did so far
 * @param edit the text of the file with the change
 */
record Weakness(String title, String file, String reason, List<Precedent> precedents, Edit edit) {
    /** A change of a text. */
    @FunctionalInterface
    interface Edit {
        Outcome<String> of(String text);
    }

    Weakness {
        precedents = List.copyOf(precedents);
    }
}
