/**
 * The agent console: lanes of steps, incidents, votes, proposals, evidence, answers.
 *
 * <p>Reading order: {@link phalanx.show.agents.AgentsViewModel}, {@link phalanx.show.agents.AgentConsole}.
 */
@NullMarked
package phalanx.show.agents;

import org.jspecify.annotations.NullMarked;
