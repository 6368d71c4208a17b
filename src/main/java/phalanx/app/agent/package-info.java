/** The commands of the agents, of the lab that they keep well, and of the graph that both are asked by. */
@NullMarked
package phalanx.app.agent;

import org.jspecify.annotations.NullMarked;
