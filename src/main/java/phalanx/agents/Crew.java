package phalanx.agents;

import java.util.List;
import phalanx.act.Remedies;

/**
 * Who does what in a loop.
 *
 * @param investigators asked in this order; the first that is sure is heard
 */
record Crew(Watch scout, List<Investigator> investigators, List<Voter> voters, Remedies fixer, Memory memory) {
    Crew {
        investigators = List.copyOf(investigators);
        voters = List.copyOf(voters);
    }
}
