/** The verdict and the findings behind it. First type: {@link phalanx.show.cause.CauseView}. */
@NullMarked
package phalanx.show.cause;

import org.jspecify.annotations.NullMarked;
