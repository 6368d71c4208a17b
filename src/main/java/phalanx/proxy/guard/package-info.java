/**
 * What keeps clients from doing harm.
 *
 * <p>Read first: {@link phalanx.proxy.guard.GuardSettings}.
 */
@NullMarked
package phalanx.proxy.guard;

import org.jspecify.annotations.NullMarked;
