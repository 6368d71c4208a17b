/** What the agents go by: figures of services, instances and ways, now and as they usually are. */
@NullMarked
package phalanx.agents.observe;

import org.jspecify.annotations.NullMarked;
