package phalanx.agents.narrate;

import java.util.List;
import java.util.Optional;

/**
 * An incident as it is told. Immutable, any thread.
 *
 * @param words beside the narrative, never in its place
 * @param note one line: why there are no other words, empty where nobody wanted any
 */
public record Narration(Narrative narrative, Optional<Words> words, String note) {
    /**
     * What a language model made of a narrative, made harmless: nothing in it decides, points anywhere or passes for proof.
     *
     * @param model its name
     * @param lines sentences; what is not proved in them is marked
     */
    public record Words(String model, List<String> lines) {
        public Words {
            lines = List.copyOf(lines);
        }
    }
}
