/**
 * Sees attacks by their grammar: queries, markup, commands, paths.
 *
 * <p>Read first: {@link phalanx.proxy.guard.detect.SqlInjection}.
 */
@NullMarked
package phalanx.proxy.guard.detect;

import org.jspecify.annotations.NullMarked;
