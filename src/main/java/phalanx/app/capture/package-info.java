/** The commands that capture here and elsewhere, receive captures and traces, and follow what is captured. */
@NullMarked
package phalanx.app.capture;

import org.jspecify.annotations.NullMarked;
