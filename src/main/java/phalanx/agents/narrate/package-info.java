/**
 * What agents did, told to people: {@link phalanx.agents.narrate.Narrative} from the audit trail, the case file of what a person goes on
 * with, and beside both, if somebody wants it, the words of a language model ({@code model}). Nothing here is read by who decides.
 */
@NullMarked
package phalanx.agents.narrate;

import org.jspecify.annotations.NullMarked;
