/** Incidents that were: how one looked, what it was and what helped; those most alike are found by embeddings of their signatures. */
@NullMarked
package phalanx.agents.memory;

import org.jspecify.annotations.NullMarked;
