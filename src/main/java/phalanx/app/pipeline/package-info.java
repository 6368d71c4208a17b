/** From captures to the answer, whole or while they grow, and the case that keeps it. */
@NullMarked
package phalanx.app.pipeline;

import org.jspecify.annotations.NullMarked;
