/**
 * Responses made smaller on their way to clients that take them so.
 *
 * <p>Read first: {@link phalanx.proxy.encode.EncodingSettings}.
 */
@NullMarked
package phalanx.proxy.encode;

import org.jspecify.annotations.NullMarked;
