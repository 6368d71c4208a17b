/** The capture points with their clocks. First type: {@link phalanx.show.captures.CapturesView}. */
@NullMarked
package phalanx.show.captures;

import org.jspecify.annotations.NullMarked;
