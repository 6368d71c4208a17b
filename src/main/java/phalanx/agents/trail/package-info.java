/**
 * The trail: all that agents and people said, a message a step, as it stands in the audit log of the case; how it is written, told, and
 * gathered into incidents and reviews.
 */
@NullMarked
package phalanx.agents.trail;

import org.jspecify.annotations.NullMarked;
