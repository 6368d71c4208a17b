/** Packets that did not arrive, or not once, or not in order, or not as they were sent. One rule a file. */
@NullMarked
package phalanx.diagnose.loss;

import org.jspecify.annotations.NullMarked;
