/**
 * What keeps clients from doing harm, at the place of the proxy where requests come in: who they are ({@code client}) and what they send
 * ({@code inspect}).
 *
 * <p>Read first: {@link phalanx.proxy.guard.GuardSettings}.
 */
@NullMarked
package phalanx.proxy.guard;

import org.jspecify.annotations.NullMarked;
