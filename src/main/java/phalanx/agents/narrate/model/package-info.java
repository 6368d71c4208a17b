/**
 * A language model that retells incidents, by choice: {@link phalanx.agents.narrate.model.ModelNarrator} asks it within a budget of time,
 * tokens and cost, checks the form of its answer and marks what the record does not prove. Who decides cannot see this package.
 */
@NullMarked
package phalanx.agents.narrate.model;

import org.jspecify.annotations.NullMarked;
