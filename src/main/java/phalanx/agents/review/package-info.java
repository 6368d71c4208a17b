/** Jules: looks through memory and configuration once a day, and proposes what would harden the system. */
@NullMarked
package phalanx.agents.review;

import org.jspecify.annotations.NullMarked;
