/** Time that packets spend between two points. One rule a file. */
@NullMarked
package phalanx.diagnose.delay;

import org.jspecify.annotations.NullMarked;
