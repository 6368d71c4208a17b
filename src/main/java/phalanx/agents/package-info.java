/**
 * The agents: they notice trouble, name its cause, propose a remedy, vote on it, have it carried out, measure whether it helped, and
 * remember. They decide by typed facts alone; a language model may tell what they did, and decides nothing.
 */
@NullMarked
package phalanx.agents;

import org.jspecify.annotations.NullMarked;
