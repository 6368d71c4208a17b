/** Who may decide what: trust, votes, limits. */
@NullMarked
package phalanx.agents.govern;

import org.jspecify.annotations.NullMarked;
