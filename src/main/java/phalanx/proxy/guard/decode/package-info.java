/**
 * Undoes how a request's values are written, once for each, so that what looks at them sees what a server would.
 *
 * <p>Read first: {@link phalanx.proxy.guard.decode.Decoding}.
 */
@NullMarked
package phalanx.proxy.guard.decode;

import org.jspecify.annotations.NullMarked;
