/** Who may decide what: trust, policies, limits. */
@NullMarked
package phalanx.agents.govern;

import org.jspecify.annotations.NullMarked;
